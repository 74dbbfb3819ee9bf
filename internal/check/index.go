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
// all must be known before the first is judged for good.
func (r *run) index(ctx context.Context) error {
	partners := make([]*policy.Partner, len(r.names))
	err := parallel.Each(ctx, r.Jobs, len(r.names), func(i int) error {
		f, err := r.tree.ListPartner(r.names[i])
		if err == nil {
			partners[i], err = r.readPartner(f)
		}
		return err
	})
	if err != nil {
		return err
	}
	r.partners = make(map[string]*policy.Partner, len(partners))
	for i, partner := range partners {
		if partner != nil {
			r.partners[r.names[i]] = partner
		}
	}
	return nil
}

// readPartner returns what others have to know of a folder's partner.
func (r *run) readPartner(f *repo.Folder) (*policy.Partner, error) {
	if !isPartners(f) {
		return nil, nil
	}
	file, err := r.tree.ReadPartner(f)
	if err != nil || file == nil {
		return &policy.Partner{}, err
	}
	return partnerAmong(f, []repo.File{*file}), nil
}

// isPartners reports whether a folder is that of a partner, readable or not.
func isPartners(f *repo.Folder) bool { return f.Partner && layout.IsPartners(f.Name) }

// partnerAmong returns what others have to know of a folder's partner, whose record is
// among these. One that cannot be read, or is none, is known by its slug alone.
func partnerAmong(f *repo.Folder, files []repo.File) *policy.Partner {
	if !isPartners(f) {
		return nil
	}
	for i := range files {
		if files[i].Path == f.PartnerPath() && files[i].Record != nil {
			return summary(files[i].Record)
		}
	}
	return &policy.Partner{}
}

// licenses returns what is compared of the licences that a folder holds.
func (r *run) licenses(c *contents) (licenses []policy.License) {
	if !r.comparesLicenses() && !r.remembers() {
		return nil
	}
	for _, record := range c.records {
		if license, ok := policy.Licensed(record); ok {
			licenses = append(licenses, license)
		}
	}
	return licenses
}

// look takes up what others have to know of a folder that is not judged, of whose files
// only the texts were read.
func (r *run) look(p *place, files []repo.File) {
	for i := range files {
		if files[i].Path == p.listed.PartnerPath() {
			files[i] = r.tree.Parse(files[i].Path, files[i].Text)
		}
	}
	p.partner = partnerAmong(p.listed, files)
	if r.comparesLicenses() {
		p.licenses = r.licensesIn(files)
	}
}

// licensesIn returns what is compared of the licences among these files.
func (r *run) licensesIn(files []repo.File) (licenses []policy.License) {
	for _, file := range files {
		if !policy.MayBeLicense(file.Text) {
			continue
		}
		rec := r.tree.Parse(file.Path, file.Text).Record
		if rec == nil {
			continue
		}
		kind, current := r.rules.Schemas.Read(rec)
		if license, ok := policy.Licensed(policy.TypedRecord{Record: current, Kind: kind}); ok {
			licenses = append(licenses, license)
		}
	}
	return licenses
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
