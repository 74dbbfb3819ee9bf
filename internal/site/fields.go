package site

import (
	"cmp"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// show returns what a record says, with the names that people have for it.
func (p *publisher) show(root *record.Node) []Field {
	if root.Kind != record.Map {
		return nil
	}
	fields := make([]Field, 0, len(root.Fields))
	for _, f := range inOrder(root, p.fields) {
		if f.name == "kind" {
			continue
		}
		shown := f.show()
		if titles := p.titles[f.name]; titles != nil {
			shown.Text = line(titled(f.value, titles))
		}
		fields = append(fields, shown)
	}
	return fields
}

// inWords returns a record that has titles in the place of its own values: what it
// says of itself on the site is for people, who know no global_si.
func (p *publisher) inWords(root *record.Node) *record.Node {
	spoken := *root
	spoken.Fields = slices.Clone(root.Fields)
	for _, known := range p.fields {
		i := slices.IndexFunc(spoken.Fields, func(f record.Field) bool { return f.Key == known.Name })
		if i < 0 || !spoken.Fields[i].Value.IsScalar() {
			continue
		}
		value := *spoken.Fields[i].Value
		value.Text = cmp.Or(p.titles[known.Name][value.Text], known.TitleOf(value.Text))
		spoken.Fields[i].Value = &value
	}
	return &spoken
}

// titled returns a value, or those of a list, by their titles.
func titled(n *record.Node, titles map[string]string) string {
	names := texts(n)
	if n.IsScalar() {
		names = []string{text(n)}
	}
	for i, name := range names {
		if title := titles[name]; title != "" {
			names[i] = title
		}
	}
	return strings.Join(names, ", ")
}

// A named value is a field of a record, and what its schema says of it.
type named struct {
	name  string
	value *record.Node
	known schema.Field
}

// inOrder returns the fields of an object in the order of the schema, and then
// those that it does not name.
func inOrder(n *record.Node, known []schema.Field, others ...*schema.Field) []named {
	all := make([]named, 0, len(n.Fields))
	for _, field := range known {
		if value := n.Field(field.Name); value != nil {
			all = append(all, named{field.Name, value, field})
		}
	}
	if len(all) == len(n.Fields) {
		return all
	}
	for i := range n.Fields {
		name := n.Fields[i].Key
		if slices.ContainsFunc(known, func(f schema.Field) bool { return f.Name == name }) {
			continue
		}
		f := named{name: name, value: n.Fields[i].Value}
		if len(others) > 0 && others[0] != nil {
			f.known = *others[0]
		}
		all = append(all, f)
	}
	return all
}

func (f named) show() Field {
	shown := Field{Title: line(cmp.Or(f.known.Title, f.name))}
	switch {
	case f.value.Kind == record.Map:
		for _, below := range inOrder(f.value, f.known.Fields, f.known.Others) {
			shown.Fields = append(shown.Fields, below.show())
		}
	case f.value.Kind == record.List && isPlain(f.value):
		shown.Text = f.choices()
	case f.value.Kind == record.List:
		shown.Fields, shown.List = f.entries(shown.Title), true
	case f.value.Kind != record.Null:
		shown.Text = lines(f.known.TitleOf(f.value.Text))
		shown.URL = Address(f.value.Text)
	}
	return shown
}

// choices returns the texts of a list on one line, each as people call it.
func (f named) choices() string {
	all := texts(f.value)
	if item := f.known.Items; item != nil {
		for i := range all {
			all[i] = line(item.TitleOf(all[i]))
		}
	}
	return strings.Join(all, ", ")
}

// isPlain reports whether a list holds texts alone, and no addresses.
func isPlain(list *record.Node) bool {
	return !slices.ContainsFunc(list.Items, func(n *record.Node) bool { return !n.IsScalar() || Address(n.Text) != "" })
}

// entries returns the entries of a list, each by the title of one.
func (f named) entries(title string) []Field {
	item := schema.Field{}
	if f.known.Items != nil {
		item = *f.known.Items
	}
	var all []Field
	for _, value := range f.value.Items {
		all = append(all, named{title, value, item}.show())
	}
	return all
}
