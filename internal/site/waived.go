package site

import (
	"cmp"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/profile"
)

// A Waived is something in which a record need not follow a rule.
type Waived struct {
	Finding  finding.Finding
	Partner  *Partner
	Waiver   *Exhibit // the record that says so
	Reason   string
	By, On   string
	Until    string // the first day on which it no longer holds; "" where it holds for good
	HasEnded bool   // on the day of the site
	DaysLeft *int   // nil where it has ended, or holds for good
}

// addWaived adds what is waived of the partner's records, as far as it may be
// published.
func (b *builder) addWaived(all []finding.Waived) {
	waivers := make(map[string]*Exhibit, len(b.shelf.others))
	for _, r := range b.shelf.others {
		waivers[r.Path] = r
	}
	p := b.shelf.partner
	for i := range all {
		shown, ok := b.redacted.Finding(all[i].Finding)
		waiver := waivers[all[i].Waiver.File]
		if !ok || waiver == nil || p == nil {
			continue
		}
		state := profile.WaiverState(waiver.Root, b.options.AsOf)
		p.Waived = append(p.Waived, &Waived{
			Finding: shown, Partner: p, Waiver: waiver, Reason: text(waiver.Root, "reason"),
			By: text(waiver.Root, "approved_by"), On: day(waiver.Root, "approved_on"),
			Until: day(waiver.Root, "expires_at"), HasEnded: state.Stage == profile.Ended, DaysLeft: state.DaysLeft,
		})
	}
}

// sortWaived puts first what was allowed last.
func sortWaived(all []*Waived) {
	slices.SortStableFunc(all, func(a, b *Waived) int {
		return cmp.Or(strings.Compare(b.On, a.On), finding.Compare(a.Finding, b.Finding))
	})
}
