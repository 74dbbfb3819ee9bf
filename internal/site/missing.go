package site

import (
	"context"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// Statuses of a partner.
const (
	prospective = "prospective"
	active      = "active"
)

// missing returns what a prospective partner lacks to be an active one: what the
// rules would find if its record said so, beyond what they find now. They see
// no more of it than may be published.
func (b *builder) missing(r loaded) []string {
	if text(r.Public, "status") != prospective {
		return nil
	}
	now := b.brokenBy(r, r.Public)
	var all []string
	for _, f := range b.brokenBy(r, withField(r.Public, "status", active)) {
		known := func(g finding.Finding) bool { return g.Rule == f.Rule && g.Message == f.Message }
		if !slices.ContainsFunc(now, known) {
			all = append(all, f.Message)
		}
	}
	return all
}

// brokenBy returns what the rules find in a partner's record on its own. A rule
// that fails has said so where the record was judged.
func (b *builder) brokenBy(r loaded, root *record.Node) []finding.Finding {
	rec := &record.Record{Path: r.Path, File: r.file, Root: root}
	typed := policy.TypedRecord{Record: rec, Kind: layout.PartnerKind, Valid: b.rules.Schemas.Judge(rec).Valid}
	contents := policy.Contents{Records: []policy.TypedRecord{typed}, Partner: &typed}
	found, err := b.alone.Folder(contents).Judge(context.Background(), policy.Case{Now: &typed})
	if err != nil {
		return nil
	}
	return found
}

// withField returns an object with another text in one of its fields.
func withField(n *record.Node, name, text string) *record.Node {
	changed := *n
	changed.Fields = slices.Clone(n.Fields)
	for i := range changed.Fields {
		if changed.Fields[i].Key == name {
			value := *changed.Fields[i].Value
			value.Text = text
			changed.Fields[i].Value = &value
		}
	}
	return &changed
}
