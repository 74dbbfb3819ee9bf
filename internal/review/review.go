// Package review tells what a change means: what it grants, revokes, approves,
// adds and deletes, partner by partner, and what it does to the rules.
package review

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/grant"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/ledger"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/state"
)

// A Change is what is to be told of.
type Change struct {
	*state.Change
	Schemas  *schema.Set
	Handbook policy.Handbook
	Jobs     int
}

// A Review is what a change means.
type Review struct {
	Base, Head gitfs.CommitID  // Head is "" for the working tree
	Partners   []PartnerReview // whose records the change touches, by the names of their folders
	Others     []string        // paths of the other files in partners/ that it touches, sorted
	Rules      *RuleChanges    // nil where the change does not touch them
}

// A PartnerReview is what a change does to the records in one folder.
type PartnerReview struct {
	Folder  string // "" is partners/ itself
	Name    string // the partner's, or the folder's where it is not known
	Changes []RecordReview

	touched []string // the paths of the records that the change touches, before and after
}

// A RecordReview is what a change does to one record, and to the seats of its
// partner.
type RecordReview struct {
	ledger.RecordChange
	Seats *Seats // of a grant; nil where they stay as they are, or cannot be counted
}

// Seats are how many seats of a partner run on a day before the change and
// after it: the day on which a grant starts, or is revoked.
type Seats struct {
	Day           string
	Before, After int
	Cap           int // 0 where it is not known
}

// Review tells what the change does to the records.
func (c *Change) Review(ctx context.Context) (*Review, error) {
	folders := c.Paths.Folders()
	renamed, err := change.Renames(c.Before.Tree(), c.After.Tree(), folders, c.Schemas.Read)
	if err != nil {
		return nil, err
	}
	former := slices.Collect(maps.Values(renamed))
	folders = slices.DeleteFunc(folders, func(name string) bool { return slices.Contains(former, name) })
	all := make([]PartnerReview, len(folders))
	err = parallel.Each(ctx, c.Jobs, len(folders), func(i int) (err error) {
		all[i], err = c.partner(cmp.Or(renamed[folders[i]], folders[i]), folders[i])
		return err
	})
	review := &Review{
		Base: c.Before.Commit, Head: c.After.Commit,
		Partners: slices.DeleteFunc(all, func(p PartnerReview) bool { return len(p.Changes) == 0 }),
	}
	told := map[string]bool{}
	for _, p := range review.Partners {
		for _, name := range p.touched {
			told[name] = true
		}
	}
	for _, name := range c.Paths {
		if _, ok := layout.FolderOf(name); ok && !told[name] {
			review.Others = append(review.Others, name)
		}
	}
	slices.Sort(review.Others)
	return review, err
}

// partner tells what the change does to a folder, which may have had another name
// before.
func (c *Change) partner(former, folder string) (PartnerReview, error) {
	p := PartnerReview{Folder: folder, Name: folder}
	pairs, err := change.Folder(c.Before.Tree(), c.After.Tree(), former, folder, c.Schemas.Read)
	if err != nil {
		return p, err
	}
	before, after := grantsOf(pairs)
	for _, pair := range pairs {
		if name := partnerName(pair); name != "" {
			p.Name = name
		}
		if !pair.Changed() {
			continue
		}
		described := ledger.Describe(c.Schemas, pair)
		p.touched = append(p.touched, described.Path, described.Was)
		if len(described.Events) > 0 {
			p.Changes = append(p.Changes, RecordReview{described, c.seats(described, before, after)})
		}
	}
	slices.SortStableFunc(p.Changes, func(a, b RecordReview) int { return rank(a) - rank(b) })
	return p, nil
}

// rank puts the partner itself in front of its other records.
func rank(r RecordReview) int {
	if r.Kind == layout.PartnerKind {
		return 0
	}
	return 1
}

// partnerName returns the partner's name, if the pair is its record.
func partnerName(pair change.Pair) string {
	for _, item := range []*change.Item{pair.After, pair.Before} {
		if item != nil && item.Record != nil && item.Kind == layout.PartnerKind && strings.HasSuffix(item.Path, "/"+layout.PartnerFile) {
			if name := item.Record.Root.Field("name"); name != nil && name.IsScalar() {
				return name.Text
			}
		}
	}
	return ""
}

// grantsOf returns the grants in a folder on both sides.
func grantsOf(pairs []change.Pair) (before, after []grant.Grant) {
	collect := func(grants *[]grant.Grant, item *change.Item) {
		if item == nil || item.Record == nil || item.Kind != grant.Kind {
			return
		}
		if g, ok := grant.Read(item.Record.Root); ok {
			*grants = append(*grants, g)
		}
	}
	for _, pair := range pairs {
		collect(&before, pair.Before)
		collect(&after, pair.After)
	}
	return before, after
}

// seats counts the partner's seats on the day that matters for a grant: the one
// on which it is revoked, if it is now, or else the one on which it starts.
func (c *Change) seats(described ledger.RecordChange, before, after []grant.Grant) *Seats {
	if described.Kind != grant.Kind || described.Unknown {
		return nil
	}
	rec := described.After
	if rec == nil {
		rec = described.Before
	}
	if rec == nil {
		return nil
	}
	g, ok := grant.Read(rec.Root)
	if !ok {
		return nil
	}
	revoked := described.Before != nil && g.Revoked != "" && described.Before.Root.Field("revoked") == nil
	day := g.Starts
	if revoked {
		day = g.Revoked
	}
	seats := &Seats{Day: day, Before: grant.SeatsOn(before, day), After: grant.SeatsOn(after, day), Cap: c.Handbook.On(day).Whole("license", "seat_cap")}
	if known := described.Before != nil && described.After != nil; known && !revoked && seats.Before == seats.After {
		return nil // a new name, or another contact
	}
	return seats
}
