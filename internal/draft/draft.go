// Package draft makes a new record: of what somebody gave, of what the schema
// and the handbook give otherwise, and of what a name or a path follows from.
package draft

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// A Draft is a record of a kind that is being made.
type Draft struct {
	Kind    string
	Fields  []schema.Field // that it can have
	values  *record.Node
	why     map[string]string // comments, by JSON Pointer
	given   map[string]bool   // what somebody gave, by JSON Pointer
	filled  [][]string        // paths of what was filled in
	schemas *schema.Set
}

// New returns an empty draft of a kind.
func New(schemas *schema.Set, kind string) *Draft {
	return &Draft{
		Kind: kind, Fields: schemas.Fields(kind), values: &record.Node{Kind: record.Map},
		why: map[string]string{}, given: map[string]bool{}, schemas: schemas,
	}
}

// Give sets the value at a path to what somebody typed: once for a scalar, once
// for each entry of a list, and as NAME=VALUE for a field with a name of its
// own. An entry of several fields is typed as NAME=VALUE,NAME=VALUE.
func (d *Draft) Give(path []string, text string) error {
	field, ok := find(d.Fields, path)
	switch {
	case !ok:
		return fmt.Errorf("there is no field %s", strings.Join(path, "."))
	case !utf8.ValidString(text):
		return fmt.Errorf("%s: %q is no UTF-8", strings.Join(path, "."), text)
	}
	d.given[pointer.Of(path)] = true
	delete(d.why, pointer.Of(path)) // nobody chose it for them
	switch {
	case field.Type == "array":
		item, err := entry(field.Items, text)
		if err != nil {
			return fmt.Errorf("%s: %w", strings.Join(path, "."), err)
		}
		list := d.at(path, record.List)
		list.Items = append(list.Items, item)
	case field.Type == "object":
		name, value, ok := strings.Cut(text, "=")
		if !ok || name == "" {
			return fmt.Errorf("%s: write it as NAME=VALUE, not %q", strings.Join(path, "."), text)
		}
		below := append(slices.Clone(path), name)
		d.given[pointer.Of(below)] = true
		d.put(below, scalar(member(field, name), value))
	default:
		d.put(path, scalar(&field, text))
	}
	return nil
}

// Set gives the value at a path to what somebody gave elsewhere than in words: the
// numbers in the path name entries of lists, each one that is there or the next.
func (d *Draft) Set(path []string, value *record.Node) {
	d.given[pointer.Of(path)] = true
	delete(d.why, pointer.Of(path))
	n := d.values
	for i, name := range path[:len(path)-1] {
		kind := record.Map
		if isIndex.MatchString(path[i+1]) {
			kind = record.List
		}
		n = child(n, name, kind)
	}
	put(n, path[len(path)-1], value)
}

// child returns what is called so in a value, made where it is missing.
func child(n *record.Node, name string, kind record.Kind) *record.Node {
	if next := n.At([]string{name}); next != nil {
		return next
	}
	next := &record.Node{Kind: kind}
	put(n, name, next)
	return next
}

// put puts a value into an object or a list.
func put(n *record.Node, name string, value *record.Node) {
	if n.Kind != record.List {
		set(n, name, value)
	} else if i, _ := strconv.Atoi(name); i < len(n.Items) {
		n.Items[i] = value
	} else {
		n.Items = append(n.Items, value)
	}
}

// Field returns the field at a path of names.
func (d *Draft) Field(path []string) (schema.Field, bool) { return find(d.Fields, path) }

// find returns the field at a path.
func find(fields []schema.Field, path []string) (field schema.Field, ok bool) {
	for _, name := range path {
		i := slices.IndexFunc(fields, func(f schema.Field) bool { return f.Name == name })
		switch {
		case i >= 0:
			field = fields[i]
		case field.Items != nil && isIndex.MatchString(name):
			field = *field.Items
		default:
			return schema.Field{}, false
		}
		fields = field.Fields
	}
	return field, len(path) > 0
}

var isIndex = regexp.MustCompile(`^[0-9]+$`)

// member returns the field of an object that has a name, which may be one of
// its own.
func member(object schema.Field, name string) *schema.Field {
	if field, ok := find(object.Fields, []string{name}); ok {
		return &field
	}
	return object.Others
}

// scalar reads text as what the field can hold. A number that is none stays
// text, for the schema to say so.
func scalar(field *schema.Field, text string) *record.Node {
	kind := record.String
	switch {
	case field == nil:
	case field.Type == "boolean" && (text == "true" || text == "false"):
		kind = record.Bool
	case len(field.Choices) > 0:
		if i := slices.Index(field.Texts(), text); i >= 0 {
			kind = field.Choices[i].Kind
		}
	case field.Type != "string" && record.IsDecimal(text):
		kind = record.Number
	}
	return &record.Node{Kind: kind, Text: text}
}

// entry reads an entry of a list.
func entry(field *schema.Field, text string) (*record.Node, error) {
	if field == nil || field.Type != "object" {
		return scalar(field, text), nil
	}
	var names []string
	for _, f := range field.Fields {
		names = append(names, regexp.QuoteMeta(f.Name))
	}
	begins := regexp.MustCompile(`(?:^|,)\s*(`+strings.Join(names, "|")+`)=`).FindAllStringSubmatchIndex(text, -1)
	if len(begins) == 0 || begins[0][0] != 0 {
		return nil, fmt.Errorf("write an entry as %s=…, not %q", strings.Join(namesOf(field.Fields), "=…,"), text)
	}
	item := &record.Node{Kind: record.Map}
	for i, begin := range begins {
		end := len(text)
		if i+1 < len(begins) {
			end = begins[i+1][0]
		}
		name := text[begin[2]:begin[3]]
		set(item, name, scalar(member(*field, name), text[begin[1]:end]))
	}
	return item, nil
}

func namesOf(fields []schema.Field) []string {
	var names []string
	for _, f := range fields {
		names = append(names, f.Name)
	}
	return names
}

// Clone returns a draft that changes apart from this one.
func (d *Draft) Clone() *Draft {
	other := *d
	other.values, other.given, other.why = d.values.Clone(), maps.Clone(d.given), maps.Clone(d.why)
	other.filled = slices.Clone(d.filled)
	return &other
}

// Value returns the text of the scalar at a path, or "" where there is none.
func (d *Draft) Value(path ...string) string {
	if n := d.values.At(path); n != nil && n.IsScalar() {
		return n.Text
	}
	return ""
}

// IsEmpty reports whether nobody gave anything.
func (d *Draft) IsEmpty() bool { return len(d.given) == 0 }

// Given reports whether somebody gave the value at a path, or a part of it.
func (d *Draft) Given(path []string) bool {
	at := pointer.Of(path)
	for given := range d.given {
		if given == at || strings.HasPrefix(given, at+"/") {
			return true
		}
	}
	return false
}

// GivenAbove reports whether somebody gave the value at a path, or one that it is a
// part of.
func (d *Draft) GivenAbove(path []string) bool {
	for i := range path {
		if d.given[pointer.Of(path[:i+1])] {
			return true
		}
	}
	return false
}

// Correct sets a scalar to the value that a rule or the schema knows to be
// right, and says why above it, unless somebody gave another. It reports whether
// it did.
func (d *Draft) Correct(path []string, value any, why string) bool {
	node, at := d.values.At(path), pointer.Of(path)
	right := record.FromJSON(value)
	if node == nil || !node.IsScalar() || !right.IsScalar() || d.given[at] {
		return false
	}
	*node = *right
	d.why[at] = why
	return true
}

// Text returns the record as a file: with the line that tells editors where the
// schema is, unless that is "", and a comment where a value was chosen.
func (d *Draft) Text(schemaLine string) []byte {
	root := &record.Node{Kind: record.Map, Fields: []record.Field{{Key: "kind", Value: &record.Node{Kind: record.String, Text: d.Kind}}}}
	root.Fields = append(root.Fields, ordered(d.values, d.Fields).Fields...)
	text := record.Write(root, func(path []string) string { return d.why[pointer.Of(path)] })
	if schemaLine == "" {
		return text
	}
	return append([]byte("# yaml-language-server: $schema="+schemaLine+"\n"), text...)
}

// ordered returns an object with its fields in the order of the schema, those
// with names of their own last.
func ordered(n *record.Node, fields []schema.Field) *record.Node {
	sorted := &record.Node{Kind: record.Map}
	for _, f := range fields {
		if value := n.Field(f.Name); value != nil {
			if value.Kind == record.Map {
				value = ordered(value, f.Fields)
			}
			set(sorted, f.Name, value)
		}
	}
	for _, f := range n.Fields {
		if sorted.Field(f.Key) == nil {
			set(sorted, f.Key, f.Value)
		}
	}
	return sorted
}

// at returns the value at a path, made where it is missing.
func (d *Draft) at(path []string, kind record.Kind) *record.Node {
	if n := d.values.At(path); n != nil {
		return n
	}
	n := &record.Node{Kind: kind}
	d.put(path, n)
	return n
}

// put sets the value at a path of names, and of the numbers of entries that are
// there.
func (d *Draft) put(path []string, value *record.Node) {
	n := d.values
	for _, name := range path[:len(path)-1] {
		n = child(n, name, record.Map)
	}
	set(n, path[len(path)-1], value)
}

func set(n *record.Node, name string, value *record.Node) {
	for i := range n.Fields {
		if n.Fields[i].Key == name {
			n.Fields[i].Value = value
			return
		}
	}
	n.Fields = append(n.Fields, record.Field{Key: name, Value: value})
}
