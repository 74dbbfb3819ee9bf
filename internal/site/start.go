package site

import (
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// Links are addresses in GitLab that a file's path is appended to; "" for none.
type Links struct {
	File    string // for its page
	History string // for its commits
	Edit    string // for the editor
	New     string // for the editor on a new file in a folder
}

// A Start is a record that a partner can get.
type Start struct {
	What string // such as Grant a licence
	Path string // of a file that is not there, called after what its name is made of
}

// starts returns what records a partner can get: those whose place is in its folder.
func (c *Collector) starts(folder string) []Start {
	if c.options.Links.New == "" || schema.CheckName("partner", folder) != "" {
		return nil
	}
	var all []Start
	for _, kind := range c.rules.Schemas.Kinds() {
		names := slices.Sorted(slices.Values(c.rules.Schemas.Placeholders(kind)))
		if kind != layout.PartnerKind && slices.Equal(names, []string{"id", "partner"}) {
			place := c.rules.Schemas.Place(kind, map[string]string{"partner": folder, "id": c.idFor(kind)})
			all = append(all, Start{c.order(kind), place})
		}
	}
	return all
}

// order says what it means that there is a record of a kind, as an order.
func (c *Collector) order(kind string) string {
	event, _ := c.rules.Schemas.Event(kind, "")
	verb := event.Imperative
	if verb == "" {
		verb = "add"
	}
	title := strings.ToLower(c.rules.Schemas.Title(kind, nil))
	article := " a "
	if strings.ContainsAny(title[:min(1, len(title))], "aeiou") {
		article = " an "
	}
	return strings.ToUpper(verb[:1]) + verb[1:] + article + title
}

// idFor returns what a new record's file is called as long as nothing is known of it
// but the day: the month, and the names of the other fields that it will be called by.
func (c *Collector) idFor(kind string) string {
	words := []string{c.options.AsOf[:len("2006-01")]}
	for _, part := range c.rules.Schemas.IDParts(kind) {
		path := strings.Split(part, ".")
		if field, known := fieldAt(c.rules.Schemas.Fields(kind), path); known && !record.IsDate(field.Example) {
			words = append(words, strings.ReplaceAll(path[len(path)-1], "_", "-"))
		}
	}
	if len(words) == 1 {
		words = append(words, strings.ReplaceAll(kind, "_", "-"))
	}
	return strings.Join(words, "-")
}

// fieldAt returns the field at a path of names.
func fieldAt(fields []schema.Field, path []string) (field schema.Field, known bool) {
	for _, name := range path {
		i := slices.IndexFunc(fields, func(f schema.Field) bool { return f.Name == name })
		if i < 0 {
			return schema.Field{}, false
		}
		field = fields[i]
		fields = field.Fields
	}
	return field, len(path) > 0
}
