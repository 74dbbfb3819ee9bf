package page

import (
	"cmp"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// How much of each list the overview shows.
const (
	overviewEnding = 12
	overviewSeats  = 10
	overviewWaits  = 10
)

// An overviewBody is the alliances at a glance.
type overviewBody struct {
	Decisions     []decision
	MoreDecisions int
	Categories    []category
	Running       int
	Seats         int
	Ending        []ending
	Soon          []*site.License // that end first
	MoreSoon      int
	Top           []seatUser
	Users         int // how many partners have seats in use
	Sums          []campaignSum
	Waiting       []*site.Campaign // that wait, the first to begin first
	MoreWait      int
	Latest        *site.Month
	Old           bool // whether there should be later ones
	Figures       []latestFigure
	Chart         *chart
}

// Quiet reports whether there is something of which there is nothing.
func (body overviewBody) Quiet() bool {
	return len(body.Decisions) == 0 || len(body.Soon) == 0 || len(body.Top) == 0 || len(body.Sums) == 0 || body.Latest == nil
}

// A category is how many partners are of it, and in which status.
type category struct {
	Name, Title string
	Partners    int
	Statuses    []statusCount
}

type statusCount struct {
	Status   string
	Partners int
}

// inWords returns how many partners there are in each status, such as "2 active,
// 3 former".
func (pr *printer) inWords(c category) string {
	var all []string
	for _, s := range c.Statuses {
		if s.Partners > 0 {
			all = append(all, thousands(s.Partners)+" "+strings.ToLower(pr.title("partner", "status", s.Status)))
		}
	}
	return strings.Join(all, ", ")
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
		Ending: endings(running), Sums: sums(s.Campaigns), Figures: latestFigures(s.Months),
	}
	body.Decisions, body.MoreDecisions = firstDecisions(s)
	soon := slices.DeleteFunc(running, func(l *site.License) bool { return l.DaysLeft > 90 })
	body.Soon, body.MoreSoon = firstOf(soon, overviewEnding)
	body.Waiting, body.MoreWait = firstOf(waiting(s.Campaigns), overviewWaits)
	body.Top, body.Users = topSeats(s)
	if n := len(s.Months); n > 0 {
		body.Latest = s.Months[n-1]
		shown, _ := firstOf(newestFirst(s), monthList(s))
		installations := pr.topicOf(0, shown)
		body.Chart = installations.draw()
	}
	return pr.page(sheet{Page: "index.html", Template: "overview", Title: "Alliances at a glance", Section: "index.html", Body: body})
}

const noCategory = "Of no known category"

// categories counts the partners of each category that the handbook has, and
// those that are of none.
func (pr *printer) categories() []category {
	var all []category
	at := map[string]int{}
	if table := pr.site.Handbook.Root.Field("partner_categories"); table != nil {
		for i := range table.Fields {
			name := table.Fields[i].Key
			at[name] = len(all)
			all = append(all, category{Name: name, Title: cmp.Or(pr.site.Handbook.Text("partner_categories", name, "title"), words(name))})
		}
	}
	for _, partner := range pr.site.Partners {
		name := partner.Category
		if _, known := at[name]; !known {
			at[name] = len(all)
			all = append(all, category{Name: name, Title: cmp.Or(partner.CategoryTitle, noCategory)})
		}
		c := &all[at[name]]
		c.Partners++
		c.add(partner.Status)
	}
	return all
}

// statusOrder is the order in which partners come to their statuses.
var statusOrder = []string{"active", "prospective", "former"}

func (c *category) add(status string) {
	if len(c.Statuses) == 0 {
		for _, s := range statusOrder {
			c.Statuses = append(c.Statuses, statusCount{Status: s})
		}
	}
	for i := range c.Statuses {
		if c.Statuses[i].Status == status {
			c.Statuses[i].Partners++
		}
	}
}

// waiting returns the campaigns that wait for somebody, the first to begin
// first.
func waiting(campaigns []*site.Campaign) []*site.Campaign {
	var all []*site.Campaign
	for _, c := range campaigns {
		if c.WaitsFor != "" {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(x, y *site.Campaign) int { return cmp.Compare(x.StartsOn, y.StartsOn) })
	return all
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
		top = append(top, seatUser{p, newGauge(p.SeatsInUse, s.SeatCap)})
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
