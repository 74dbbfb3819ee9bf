package site

import (
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// Titles are what people call a kind ("partner"), a field of it
// ("partner.status") and a value that the field can have
// ("partner.status.active").
type Titles map[string]string

// Of returns the title of what stands at a path of such names, "" where there is
// none.
func (t Titles) Of(path ...string) string { return t[strings.Join(path, ".")] }

// kind adds the titles of a kind.
func (t Titles) kind(name, title string, fields []schema.Field) {
	t[name] = title
	t.fields(name, fields)
}

func (t Titles) fields(above string, fields []schema.Field) {
	for _, f := range fields {
		path := above + "." + f.Name
		t[path] = f.Title
		for _, c := range f.Choices {
			if c.Title != "" {
				t[path+"."+c.Text] = c.Title
			}
		}
		t.fields(path, f.Fields)
	}
}
