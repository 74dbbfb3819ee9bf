package lsp

import (
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// kindOf returns the kind of a text: the one that it names, or the one whose records
// live where it does.
func (s *server) kindOf(name string, named string) string {
	if slices.Contains(s.rules.Schemas.Kinds(), named) {
		return named
	}
	return s.rules.Schemas.KindAt(name)
}

// recordOf returns the record that a text is, nil where it is none.
func (s *server) recordOf(name string) *record.Record {
	r, _ := record.Load(name, s.texts[name].data)
	return r
}

// kindField is the field that every record has, which no kind's own fields hold.
func (s *server) kindField(name string) schema.Field {
	field := schema.Field{
		Name: layout.KindField, Title: "Kind of record", Type: "string", Required: true,
		Description: "It tells which fields the record has.",
	}
	for _, kind := range s.rules.Schemas.Kinds() {
		if here := s.rules.Schemas.KindAt(name); here == "" || kind == here {
			field.Choices = append(field.Choices, schema.Choice{Text: kind, Kind: record.String, Title: s.rules.Schemas.Title(kind, nil)})
		}
	}
	return field
}

// rootField returns a record of a kind as a field.
func (s *server) rootField(name, kind string) *schema.Field {
	root := &schema.Field{Type: "object", Fields: []schema.Field{s.kindField(name)}}
	if kind != "" {
		root.Fields = append(root.Fields, s.rules.Schemas.Fields(kind)...)
	}
	return root
}

// follow returns the field at a path, nil where there is none.
func follow(field *schema.Field, path []string) *schema.Field {
	for _, segment := range path {
		switch i := slices.IndexFunc(field.Fields, func(f schema.Field) bool { return f.Name == segment }); {
		case i >= 0:
			field = &field.Fields[i]
		case field.Items != nil:
			field = field.Items
		case field.Others != nil:
			field = field.Others
		default:
			return nil
		}
	}
	return field
}

// A reference is what a place in a record names: the text, and what it refers to.
type reference struct{ to, text string }

// referenceAt returns what the value at a path of a record names, or the name of the
// field itself where fields can have names of their own.
func referenceAt(root *schema.Field, r *record.Record, path []string, atKey bool) reference {
	field := follow(root, path)
	if field == nil || len(path) == 0 {
		return reference{}
	}
	last := path[len(path)-1]
	if parent := follow(root, path[:len(path)-1]); parent.Others == field {
		if atKey {
			return reference{field.Refers, last}
		}
		return reference{}
	}
	return reference{field.Refers, r.Root.At(path).AsText()}
}
