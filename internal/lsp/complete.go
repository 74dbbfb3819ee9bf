package lsp

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// An offer is something to write, and what it is.
type offer struct {
	text, detail, about string
	kind                int
}

// complete offers the fields and the values that may be written at a place.
func (s *server) complete(_ context.Context, name string, params documentParams) (any, error) {
	list := completionList{Items: []completion{}}
	open := s.texts[name]
	if open == nil || s.rules == nil || !layout.IsRecord(name) {
		return list, nil
	}
	lines := open.lines()
	place := open.place(params.Position)
	if place.Line > len(lines) {
		return list, nil
	}
	before := string([]rune(lines[place.Line-1])[:place.Column-1])
	here := spotOf(lines, place.Line-1, before)
	end := open.offset(params.Position)
	within := textRange{open.at(end - len(here.word)), open.at(end)}
	for i, o := range s.offers(name, lines, here) {
		item := completion{
			Label: strings.TrimRight(o.text, ": "), Kind: o.kind, Detail: o.detail, SortText: fmt.Sprintf("%04d", i), FilterText: o.text,
			TextEdit: textEdit{within, o.text},
		}
		if o.about != "" {
			item.Documentation = &markup{"plaintext", o.about}
		}
		list.Items = append(list.Items, item)
	}
	return list, nil
}

// offers returns what may be written at a spot, the likeliest first.
func (s *server) offers(name string, lines []string, here spot) []offer {
	root := s.rootField(name, s.kindOf(name, kindIn(lines)))
	field := follow(root, here.path)
	if field == nil {
		return nil
	}
	if here.key != "" {
		if field = follow(field, []string{here.key}); field == nil {
			return nil
		}
		return s.values(name, field)
	}
	if len(field.Fields) == 0 && field.Others == nil {
		return s.values(name, field)
	}
	return s.names(field, here.present)
}

// kindIn returns the kind that a text names.
func kindIn(lines []string) string {
	for _, line := range lines {
		if kind, found := strings.CutPrefix(line, layout.KindField+":"); found {
			return strings.Trim(kind, ` '"`)
		}
	}
	return ""
}

// names returns the fields that an object lacks: first those that it must have.
func (s *server) names(object *schema.Field, present []string) []offer {
	var required, others []offer
	for i := range object.Fields {
		field := &object.Fields[i]
		if slices.Contains(present, field.Name) {
			continue
		}
		o := offer{field.Name + ":", field.Title, field.Description, completesField}
		if field.Type != "object" && field.Type != "array" {
			o.text += " "
		}
		if field.Required {
			required = append(required, o)
		} else {
			others = append(others, o)
		}
	}
	all := append(required, others...)
	if object.Others == nil || object.Others.Refers != schema.RefersPartner {
		return all
	}
	for _, partner := range s.partners() {
		if !slices.Contains(present, partner.text) {
			partner.text += ": "
			all = append(all, partner)
		}
	}
	return all
}

// values returns what may be written as the value of a field.
func (s *server) values(name string, field *schema.Field) (all []offer) {
	for _, choice := range field.Choices {
		value := any(choice.Text)
		if choice.Kind != record.String {
			all = append(all, offer{choice.Text, choice.Title, "", completesChoice})
		} else if text, ok := record.Scalar(value); ok {
			all = append(all, offer{text, choice.Title, "", completesChoice})
		}
	}
	if field.Type == "boolean" {
		all = append(all, offer{"true", "", "", completesValue}, offer{"false", "", "", completesValue})
	}
	switch field.Refers {
	case schema.RefersPartner:
		all = append(all, s.partners()...)
	case schema.RefersRecord:
		all = append(all, s.records(name)...)
	case schema.RefersRule:
		all = append(all, s.waivable()...)
	}
	return all
}

func (s *server) partners() (all []offer) {
	if s.index == nil {
		return nil
	}
	known := s.index.Partners()
	for _, slug := range slices.Sorted(maps.Keys(known)) {
		all = append(all, offer{slug, known[slug].Name, known[slug].Type, completesReference})
	}
	return all
}

// records returns the other records of a record's folder.
func (s *server) records(name string) (all []offer) {
	folder, _ := layout.FolderOf(name)
	listed, err := s.tree().List(folder)
	if err != nil {
		return nil
	}
	for _, other := range listed.Records {
		if other != name && s.rules.Schemas.KindAt(other) != layout.WaiverKind {
			below := strings.TrimPrefix(other, path.Join(layout.Partners, folder)+"/")
			all = append(all, offer{below, s.rules.Schemas.KindAt(other), "", completesReference})
		}
	}
	return all
}

func (s *server) waivable() (all []offer) {
	for i := range s.about.Rules {
		if r := &s.about.Rules[i]; r.Waivable {
			all = append(all, offer{r.ID, r.Title, r.Description, completesReference})
		}
	}
	return all
}

func (s *server) isThere(name string) bool {
	about, err := fs.Stat(s.files(), name)
	return err == nil && about.Mode().IsRegular()
}
