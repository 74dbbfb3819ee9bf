package table

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// A Record is what becomes a row.
type Record struct {
	Names map[string]string // of what its place is made of
	Root  *record.Node
}

// Write writes records as a table that Read reads as the same: with a column for
// each name that is there and each field that one of them has, or, with all, for
// each field that there can be.
func Write(w io.Writer, fields *Fields, records []Record, all bool) error {
	t := &writing{rows: make([][]string, len(records)+1), all: all}
	for _, name := range fields.Names {
		t.column(name, func(i int) string { return protected(records[i].Names[name]) })
	}
	roots := make([]*record.Node, len(records))
	for i := range records {
		roots[i] = records[i].Root
	}
	t.fields(fields.Fields, nil, roots)
	out := csv.NewWriter(w)
	if err := out.WriteAll(t.rows); err != nil {
		return err
	}
	return out.Error()
}

// Missing returns the path of the first value of a record that no column can hold,
// or nil.
func Missing(fields *Fields, root *record.Node) []string {
	return missing(fields.Fields, root, nil)
}

func missing(fields []schema.Field, object *record.Node, path []string) []string {
	for i := range object.Fields {
		f := &object.Fields[i]
		here := append(slices.Clip(path), f.Key)
		at := slices.IndexFunc(fields, func(field schema.Field) bool { return field.Name == f.Key })
		switch {
		case len(path) == 0 && f.Key == KindName:
		case at < 0:
			return here
		default:
			if lost := missingIn(&fields[at], f.Value, here); lost != nil {
				return lost
			}
		}
	}
	return nil
}

// missingIn returns the path of the first value in that of a field that no column
// can hold, or nil.
func missingIn(f *schema.Field, value *record.Node, path []string) []string {
	switch {
	case value.Kind == record.Null || value.Kind == record.Map && !hasParts(f) || value.IsScalar() && (hasParts(f) || f.Items != nil):
		return path
	case value.Kind == record.List && f.Items == nil:
		return path
	case value.Kind == record.List:
		for i, item := range value.Items {
			if lost := missingIn(f.Items, item, append(slices.Clip(path), strconv.Itoa(i))); lost != nil {
				return lost
			}
		}
		return nil
	case value.Kind == record.Map && f.Others != nil:
		for i := range value.Fields {
			if !value.Fields[i].Value.IsScalar() {
				return append(slices.Clip(path), value.Fields[i].Key)
			}
		}
		return nil
	case value.Kind == record.Map:
		return missing(f.Fields, value, path)
	}
	return nil
}

func hasParts(f *schema.Field) bool { return len(f.Fields) > 0 || f.Others != nil }

// A writing is a table that is being written.
type writing struct {
	rows [][]string // the headings first
	all  bool
}

// column adds a column, unless there is nothing in it.
func (t *writing) column(heading string, cell func(record int) string) {
	cells := make([]string, len(t.rows)-1)
	empty := true
	for i := range cells {
		cells[i] = cell(i)
		empty = empty && cells[i] == ""
	}
	if empty && !t.all {
		return
	}
	t.rows[0] = append(t.rows[0], heading)
	for i := range cells {
		t.rows[i+1] = append(t.rows[i+1], cells[i])
	}
}

// fields adds the columns of an object's fields, whose values are these.
func (t *writing) fields(fields []schema.Field, path []string, objects []*record.Node) {
	for i := range fields {
		f := &fields[i]
		t.field(f, append(slices.Clip(path), f.Name), eachAt(objects, f.Name))
	}
}

// eachAt returns what each value holds under a name or number, nil where there is
// nothing.
func eachAt(values []*record.Node, name string) []*record.Node {
	below := make([]*record.Node, len(values))
	for i, value := range values {
		below[i] = value.At([]string{name})
	}
	return below
}

// field adds the columns of one field.
func (t *writing) field(f *schema.Field, path []string, values []*record.Node) {
	switch {
	case hasParts(f):
		t.fields(f.Fields, path, values)
		t.others(f, path, values)
	case f.Items != nil && (hasParts(f.Items) || needNumbers(values)):
		for i := range max(most(values), t.least()) {
			t.field(f.Items, append(slices.Clip(path), strconv.Itoa(i)), eachAt(values, strconv.Itoa(i)))
		}
	default:
		t.column(Heading(path), func(i int) string { return cell(values[i]) })
	}
}

// least is how many entries of a list have columns at the least.
func (t *writing) least() int {
	if t.all {
		return 1
	}
	return 0
}

// others adds the columns of fields with names of their own.
func (t *writing) others(f *schema.Field, path []string, values []*record.Node) {
	var names []string
	for _, value := range values {
		if value == nil {
			continue
		}
		for i := range value.Fields {
			name := value.Fields[i].Key
			known := slices.ContainsFunc(f.Fields, func(f schema.Field) bool { return f.Name == name })
			if !known && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	for _, name := range names {
		t.field(f.Others, append(slices.Clip(path), name), eachAt(values, name))
	}
}

// most returns how many entries the longest list has.
func most(lists []*record.Node) (n int) {
	for _, list := range lists {
		if list != nil {
			n = max(n, len(list.Items))
		}
	}
	return n
}

// needNumbers reports whether an entry holds what would part it in a cell.
func needNumbers(lists []*record.Node) bool {
	return slices.ContainsFunc(lists, func(list *record.Node) bool {
		return list != nil && slices.ContainsFunc(list.Items, func(item *record.Node) bool { return strings.Contains(item.Text, "|") })
	})
}

// Heading returns what a column is called: entries are counted from 1.
func Heading(path []string) string {
	names := slices.Clone(path)
	for i, name := range names {
		if n, err := strconv.Atoi(name); err == nil && i > 0 {
			names[i] = strconv.Itoa(n + 1)
		}
	}
	return strings.Join(names, ".")
}

// thousands is a number that could be read as another one.
var thousands = lazy.Pattern(`^-?[0-9]{1,3}\.[0-9]{3}$`)

// cell returns a value as a cell has it.
func cell(value *record.Node) string {
	switch {
	case value == nil:
		return ""
	case value.Kind == record.List:
		return joined(value.Items)
	case value.Kind == record.Number:
		return digits(value.Text)
	case value.Kind == record.String:
		return protected(value.Text)
	}
	return value.Text
}

// digits returns a number as Read takes it: without an exponent, and in a way that is
// not another one where a point groups the digits.
func digits(number string) string {
	if f, err := strconv.ParseFloat(number, 64); err == nil && strings.ContainsAny(number, "eE") {
		number = strconv.FormatFloat(f, 'f', -1, 64)
	}
	if thousands().MatchString(number) {
		return number + "0"
	}
	return number
}

// joined returns the entries of a list, parted by what none of them holds.
func joined(items []*record.Node) string {
	var texts []string
	separator := "; "
	for _, item := range items {
		texts = append(texts, protected(item.Text))
		if strings.Contains(item.Text, ";") {
			separator = " | "
		}
	}
	if text := strings.Join(texts, separator); separator == "; " || len(texts) > 1 {
		return text
	}
	return texts[0] + " |"
}

// protected returns a text with an apostrophe in front of what a spreadsheet would
// take for a formula (OWASP, CSV injection).
func protected(text string) string {
	if looksLikeFormula(text) {
		return "'" + text
	}
	return text
}
