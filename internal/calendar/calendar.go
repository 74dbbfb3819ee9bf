// Package calendar writes what a calendar program subscribes to (RFC 5545).
package calendar

import (
	"io"
	"net/url"
	"slices"
	"time"

	ics "github.com/arran4/golang-ical"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// An Entry is an event of some days. What it is known by follows from a record's
// path, so that one whose days change moves.
type Entry struct {
	Path        string // of the record that it is about
	Title, Text string // Text may be empty
	First, Last time.Time
	Alarm       bool // whether to tell of it a week before
}

// Write writes a calendar of these entries, by day, as it is on the day of stamp.
func Write(w io.Writer, name string, stamp time.Time, entries []Entry) error {
	calendar := ics.NewCalendarFor("Alliances")
	calendar.SetProductId("-//alliances.example//Alliances as code//EN")
	calendar.SetCalscale("GREGORIAN")
	calendar.SetMethod(ics.MethodPublish)
	calendar.SetXWRCalName(name)
	calendar.SetRefreshInterval("P1D")
	calendar.SetXPublishedTTL("P1D")
	for _, entry := range slices.SortedStableFunc(slices.Values(entries), byDay) {
		calendar.AddVEvent(entry.event(stamp))
	}
	return calendar.SerializeTo(w, ics.WithNewLine("\r\n"))
}

func byDay(a, b Entry) int { return a.First.Compare(b.First) }

// uid returns what the event of a record is known by, all over the world and for
// good. The domain is one that nobody has (RFC 2606).
func (e Entry) uid() string { return url.PathEscape(e.Path) + "@alliances.example" }

// event returns the event for a calendar. It ends on the day after the last one.
func (e Entry) event(stamp time.Time) *ics.VEvent {
	title := source.Readable(e.Title)
	event := ics.NewEvent(e.uid())
	event.SetDtStampTime(stamp)
	event.SetAllDayStartAt(e.First)
	if end := e.Last.AddDate(0, 0, 1); end.Year() < 10000 { // which is as far as the format goes
		event.SetAllDayEndAt(end)
	}
	event.SetSummary(title)
	if e.Text != "" {
		event.SetDescription(e.Text)
	}
	event.SetTimeTransparency(ics.TransparencyTransparent) // nobody is busy
	if e.Alarm {
		alarm := event.AddAlarm()
		alarm.SetAction(ics.ActionDisplay)
		alarm.SetTrigger("-P1W")
		alarm.SetDescription(title)
	}
	return event
}
