package page

import (
	"cmp"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

const (
	decisionsPage = "decisions.html"

	// decisionList is how many decisions a page lists.
	decisionList = 150

	// overviewDecisions is how many of each sort the overview lists.
	overviewDecisions = 5

	// endsSoon is how many days before its end a licence or a waiver waits for a
	// decision.
	endsSoon = 30
)

// A decision is something that waits for somebody to decide.
type decision struct {
	Sort    string // Campaign, Licence, Waiver, Request or Figures
	Record  *site.Exhibit
	Title   string
	Partner *site.Partner // nil where it is nobody's
	Why     string
	Day     string // since when, or until when
}

// decisionsOf returns what waits on the day of the site, by sort, the longest
// first.
func decisionsOf(s *site.Site) [][]decision {
	return [][]decision{lateCampaigns(s), endingLicenses(s), endingWaivers(s), leaderless(s), oldFigures(s)}
}

// lateCampaigns returns the campaigns that have begun without an approval.
func lateCampaigns(s *site.Site) (all []decision) {
	for _, c := range s.Campaigns {
		if c.Stage == stageOrder[0] && c.StartsOn != "" && c.StartsOn <= s.AsOf {
			why := "has begun without an approval of the spend"
			if c.EndsOn != "" && c.EndsOn < s.AsOf {
				why = "has ended without an approval of the spend"
			}
			all = append(all, decision{"Campaign", &c.Exhibit, cmp.Or(c.Topic, c.ID), c.Partner, why, c.StartsOn})
		}
	}
	return byDay(all)
}

// endingLicenses returns the licences that end soon.
func endingLicenses(s *site.Site) (all []decision) {
	for _, l := range soonest(s.Licenses) {
		if l.DaysLeft <= endsSoon {
			why := "ends in " + some(l.DaysLeft, "day", "days")
			if l.Seats > 0 {
				why += ", with " + some(l.Seats, "seat", "seats")
			}
			all = append(all, decision{"Licence", &l.Exhibit, cmp.Or(l.Purpose, l.ID), l.Partner, why, l.End})
		}
	}
	return all
}

// endingWaivers returns the waivers of something that have ended, or end soon.
func endingWaivers(s *site.Site) (all []decision) {
	for _, p := range s.Partners {
		told := map[*site.Exhibit]bool{}
		for _, w := range p.Waived {
			soon := w.DaysLeft != nil && *w.DaysLeft <= endsSoon
			if !soon && !w.HasEnded || told[w.Waiver] {
				continue
			}
			told[w.Waiver] = true
			why := "has ended, and what it allowed counts again"
			if soon {
				why = "ends in " + some(*w.DaysLeft, "day", "days") + ", and what it allows counts again then"
			}
			all = append(all, decision{"Waiver", w.Waiver, cmp.Or(w.Reason, w.Finding.Rule), p, why, w.Until})
		}
	}
	return byDay(all)
}

// leaderless returns the requests that nobody has taken the lead of.
func leaderless(s *site.Site) (all []decision) {
	for _, p := range s.Partners {
		for _, r := range p.Requests {
			if r.Lead == "" && slices.Contains([]string{"new", "in_progress"}, r.Status) {
				all = append(all, decision{"Request", &r.Exhibit, cmp.Or(r.Description, r.ID), p, "has no lead", r.ReceivedOn})
			}
		}
	}
	return byDay(all)
}

// oldFigures returns the latest figures, if there should be later ones.
func oldFigures(s *site.Site) []decision {
	if !isOld(s) {
		return nil
	}
	last := s.Months[len(s.Months)-1]
	missing := []string{monthName(monthNumber(last.Month) + 1)}
	if until := monthName(monthNumber(s.AsOf) - 1); until != missing[0] {
		missing = append(missing, until)
	}
	why := "are the latest: those of " + strings.Join(missing, " to ") + " are missing"
	return []decision{{"Figures", &last.Exhibit, "Figures of " + last.Month, nil, why, ""}}
}

// isOld reports whether the month of the latest figures ended more than a month
// ago.
func isOld(s *site.Site) bool {
	n := len(s.Months)
	return n > 0 && monthNumber(s.AsOf)-monthNumber(s.Months[n-1].Month) > 1
}

func byDay(all []decision) []decision {
	slices.SortStableFunc(all, func(x, y decision) int { return cmp.Compare(x.Day, y.Day) })
	return all
}

// firstDecisions returns what the overview lists, and how many more there are.
func firstDecisions(s *site.Site) (shown []decision, more int) {
	for _, sort := range decisionsOf(s) {
		first, rest := firstOf(sort, overviewDecisions)
		shown = append(shown, first...)
		more += rest
	}
	return shown, more
}

// decisions returns the tasks that make the list of all decisions, where the
// overview has not room for them.
func (pr *printer) decisions() []task {
	if _, more := firstDecisions(pr.site); more == 0 {
		return nil
	}
	var tasks []task
	for _, p := range split(slices.Concat(decisionsOf(pr.site)...), decisionList, decisionsPage, "decisions", "decisions") {
		s := sheet{Template: "decisions", Title: "What needs a decision", Section: "index.html", Body: &p}
		tasks = append(tasks, func() error { return pr.page(s.numbered(p.Pager)) })
	}
	return tasks
}
