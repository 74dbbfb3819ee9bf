package site

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/agenda"
	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/grant"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/privacy"
	"gitlab.com/gitlab-com/alliances/internal/profile"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A shelf is what a folder in partners/ holds of a site.
type shelf struct {
	name     string
	partner  *Partner // nil where the folder is none's, or holds nothing that can be read
	months   []*Month
	others   []*Exhibit        // of kinds without pages of their own
	unplaced []finding.Finding // of files that are not shown, where there is no partner
	shared   []string          // texts that may not be published and that other folders are judged by
}

// A loaded record is one that could be read and whose kind is known.
type loaded struct {
	privacy.Masked
	publisher *publisher
	file      *source.File
}

// kind returns the name of the record's kind.
func (r loaded) kind() string { return r.publisher.kind }

// build makes a shelf of a folder's records.
func (c *Collector) build(f *check.Folder) *shelf {
	records, masked := c.load(f.Records)
	found := slices.SortedStableFunc(slices.Values(f.Findings), finding.Compare)
	b := builder{Collector: c, shelf: &shelf{name: f.Listed.Name}, partnerPath: f.Listed.PartnerPath()}
	if len(found)+len(f.Waived) > 0 {
		b.redacted = c.redactor.Folder(masked, f.Listed.Records)
		b.findings = b.redacted.Findings(found)
	}
	records = slices.DeleteFunc(records, func(r loaded) bool { return r.Public == nil || b.misplaced(r) })
	if layout.IsPartners(f.Listed.Name) && len(records) > 0 {
		b.addPartner(records)
	}
	for _, r := range records {
		b.add(r)
	}
	b.addWaived(f.Waived)
	b.finish()
	b.shelf.shared = c.shared(records)
	return b.shelf
}

// load returns the records of which there is something to tell.
func (c *Collector) load(items []change.Item) (records []loaded, masked []privacy.Masked) {
	for _, item := range items {
		if p := c.publishers[item.Kind]; item.Record != nil && p != nil {
			m := c.masked(item, p)
			masked = append(masked, m)
			records = append(records, loaded{m, p, item.Record.File})
		}
	}
	return records, masked
}

// masked returns a record with what may be published of it.
func (c *Collector) masked(item change.Item, p *publisher) privacy.Masked {
	if !c.options.Private && c.isElsewhere(item.Path, item.Kind) {
		return privacy.OfMisplaced(item.Path, item.Record.Root)
	}
	return p.mask.Of(item.Path, item.Record.Root)
}

// isElsewhere reports whether a place is not one of those where records of a kind
// live.
func (c *Collector) isElsewhere(path, kind string) bool { return c.rules.Schemas.KindAt(path) != kind }

// misplaced reports whether a record is in a folder, or a partner's in a file,
// that its kind does not belong to.
func (b *builder) misplaced(r loaded) bool {
	switch r.kind() {
	case layout.PartnerKind:
		return r.Path != b.partnerPath || !layout.IsPartners(b.shelf.name)
	case kpiKind:
		return b.shelf.name != layout.Program
	case grant.Kind, campaignKind, requestKind, proposalKind:
		return !layout.IsPartners(b.shelf.name)
	}
	return false
}

// A builder makes a folder.
type builder struct {
	*Collector
	shelf       *shelf
	partnerPath string                       // where the folder's partner is
	redacted    *privacy.Folder              // nil where there is nothing to redact
	findings    map[string][]finding.Finding // that may be published, by path
	grants      []grant.Grant
	node        *record.Node // of the partner; nil where it cannot be read
}

// exhibit returns what a record has in common with all others.
func (b *builder) exhibit(r loaded) Exhibit {
	event, _ := b.rules.Schemas.Event(r.kind(), "")
	_, summary := event.Of(r.publisher.inWords(r.Public))
	return Exhibit{
		Kind: r.kind(), Path: r.Path, Folder: b.shelf.name,
		ID: idOf(r.Path), Summary: line(summary),
		Fields: r.publisher.show(r.Public), Findings: b.take(r.Path), Due: b.due(r), Root: r.Public,
	}
}

// due returns what of a record has to be seen to, or nil.
func (b *builder) due(r loaded) *agenda.Item {
	if b.isElsewhere(r.Path, r.kind()) {
		return nil
	}
	item, ok := agenda.Of(b.subject(r), agenda.Soon)
	if !ok {
		return nil
	}
	return &item
}

// subject returns a record as far as it may be published, and what is around it.
func (b *builder) subject(r loaded) profile.Subject {
	return profile.Subject{
		Record: &record.Record{Path: r.Path, Root: r.Public}, Kind: r.kind(), Folder: b.shelf.name, Partner: b.node,
		Schemas: b.rules.Schemas, Handbook: b.rules.Policies.Handbook, AsOf: b.options.AsOf,
	}
}

// idOf returns what a record is known by among those of its kind and folder.
func idOf(name string) string { return strings.TrimSuffix(path.Base(name), path.Ext(name)) }

// take returns the findings of a file, which are then with their record.
func (b *builder) take(path string) []finding.Finding {
	found := b.findings[path]
	delete(b.findings, path)
	return found
}

func (b *builder) add(r loaded) {
	switch p := b.shelf.partner; r.kind() {
	case layout.PartnerKind:
	case grant.Kind:
		p.Licenses = append(p.Licenses, b.license(r))
	case campaignKind:
		p.Campaigns = append(p.Campaigns, b.campaign(r))
	case requestKind:
		p.Requests = append(p.Requests, b.request(r))
	case proposalKind:
		p.Proposals = append(p.Proposals, b.proposal(r))
	case kpiKind:
		if month := b.month(r); month != nil {
			b.shelf.months = append(b.shelf.months, month)
		}
	default:
		other := b.exhibit(r)
		b.shelf.others = append(b.shelf.others, &other)
	}
}

// finish sorts what the folder holds, and works out what follows from all of it.
func (b *builder) finish() {
	var rest []finding.Finding
	for _, found := range b.findings {
		rest = append(rest, found...)
	}
	p := b.shelf.partner
	if p == nil {
		b.shelf.unplaced = sorted(rest)
		return
	}
	p.Findings = sorted(append(p.Findings, rest...))
	p.Others = b.shelf.others
	p.SeatsInUse, p.Seats = grant.SeatsOn(b.grants, b.options.AsOf), steps(b.grants)
	sortWaived(p.Waived)
	sortLicenses(p.Licenses)
	sortCampaigns(p.Campaigns)
	slices.SortStableFunc(p.Requests, func(a, b *Request) int { return strings.Compare(b.ReceivedOn, a.ReceivedOn) })
}

func sortLicenses(all []*License) {
	slices.SortFunc(all, func(a, b *License) int {
		return cmp.Or(strings.Compare(b.StartsAt, a.StartsAt), strings.Compare(a.Path, b.Path))
	})
}

func sortCampaigns(all []*Campaign) {
	slices.SortFunc(all, func(a, b *Campaign) int {
		return cmp.Or(strings.Compare(b.StartsOn, a.StartsOn), strings.Compare(a.Path, b.Path))
	})
}

// shared returns the private texts of partners that all folders are judged by.
func (c *Collector) shared(records []loaded) []string {
	var all []string
	for _, r := range records {
		if c.options.Private || r.kind() != layout.PartnerKind {
			continue
		}
		for _, name := range []string{"name", "aliases", "type", "status"} {
			if value := r.Root.Field(name); value != nil && r.Public.Field(name) != value {
				privacy.EachText(value, func(text string) { all = append(all, text) })
			}
		}
	}
	return all
}

func sorted(findings []finding.Finding) []finding.Finding {
	slices.SortStableFunc(findings, finding.Compare)
	return findings
}
