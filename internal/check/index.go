package check

import (
	"context"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// index reads every partner: rules compare a partner with all others, so that
// all must be known before the first is judged. Where every folder is judged it
// lists them, too.
func (r *run) index(ctx context.Context) error {
	list, all := r.tree.ListPartner, r.judgesAll()
	if all {
		list = r.tree.List
	}
	folders := make([]*repo.Folder, len(r.names))
	summaries := make([]*policy.Partner, len(r.names))
	recalled := make([]*clean, len(r.names))
	err := parallel.Each(ctx, r.Jobs, len(r.names), func(i int) error {
		listed, known, err := r.recall(i)
		if err != nil {
			return err
		}
		if known != nil {
			folders[i], summaries[i], recalled[i] = listed, known.partner, known
			return nil
		}
		if listed == nil {
			listed, err = list(r.names[i])
		}
		if err != nil {
			return err
		}
		folders[i] = listed
		if !listed.Partner || !layout.IsPartners(r.names[i]) {
			return nil
		}
		summaries[i], err = r.summarize(listed)
		return err
	})
	if err != nil {
		return err
	}
	if all {
		r.folders = folders
	}
	r.partners = make(map[string]policy.Partner, len(folders))
	for i, summary := range summaries {
		if summary != nil {
			r.partners[r.names[i]] = *summary
		}
	}
	r.recalled = recalled
	return nil
}

// summarize reads a folder's partner record. One that cannot be read, or is
// none, is known by its slug alone.
func (r *run) summarize(f *repo.Folder) (*policy.Partner, error) {
	file, err := r.tree.ReadPartner(f)
	if err != nil {
		return nil, err
	}
	if file == nil || file.Record == nil {
		return &policy.Partner{}, nil
	}
	return summary(file.Record), nil
}

// summary returns of a partner what data.partners holds: each field only where
// it is of its type, so that rules need not look.
func summary(rec *record.Record) *policy.Partner {
	partner := &policy.Partner{}
	if rec.Root.Field("kind").AsText() != layout.PartnerKind {
		return partner
	}
	text := func(name string) string { return strings.Clone(rec.Root.Field(name).AsText()) } // which does not hold the record
	partner.Name, partner.Website = text("name"), text("website")
	partner.Type, partner.Status, partner.MergedInto = text("type"), text("status"), text("merged_into")
	if aliases := rec.Root.Field("aliases"); aliases != nil && aliases.Kind == record.List {
		partner.Aliases = []string{}
		for _, alias := range aliases.Items {
			if alias.Kind == record.String {
				partner.Aliases = append(partner.Aliases, strings.Clone(alias.Text))
			}
		}
	}
	return partner
}
