package page

import (
	"cmp"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// overviewSeats is how many partners with seats in use the overview lists.
const overviewSeats = 10

// An overviewBody is the alliances at a glance.
type overviewBody struct {
	Decisions     []decisionGroup
	MoreDecisions int
	Categories    []tally
	Types         []typeGroup
	Running       int
	Seats         int
	Ending        []ending
	Calendar      *calendar
	Top           []seatUser
	Users         int    // how many partners have seats in use
	SeatsChart    *chart // of all partners, small
	Budgets       []budget
	Latest        *site.Month
	Old           bool // whether there should be later ones
	Figures       []latestFigure
	Chart         *chart
}

// Quiet reports whether there is something of which there is nothing.
func (body overviewBody) Quiet() bool {
	return len(body.Decisions) == 0 || body.Calendar == nil || len(body.Top) == 0 || len(body.Budgets) == 0 || body.Latest == nil
}

// A seatUser is a partner and how many of its seats are in use.
type seatUser struct {
	Partner *site.Partner
	Seats   *gauge
}

// A latestFigure is a total of the last month, and what changed since the one
// before.
type latestFigure struct {
	Title, ID     string
	Value, Change *int64
	Since         string
}

func (pr *printer) overview() error {
	s := pr.site
	running := soonest(s.Licenses)
	body := overviewBody{
		Old: isOld(s), Categories: pr.categories(), Running: len(running), Seats: seatsOf(running),
		Ending: endings(running), Budgets: budgets(s.Campaigns), Figures: latestFigures(s.Months),
	}
	first, more := firstDecisions(s)
	body.Decisions, body.MoreDecisions = bySort(first), more
	body.Types, body.Calendar = pr.types(body.Categories), newCalendar(s)
	body.Top, body.Users = topSeats(s)
	body.SeatsChart = monthsOfSeats(seatsByMonth(s), "The page of the licences has the numbers.", smallWidth, smallHeight)
	if n := len(s.Months); n > 0 {
		body.Latest = s.Months[n-1]
		shown, _ := firstOf(newestFirst(s), monthList(s))
		installations := pr.topicOf(0, shown)
		body.Chart = installations.draw()
	}
	return pr.page(sheet{Page: "index.html", Template: "overview", Title: "Alliances at a glance", Section: "index.html", Body: body})
}

// topSeats returns the partners with the most seats in use, and how many have
// any.
func topSeats(s *site.Site) (top []seatUser, users int) {
	var using []*site.Partner
	for _, p := range s.Partners {
		if p.SeatsInUse > 0 {
			using = append(using, p)
		}
	}
	slices.SortStableFunc(using, func(x, y *site.Partner) int { return cmp.Compare(y.SeatsInUse, x.SeatsInUse) })
	for _, p := range using[:min(len(using), overviewSeats)] {
		top = append(top, seatUser{p, newGauge(p.SeatsInUse, s.SeatCap, using[0].SeatsInUse)})
	}
	return top, len(using)
}

// latestFigures returns the totals of the last month.
func latestFigures(months []*site.Month) []latestFigure {
	if len(months) == 0 {
		return nil
	}
	last := months[len(months)-1]
	var before *site.Month
	if len(months) > 1 {
		before = months[len(months)-2]
	}
	var all []latestFigure
	for _, t := range topicKinds {
		f := latestFigure{Title: t.title, ID: t.id, Value: valueOf(t.values(last), site.Total)}
		if before != nil {
			f.Since = before.Month
			if was := valueOf(t.values(before), site.Total); was != nil && f.Value != nil {
				change := *f.Value - *was
				f.Change = &change
			}
		}
		all = append(all, f)
	}
	return all
}
