package lsp

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/catalogue"
	"gitlab.com/gitlab-com/alliances/internal/chronicle"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/markdown"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// hover explains the field at a place, or the rule that is named there.
func (s *server) hover(_ context.Context, name string, params documentParams) (any, error) {
	r, at, atKey := s.placeOf(name, params)
	if r == nil || len(at) == 0 {
		return nil, nil
	}
	kind := s.kindOf(name, r.Root.Field(layout.KindField).AsText())
	root := s.rootField(name, kind)
	field := follow(root, at)
	if field == nil {
		return nil, nil
	}
	shown := s.texts[name].textRange(r.Locate(at, atKey).Span)
	if to := referenceAt(root, r, at, atKey); to.to == schema.RefersRule && !atKey {
		if explained := s.explain(to.text); explained != "" {
			return hover{markup{"markdown", explained}, &shown}, nil
		}
	}
	return hover{markup{"markdown", aboutField(field, at) + s.inForce(kind, at[0], r)}, &shown}, nil
}

// placeOf returns the record that a text is, and the path of what is at a position in
// it; nil where it is none, or nothing is known of records yet.
func (s *server) placeOf(name string, params documentParams) (r *record.Record, at []string, atKey bool) {
	if s.texts[name] == nil || s.rules == nil || !layout.IsRecord(name) {
		return nil, nil, false
	}
	if r = s.recordOf(name); r == nil {
		return nil, nil, false
	}
	at, atKey = r.PathAt(s.texts[name].place(params.Position))
	return r, at, atKey
}

// explain returns what there is to say of a rule, "" where there is no such rule.
func (s *server) explain(id string) string {
	selected, err := s.about.Select(id)
	if err != nil || selected.One() == nil {
		return ""
	}
	var b bytes.Buffer
	if err := catalogue.Write("markdown", &b, selected, catalogue.Options{}); err != nil {
		return ""
	}
	return b.String()
}

// aboutField says in Markdown what a schema says of a field.
func aboutField(field *schema.Field, at []string) string {
	title := field.Title
	if title == "" {
		title = at[len(at)-1]
	}
	var b strings.Builder
	fmt.Fprintf(&b, "**%s**\n\n%s\n", markdown.Inert(source.Inline(title)), markdown.Inert(source.Inline(field.Description)))
	for _, choice := range field.Choices {
		fmt.Fprintf(&b, "\n- %s", markdown.Code(source.Visible(choice.Text)))
		if choice.Title != "" {
			fmt.Fprintf(&b, ": %s", markdown.Inert(source.Inline(choice.Title)))
		}
	}
	return b.String()
}

// inForce says what of the handbook rules judge a field by, as it is in force on the
// record's day.
func (s *server) inForce(kind, field string, r *record.Record) string {
	policies := s.rules.Policies
	book := policies.Handbook.On(schema.FirstDay(s.rules.Schemas.Day(kind, r.Root)))
	var texts []string
	ids := map[string][]string{} // of the rules that judge by each
	for _, rule := range policies.Rules() {
		if rule.Kind != kind || !policies.ReadsField(rule, field) {
			continue
		}
		for _, text := range chronicle.InForce(book, policies.HandbookPaths(rule)) {
			if ids[text] == nil {
				texts = append(texts, text)
			}
			ids[text] = append(ids[text], markdown.Code(rule.ID))
		}
	}
	if len(texts) == 0 {
		return ""
	}
	said := "\n\nThe handbook, in force for this record:\n"
	for _, text := range texts {
		said += fmt.Sprintf("\n- %s (%s)", markdown.Inert(source.Inline(text)), strings.Join(ids[text], ", "))
	}
	return said
}

// definition leads from what names a partner, a record or a rule to its file.
func (s *server) definition(_ context.Context, name string, params documentParams) (any, error) {
	r, at, atKey := s.placeOf(name, params)
	if r == nil {
		return nil, nil
	}
	kind := s.kindOf(name, r.Root.Field(layout.KindField).AsText())
	target := s.fileOf(name, referenceAt(s.rootField(name, kind), r, at, atKey))
	if target == "" || !s.isThere(target) {
		return nil, nil
	}
	return location{s.uriOf(target), textRange{}}, nil
}

// fileOf returns the path of what a reference in a record names.
func (s *server) fileOf(name string, to reference) string {
	folder, _ := layout.FolderOf(name)
	switch to.to {
	case schema.RefersPartner:
		return path.Join(layout.Partners, to.text, layout.PartnerFile)
	case schema.RefersRecord:
		return path.Join(layout.Partners, folder, to.text)
	case schema.RefersRule:
		if selected, err := s.about.Select(to.text); err == nil && selected.One() != nil {
			return selected.One().File
		}
	}
	return ""
}
