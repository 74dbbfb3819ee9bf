package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// partnerFor returns a partner that records can be of.
func partnerFor(name string) *site.Partner { return &site.Partner{Name: name} }

// told returns the entries of a group in words, with where each is drawn.
func told(g calendarGroup) (all []string) {
	for _, e := range g.Entries {
		mark := func(d calendarDay) string {
			if d.Ahead {
				return "*" + d.Day
			}
			return d.Day
		}
		all = append(all, fmt.Sprintf("%s: %s to %s, %s from %s for %s", e.Partner.Name, mark(e.From), mark(e.Until), e.Bar.Class, e.Bar.X, e.Bar.Width))
	}
	return all
}

func TestCalendar(t *testing.T) {
	license := func(name, from, until string) *site.License {
		return &site.License{Exhibit: site.Exhibit{Path: name}, Partner: partnerFor(name), StartsAt: from, End: until}
	}
	campaign := func(name, stage, from, until string) *site.Campaign {
		return &site.Campaign{Exhibit: site.Exhibit{Path: name}, Partner: partnerFor(name), Stage: stage, StartsOn: from, EndsOn: until}
	}
	c := newCalendar(&site.Site{
		AsOf: "2026-06-16",
		Licenses: []*site.License{
			license("ended", "2026-01-01", "2026-06-15"), license("ends today", "2026-01-01", "2026-06-16"),
			license("starts today", "2026-06-16", "2026-12-16"), license("last day", "2027-05-31", "2027-11-30"),
			license("later", "2027-06-01", "2027-12-01"), license("through", "2020-01-01", "2030-01-01"),
			license("never", "2026-07-01", "2026-07-01"), license("no day", "", ""), license("early", "2026-02-01", "2026-07-01"),
		},
		Campaigns: []*site.Campaign{
			campaign("a day", "proposed", "2027-01-01", "2027-01-01"), campaign("declined", "declined", "2027-01-01", "2027-01-31"),
			campaign("a month", "approved", "2026-06-01", "2026-06-30"), campaign("open", "approved", "2026-08-01", ""),
		},
	})
	var months []string
	for _, m := range c.Year.Months {
		month := m.Name
		if m.New {
			month += " " + m.Year
		}
		months = append(months, month)
	}
	if got, want := strings.Join(months, ", "), "Jun 2026, Jul, Aug, Sep, Oct, Nov, Dec, Jan 2027, Feb, Mar, Apr, May"; got != want {
		t.Errorf("months %s, want %s", got, want)
	}
	want := [][]string{{
		"ends today: 2026-01-01 to *2026-06-16, bar-running from 0.0 for 4.2",
		"starts today: *2026-06-16 to *2026-12-16, bar-running from 4.2 for 49.9",
		"early: 2026-02-01 to *2026-07-01, bar-running from 0.0 for 8.3",
		"last day: *2027-05-31 to 2027-11-30, bar-planned from 98.8 for 1.2",
	}, {
		"a month: 2026-06-01 to *2026-06-30, bar-running from 0.0 for 8.3",
		"a day: *2027-01-01 to *2027-01-01, bar-planned from 58.3 for 1.2",
	}}
	for i, g := range c.Groups {
		if diff := cmp.Diff(want[i], told(g)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", g.Title, diff)
		}
	}
	if diff := cmp.Diff([]monthCounts{{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, {1, 1, 0, 0, 0, 0, 1}}, []monthCounts{c.Groups[0].Starts, c.Groups[0].Ends}); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}

// TestCalendarOfMany makes sure that the calendar lists what comes first, counts
// all, and leads to the rest.
func TestCalendarOfMany(t *testing.T) {
	s := &site.Site{AsOf: "2026-06-30"}
	for i := range 300 {
		s.Licenses = append(s.Licenses, &site.License{Exhibit: site.Exhibit{Path: fmt.Sprint(i)}, Partner: partnerFor("Acme"), StartsAt: "2026-02-01", End: fmt.Sprintf("2026-%02d-01", 7+i%6)})
	}
	g := newCalendar(s).Groups[0]
	if len(g.Entries) != calendarList || g.More != 300-calendarList || g.Ends.Sum() != 300 || g.Ends[1] != 50 || g.Starts.Sum() != 0 {
		t.Errorf("%d entries, %d more, %v", len(g.Entries), g.More, g.Ends)
	}
	if slices.ContainsFunc(g.Entries, func(e calendarEntry) bool { return e.Until.Day != "2026-07-01" }) {
		t.Errorf("not what ends first: %v", told(g))
	}
	for _, day := range []string{"2028-01-01", "no day"} {
		if s.AsOf = day; newCalendar(s) != nil {
			t.Errorf("there is a calendar of %s", day)
		}
	}
}
