package page

import (
	"cmp"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// calendarList is how many licences and how many campaigns the calendar lists.
const calendarList = 10

// declined is the stage of a campaign that does not take place.
const declined = "declined"

// A calendar is what starts and what ends within a year from the day of the site
// on, month by month.
type calendar struct {
	Year   *calendarYear
	Groups []calendarGroup
}

// A calendarGroup is the licences, or the campaigns, that start or end: the first
// ones, and how many more there are.
type calendarGroup struct {
	Title, Page  string
	Starts, Ends monthCounts
	Entries      []calendarEntry
	More         int
}

// What returns what the group is called within a sentence.
func (g calendarGroup) What() string { return strings.ToLower(g.Title) }

// monthCounts is how many things happen in each month of a calendar.
type monthCounts [calendarMonths]int

// Sum returns how many there are in all months.
func (counts monthCounts) Sum() (sum int) {
	for _, n := range counts {
		sum += n
	}
	return sum
}

// A calendarEntry is a record that starts or ends.
type calendarEntry struct {
	Record      *site.Exhibit
	Partner     *site.Partner
	What        string
	From, Until calendarDay
	Bar         *bar
}

// A calendarDay is a day of an entry, and whether it is still to come in the year
// of the calendar.
type calendarDay struct {
	Day   string
	Ahead bool
}

// next returns the day on which something happens next.
func (e *calendarEntry) next() string {
	if e.From.Ahead {
		return e.From.Day
	}
	return e.Until.Day
}

// newCalendar returns the calendar of a site, or nil where nothing starts or ends.
func newCalendar(s *site.Site) *calendar {
	year := newCalendarYear(s.AsOf)
	if year == nil {
		return nil
	}
	c := &calendar{Year: year}
	c.add("Licences", licensesPage, c.licenses(s.Licenses))
	c.add("Campaigns", campaignsPage, c.campaigns(s.Campaigns))
	if len(c.Groups) == 0 {
		return nil
	}
	return c
}

func (c *calendar) licenses(licenses []*site.License) (all []calendarEntry) {
	for _, l := range licenses {
		e := calendarEntry{Record: &l.Exhibit, Partner: l.Partner}
		if l.Seats > 0 {
			e.What = some(l.Seats, "seat", "seats")
		}
		if c.place(&e, l.StartsAt, l.End, l.End) {
			all = append(all, e)
		}
	}
	return all
}

func (c *calendar) campaigns(campaigns []*site.Campaign) (all []calendarEntry) {
	for _, m := range campaigns {
		e := calendarEntry{Record: &m.Exhibit, Partner: m.Partner, What: oneLine(m.Topic)}
		if m.Stage != declined && c.place(&e, m.StartsOn, m.EndsOn, dayAfter(m.EndsOn)) {
			all = append(all, e)
		}
	}
	return all
}

// place says from when until when an entry runs, and draws it up to the day over,
// on which it no longer does. It reports whether it starts or ends in the year.
func (c *calendar) place(e *calendarEntry, from, until, over string) bool {
	e.From, e.Until = calendarDay{from, c.Year.isAhead(from)}, calendarDay{until, c.Year.isAhead(until)}
	e.Bar = c.Year.bar(from, over)
	return e.Bar != nil && (e.From.Ahead || e.Until.Ahead)
}

// add adds a group of entries, unless there are none, in the order in which
// something happens.
func (c *calendar) add(title, page string, entries []calendarEntry) {
	if len(entries) == 0 {
		return
	}
	slices.SortStableFunc(entries, func(x, y calendarEntry) int {
		return cmp.Or(cmp.Compare(x.next(), y.next()), cmp.Compare(x.Record.Path, y.Record.Path))
	})
	g := calendarGroup{Title: title, Page: page}
	for _, e := range entries {
		c.count(&g.Starts, e.From)
		c.count(&g.Ends, e.Until)
	}
	g.Entries, g.More = firstOf(entries, calendarList)
	c.Groups = append(c.Groups, g)
}

func (c *calendar) count(counts *monthCounts, day calendarDay) {
	if day.Ahead {
		counts[c.Year.column(day.Day)]++
	}
}
