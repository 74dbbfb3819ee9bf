package schema

import (
	"cmp"
	"slices"
	"strconv"

	"gitlab.com/gitlab-com/alliances/internal/fill"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A Field is what a schema says of a field, for whoever writes a record.
type Field struct {
	Name        string // "" for an entry of a list
	Title       string
	Description string
	Type        string   // of JSON Schema: string, integer, number, boolean, object, array; "" where there are several
	Choices     []Choice // all values that it can have; nil where there are too many to name
	Required    bool     // whether what it belongs to cannot be without it
	Private     bool     // whether it is not to be published
	Example     string   // a scalar; may be empty
	Refers      string   // what its value names, or its own name where there can be others: see RefersPartner; may be empty
	Defaults    []Default
	Fields      []Field // of an object, in the order of the schema
	Items       *Field  // of a list
	Others      *Field  // of an object, fields with names of their own; nil where there can be none
}

// What a field can refer to, by "x-refers".
const (
	RefersPartner = "partner" // the name of a partner's folder
	RefersRecord  = "record"  // the path of a record, from the partner's folder
	RefersRule    = "rule"    // the id of a rule
)

// A Choice is one of the values that a field can have.
type Choice struct {
	Text  string
	Kind  record.Kind
	Title string // what people call it, by "x-titles"; may be empty
}

// A Default is a value that a new record can have, by "x-default".
type Default struct {
	Value string // with {field}, {partner.field}, {handbook.name} and {today} to be filled in
	Why   string // a comment for who reads the record; may be empty
	If    string // when it counts: as soon as this, filled in like the value, is "true"; "" is always
}

// Fields returns the fields that records of a kind can have, in the order of
// the schema, without the kind itself.
func (s *Set) Fields(kind string) []Field {
	root := s.kinds[kind].written()
	w := walker{root: root, document: s.kinds[kind].document, handbook: s.handbook}
	fields := w.field("", root, true).Fields
	return slices.DeleteFunc(fields, func(f Field) bool { return f.Name == "kind" })
}

// Place returns the path of a record, from the names that stand for its
// placeholders.
func (s *Set) Place(kind string, names map[string]string) string {
	return s.kinds[kind].place.fill(names)
}

// KindAt returns the kind whose records live at a path of this form, or "".
func (s *Set) KindAt(path string) string { return s.kindAt(path) }

// Placeholders returns what a kind's place is made of: partner, id, or fields of
// the record.
func (s *Set) Placeholders(kind string) []string {
	var names []string
	for _, segment := range s.kinds[kind].place {
		if segment.placeholder != "" {
			names = append(names, segment.placeholder)
		}
	}
	return names
}

// IDParts returns the values that an id of a kind is made of, by "x-id": names
// as in a default.
func (s *Set) IDParts(kind string) []string { return Texts(s.kinds[kind].document["x-id"]) }

// CheckName returns why what, "partner" or "id", cannot have a name, or
// "".
func CheckName(what, name string) string { return placeholder{name: what, value: name}.problem() }

// written returns the schema with its fields in the order in which they are
// written.
func (k *kind) written() *record.Node {
	root := record.FromJSON(map[string]any(k.document))
	k.text.order(root, nil)
	return root
}

// order brings the fields of a value at a path, and of all below it, into the
// order of the text.
func (t *text) order(n *record.Node, path []string) {
	offset := func(f record.Field) int64 { return t.offsets[pointer.Of(append(slices.Clip(path), f.Key))] }
	slices.SortFunc(n.Fields, func(a, b record.Field) int { return cmp.Compare(offset(a), offset(b)) })
	for _, field := range n.Fields {
		t.order(field.Value, append(slices.Clip(path), field.Key))
	}
	for i, item := range n.Items {
		t.order(item, append(slices.Clip(path), strconv.Itoa(i)))
	}
}

// A walker reads a schema that is its root.
type walker struct {
	document
	root     *record.Node
	refs     []string // on the way to where it is
	handbook func(names ...string) string
}

func (w walker) field(name string, n *record.Node, required bool) Field {
	f := Field{Name: name, Required: required}
	for n != nil {
		w.add(&f, n)
		n = w.follow(n)
	}
	return f
}

// follow returns what a schema refers to, or nil. A schema that leads back to
// where it comes from, as that of a tree does, says no more.
func (w *walker) follow(n *record.Node) *record.Node {
	ref := n.Field("$ref")
	if ref == nil || slices.Contains(w.refs, ref.Text) {
		return nil
	}
	w.refs = append(w.refs[:len(w.refs):len(w.refs)], ref.Text)
	path, _ := w.target(ref.Text)
	return w.root.At(path)
}

// add takes from a schema what is not known of the field yet.
func (w walker) add(f *Field, n *record.Node) {
	set := func(to *string, keyword string) {
		if value := n.Field(keyword); *to == "" && value != nil && value.IsScalar() {
			*to = value.Text
		}
	}
	set(&f.Title, "title")
	if f.Description == "" {
		f.Description = w.description(n)
	}
	set(&f.Type, "type")
	set(&f.Refers, "x-refers")
	f.Private = f.Private || n.Field("x-private") != nil && n.Field("x-private").True()
	if examples := n.Field("examples"); f.Example == "" && examples != nil && len(examples.Items) > 0 && examples.Items[0].IsScalar() {
		f.Example = examples.Items[0].Text
	}
	if f.Choices == nil {
		f.Choices = w.choices(n)
	}
	if f.Defaults == nil {
		f.Defaults = defaults(n.Field("x-default"))
	}
	if f.Fields == nil {
		f.Fields = w.fields(n)
	}
	if items := n.Field("items"); items != nil && f.Items == nil {
		item := w.field("", items, true)
		f.Items = &item
	}
	if f.Others == nil {
		f.Others = w.others(n)
	}
}

// TitleOf returns what people call one of the values that the field can have, or
// the value itself where they have no other name for it.
func (f *Field) TitleOf(value string) string {
	for _, choice := range f.Choices {
		if choice.Text == value && choice.Title != "" {
			return choice.Title
		}
	}
	return value
}

// Texts returns the texts of a field's choices.
func (f *Field) Texts() []string {
	var texts []string
	for _, choice := range f.Choices {
		texts = append(texts, choice.Text)
	}
	return texts
}

// description returns what a schema says of a field, and behind it what it has the
// handbook say, in "x-handbook".
func (w *walker) description(n *record.Node) string {
	said := n.Field("description").AsText()
	if more := w.fill(n.Field("x-handbook").AsText()); more != "" {
		said += " " + more
	}
	return said
}

// fill puts the handbook's values into a text, in the place of {handbook.name}; it
// returns "" where one of them is not known.
func (w *walker) fill(template string) string {
	if filled, known := fill.Handbook(template, w.handbook); known {
		return filled
	}
	return ""
}

func (w *walker) choices(n *record.Node) []Choice {
	if value := n.Field("const"); value != nil {
		return []Choice{w.choice(n, value)}
	}
	var all []Choice
	if values := n.Field("enum"); values != nil {
		for _, value := range values.Items {
			all = append(all, w.choice(n, value))
		}
	}
	return all
}

// choice returns a value that a schema allows, with the title that it gives it.
func (w *walker) choice(n, value *record.Node) Choice {
	title := n.At([]string{"x-titles", value.Text})
	return Choice{Text: value.Text, Kind: value.Kind, Title: w.fill(title.AsText())}
}

// defaults reads "x-default": a value, an object with "value", "why" and "if", or
// a list of these, of which the first counts that can be filled in and is right.
func defaults(n *record.Node) []Default {
	switch {
	case n == nil:
		return nil
	case n.Kind == record.List:
		var all []Default
		for _, item := range n.Items {
			all = append(all, defaults(item)...)
		}
		return all
	case n.Kind == record.Map:
		d := Default{}
		if value := n.Field("value"); value != nil {
			d.Value = value.Text
		}
		if why := n.Field("why"); why != nil {
			d.Why = why.Text
		}
		if condition := n.Field("if"); condition != nil {
			d.If = condition.Text
		}
		return []Default{d}
	}
	return []Default{{Value: n.Text}}
}

func (w walker) fields(n *record.Node) []Field {
	properties := n.Field("properties")
	if properties == nil {
		return nil
	}
	required := map[string]bool{}
	if names := n.Field("required"); names != nil {
		for _, name := range names.Items {
			required[name.Text] = true
		}
	}
	fields := make([]Field, len(properties.Fields))
	for i := range properties.Fields {
		p := &properties.Fields[i]
		fields[i] = w.field(p.Key, p.Value, required[p.Key])
	}
	return fields
}

// others returns what fields with names of their own are like.
func (w walker) others(n *record.Node) *Field {
	open := n.Field("additionalProperties")
	if patterns := n.Field("patternProperties"); patterns != nil && len(patterns.Fields) > 0 {
		open = patterns.Fields[0].Value
	}
	if open == nil || open.Kind != record.Map {
		return nil
	}
	field := w.field("", open, false)
	return &field
}
