package site

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/grant"
	"gitlab.com/gitlab-com/alliances/internal/history"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// Input is what a site is made of.
type Input struct {
	Tree     *repo.Tree
	Rules    *check.Rulebook
	Findings []finding.Finding // in the tree's records, by the rules
	AsOf     string            // the day for which the site is true, YYYY-MM-DD
	Private  bool              // whether it shows what the schemas mark private
	Jobs     int               // how many folders to read at a time

	// History calls yield with what happened to the records, the newest first.
	// It is nil where there is no git to tell.
	History func(yield func(history.Entry) error) error
}

// The kinds that have pages of their own, beside partners and grants.
const (
	campaignKind = "campaign"
	requestKind  = "request"
	proposalKind = "proposal"
	kpiKind      = "kpi"
)

// Collect reads every record of a tree. A record that cannot be read, is of no
// known kind or is in a folder that its kind does not belong to is left out; its
// findings count. The same records, findings and day make the same site,
// whatever the number of jobs.
//
// Everything that follows from a record follows from what may be published of
// it, so that a private value shows nowhere, not even by its effect.
func Collect(ctx context.Context, in Input) (*Site, error) {
	c, err := newCollector(in)
	if err != nil {
		return nil, err
	}
	names, err := in.Tree.Folders()
	if err != nil {
		return nil, err
	}
	folders := make([]*folder, len(names))
	err = parallel.Each(ctx, in.Jobs, len(names), func(i int) (err error) {
		folders[i], err = c.read(names[i])
		return err
	})
	if err != nil {
		return nil, err
	}
	site := c.assemble(folders)
	return site, c.tellHistory(site)
}

// A collector holds what is known before the first record is read. It is safe
// for use by several goroutines at once.
type collector struct {
	Input
	kinds    map[string]*kind
	rules    map[string]*finding.Rule
	findings map[string][]finding.Finding // by folder
}

// A kind is what there is to know of a kind of record.
type kind struct {
	name   string
	mask   *mask
	fields []schema.Field
	tables map[string]map[string]string // of fields whose values have titles in the handbook
}

func newCollector(in Input) (*collector, error) {
	if !isDay(in.AsOf) {
		return nil, fmt.Errorf("%q is no day such as 2026-03-02", in.AsOf)
	}
	c := &collector{
		Input: in, kinds: map[string]*kind{}, rules: map[string]*finding.Rule{}, findings: map[string][]finding.Finding{},
	}
	for _, name := range in.Rules.Schemas.Kinds() {
		fields, err := in.Rules.Schemas.Fields(name)
		if err != nil {
			return nil, err
		}
		c.kinds[name] = &kind{name, newMask(in.Rules.Schemas.Document(name), in.Private), fields, c.tables(name)}
	}
	for _, rule := range in.Rules.Catalogue() {
		c.rules[rule.ID] = rule
	}
	for _, f := range in.Findings {
		name, _ := repo.FolderOf(f.File)
		c.findings[name] = append(c.findings[name], f)
	}
	return c, nil
}

// A folder is what a folder in partners/ holds of a site.
type folder struct {
	name     string
	partner  *Partner // nil where the folder is none's, or holds nothing that can be read
	months   []*Month
	others   []*Record         // of kinds without pages of their own
	unplaced []finding.Finding // of files that are not shown, where there is no partner
	shared   []string          // texts that may not be published and that other folders are judged by
}

// A loaded record is one that could be read.
type loaded struct {
	kind   *kind
	path   string
	root   *record.Node // all of it
	public *record.Node // what may be published of it; nil where nothing may
}

// read reads a folder.
func (c *collector) read(name string) (*folder, error) {
	listed, err := c.Tree.List(name)
	if err != nil {
		return nil, err
	}
	files, err := c.Tree.Read(listed)
	if err != nil {
		return nil, err
	}
	var records []loaded
	for _, file := range files {
		if rec := file.Record; rec != nil {
			if kind := c.kinds[c.Rules.Schemas.Kind(rec)]; kind != nil {
				records = append(records, loaded{kind, file.Path, rec.Root, kind.mask.publish(rec.Root, nil)})
			}
		}
	}
	return c.build(listed, records), nil
}

// build makes a folder of its records.
func (c *collector) build(listed *repo.Folder, records []loaded) *folder {
	b := builder{
		collector: c, folder: &folder{name: listed.Name},
		findings: c.published(listed, records), others: map[string][]*Record{},
	}
	records = slices.DeleteFunc(records, func(r loaded) bool { return r.public == nil || b.misplaced(r, listed) })
	if repo.IsPartners(listed.Name) && len(records) > 0 {
		b.addPartner(listed, records)
	}
	for _, r := range records {
		b.add(r)
	}
	b.finish()
	b.folder.shared = c.shared(records)
	return b.folder
}

// misplaced reports whether a record is in a folder, or a partner's in a file,
// that its kind does not belong to.
func (b *builder) misplaced(r loaded, listed *repo.Folder) bool {
	switch r.kind.name {
	case repo.PartnerKind:
		return r.path != listed.PartnerPath() || !repo.IsPartners(listed.Name)
	case kpiKind:
		return listed.Name != repo.Program
	case grant.Kind, campaignKind, requestKind, proposalKind:
		return !repo.IsPartners(listed.Name)
	}
	return false
}

// A builder makes a folder.
type builder struct {
	*collector
	folder   *folder
	findings map[string][]finding.Finding // that may be published, by path
	grants   []grant.Grant
	node     *record.Node // of the partner; nil where it cannot be read
	others   map[string][]*Record
}

// record returns what a record has in common with all others.
func (b *builder) record(r loaded) Record {
	event, _ := b.Rules.Schemas.Event(r.kind.name, "")
	_, summary := event.Of(r.public)
	return Record{
		Kind: r.kind.name, Path: r.path, Folder: b.folder.name,
		ID: idOf(r.path), Summary: line(summary),
		Fields: r.kind.show(r.public), Findings: b.take(r.path), Root: r.public,
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
	switch p := b.folder.partner; r.kind.name {
	case repo.PartnerKind:
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
			b.folder.months = append(b.folder.months, month)
		}
	default:
		other := b.record(r)
		b.folder.others = append(b.folder.others, &other)
	}
}

// finish sorts what the folder holds, and works out what follows from all of it.
func (b *builder) finish() {
	var rest []finding.Finding
	for _, found := range b.findings {
		rest = append(rest, found...)
	}
	p := b.folder.partner
	if p == nil {
		b.folder.unplaced = sorted(rest)
		return
	}
	p.Findings = sorted(append(p.Findings, rest...))
	p.Others = b.folder.others
	p.SeatsInUse, p.Seats = grant.SeatsOn(b.grants, b.AsOf), steps(b.grants)
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

// isDay reports whether a text is a day, written so that days compare as text.
func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}
