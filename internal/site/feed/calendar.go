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
// one whose days change moves. A week before a licence ends there is an alarm.
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
	alarm            bool // whether to tell of it a week before
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
		if e, ok := entryOf(&l.Exhibit, title, l.End, l.End); ok {
			e.alarm = true
			all = append(all, e)
		}
	}
	for _, c := range s.Campaigns {
		if e, ok := entryOf(&c.Exhibit, fmt.Sprintf("Campaign of %s: %s", c.Partner.Name, c.Topic), c.StartsOn, c.EndsOn); ok {
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b entry) int { return a.first.Compare(b.first) })
	return all
}

// entryOf returns the event of a record, if it has a first day. One whose last day
// is missing or before the first has that alone.
func entryOf(r *site.Exhibit, title, from, to string) (e entry, ok bool) {
	first, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return entry{}, false
	}
	last, err := time.Parse(time.DateOnly, to)
	if err != nil || last.Before(first) {
		last = first
	}
	return entry{uid: uidOf(r.Path), title: source.Readable(strings.TrimSpace(title)), text: r.Summary, first: first, last: last}, true
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
	if e.alarm {
		alarm := event.AddAlarm()
		alarm.SetAction(ics.ActionDisplay)
		alarm.SetTrigger("-P1W")
		alarm.SetDescription(e.title)
	}
	return event
}
