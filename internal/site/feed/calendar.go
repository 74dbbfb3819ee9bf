package feed

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/calendar"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

const calendarName = "calendar.ics"

// Calendar returns what a calendar program subscribes to: the ends of licences, on
// the first day on which each no longer runs, and the days of campaigns. A week
// before a licence ends there is an alarm.
func Calendar(s *site.Site) ([]site.File, error) {
	stamp, err := time.Parse(time.DateOnly, s.AsOf)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = calendar.Write(&out, "Alliances", stamp, entriesOf(s))
	return []site.File{{Name: calendarName, Data: out.Bytes()}}, err
}

// entriesOf returns what a calendar shows.
func entriesOf(s *site.Site) []calendar.Entry {
	var all []calendar.Entry
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
			e.Alarm = true
			all = append(all, e)
		}
	}
	for _, c := range s.Campaigns {
		if e, ok := entryOf(&c.Exhibit, fmt.Sprintf("Campaign of %s: %s", c.Partner.Name, c.Topic), c.StartsOn, c.EndsOn); ok {
			all = append(all, e)
		}
	}
	return all
}

// entryOf returns the event of a record, if it has a first day. One whose last day
// is missing or before the first has that alone.
func entryOf(r *site.Exhibit, title, from, to string) (e calendar.Entry, ok bool) {
	first, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return e, false
	}
	last, err := time.Parse(time.DateOnly, to)
	if err != nil || last.Before(first) {
		last = first
	}
	return calendar.Entry{Path: r.Path, Title: strings.TrimSpace(title), Text: r.Summary, First: first, Last: last}, true
}
