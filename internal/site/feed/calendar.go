package feed

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"gitlab.com/gitlab-com/alliances/internal/site"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

const calendarName = "calendar.ics"

// Calendar returns what a calendar program subscribes to (RFC 5545): the ends of
// licences, on the first day on which each no longer runs, and the days of
// campaigns. What an event is known by follows from the record's path, so that
// one whose days change moves.
func Calendar(s *site.Site) ([]site.File, error) {
	stamp, err := time.Parse(time.DateOnly, s.AsOf)
	if err != nil {
		return nil, err
	}
	calendar := ics.NewCalendarFor("Alliances")
	calendar.SetProductId("-//alliances.example//Alliances as code//EN")
	calendar.SetCalscale("GREGORIAN")
	calendar.SetMethod(ics.MethodPublish)
	calendar.SetXWRCalName("Alliances")
	calendar.SetRefreshInterval("P1D")
	calendar.SetXPublishedTTL("P1D")
	for _, entry := range entriesOf(s) {
		calendar.AddVEvent(entry.event(stamp))
	}
	var b strings.Builder
	err = calendar.SerializeTo(&b, ics.WithNewLine("\r\n"))
	return []site.File{{Name: calendarName, Data: []byte(b.String())}}, err
}

// An entry is an event of some days.
type entry struct {
	uid, title, text string
	first, last      time.Time
}

// entriesOf returns what a calendar shows, by day.
func entriesOf(s *site.Site) []entry {
	var all []entry
	for _, l := range s.Licenses {
		title := fmt.Sprintf("Licence of %s ends", l.Partner.Name)
		switch l.Seats {
		case 0: // none that can be counted
		case 1:
			title += ": 1 seat"
		default:
			title += fmt.Sprintf(": %d seats", l.Seats)
		}
		all = appendEntry(all, &l.Exhibit, title, l.End, l.End)
	}
	for _, c := range s.Campaigns {
		all = appendEntry(all, &c.Exhibit, fmt.Sprintf("Campaign of %s: %s", c.Partner.Name, c.Topic), c.StartsOn, c.EndsOn)
	}
	slices.SortStableFunc(all, func(a, b entry) int { return a.first.Compare(b.first) })
	return all
}

// appendEntry adds an event, if it has a first day. One whose last day is missing
// or before the first has that alone.
func appendEntry(all []entry, r *site.Exhibit, title, from, to string) []entry {
	first, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return all
	}
	last, err := time.Parse(time.DateOnly, to)
	if err != nil || last.Before(first) {
		last = first
	}
	return append(all, entry{uidOf(r.Path), source.Readable(strings.TrimSpace(title)), r.Summary, first, last})
}

// uidOf returns what the event of a record is known by, all over the world and
// for good. The domain is one that nobody has (RFC 2606).
func uidOf(path string) string { return url.PathEscape(path) + "@alliances.example" }

// event returns the event for a calendar. It ends on the day after the last one.
func (e entry) event(stamp time.Time) *ics.VEvent {
	event := ics.NewEvent(e.uid)
	event.SetDtStampTime(stamp)
	event.SetAllDayStartAt(e.first)
	if end := e.last.AddDate(0, 0, 1); end.Year() < 10000 { // which is as far as the format goes
		event.SetAllDayEndAt(end)
	}
	event.SetSummary(e.title)
	if e.text != "" {
		event.SetDescription(e.text)
	}
	event.SetTimeTransparency(ics.TransparencyTransparent) // nobody is busy
	return event
}
