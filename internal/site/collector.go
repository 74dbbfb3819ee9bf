package site

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/history"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/privacy"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// Options say what a site shows.
type Options struct {
	AsOf    string  // the day for which the site is true, YYYY-MM-DD
	Private bool    // whether it shows what the schemas mark private
	Commit  string  // whose records they are, as far as that is known
	Links   Links   // to where in GitLab the records are
	Manual  Sources // what the manual is made of
}

// The kinds that have pages of their own, beside partners and grants.
const (
	campaignKind = "campaign"
	requestKind  = "request"
	proposalKind = "proposal"
	kpiKind      = "kpi"
)

// A Collector makes a site of folders. A record that cannot be read, is of no
// known kind or is in a folder that its kind does not belong to is left out; its
// findings count. The same folders and options make the same site, in whatever
// order the folders come.
//
// Everything that follows from a record follows from what may be published of
// it, so that a private value shows nowhere, not even by its effect.
type Collector struct {
	options    Options
	rules      *check.Rulebook
	publishers map[string]*publisher // by kind
	redactor   *privacy.Redactor
	alone      *policy.Judge // judges a partner without knowing the others
	titles     Titles

	adding   sync.Mutex
	shelves  []*shelf
	findings int
}

// NewCollector returns a collector of records that are judged by the rules.
func NewCollector(rules *check.Rulebook, options Options) (*Collector, error) {
	if !record.IsDay(options.AsOf) {
		return nil, fmt.Errorf("%q is no day such as 2026-03-02", options.AsOf)
	}
	c := &Collector{
		options: options, rules: rules, publishers: map[string]*publisher{}, titles: Titles{}, alone: rules.Policies.Judge(nil),
	}
	var documents []map[string]any
	for _, kind := range rules.Schemas.Kinds() {
		documents = append(documents, rules.Schemas.Document(kind))
		p := c.publisher(kind)
		c.publishers[kind] = p
		c.titles.kind(kind, rules.Schemas.Title(kind, nil), p.fields)
	}
	c.redactor = privacy.NewRedactor(rules.Catalogue(), documents, options.Private)
	return c, nil
}

// Add takes in a folder that was judged. It is safe for use by several goroutines at once.
func (c *Collector) Add(f *check.Folder) {
	built := c.build(f)
	c.adding.Lock()
	defer c.adding.Unlock()
	c.shelves = append(c.shelves, built)
	c.findings += len(f.Findings)
}

// Finish returns the site of all folders that were added. It calls past, where
// that is not nil, which calls yield with what happened to the records, the
// newest first: it is nil where there is no git to tell.
func (c *Collector) Finish(past func(yield func(history.Entry) error) error) (*Site, error) {
	slices.SortFunc(c.shelves, func(a, b *shelf) int { return strings.Compare(a.name, b.name) })
	site := c.assemble(c.shelves)
	manual, err := c.manual()
	if err != nil {
		return nil, err
	}
	site.Manual = *manual
	return site, c.tellHistory(site, past)
}
