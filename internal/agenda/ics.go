package agenda

import (
	"io"
	"strings"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/calendar"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// writeCalendar writes an agenda that a calendar can subscribe to: what comes on
// its day, with an alarm a week before, and what is overdue or waits on the day of
// the agenda, where it is seen.
func writeCalendar(w io.Writer, a *Agenda, _ Options) error {
	today, err := time.Parse(time.DateOnly, a.AsOf)
	if err != nil {
		return err
	}
	var entries []calendar.Entry
	for _, item := range a.Items {
		entry := calendar.Entry{Path: item.Path, Title: item.matter(), Text: strings.TrimSpace(item.Summary + "\n" + source.Readable(item.Path)), First: today, Last: today}
		if item.Time == Coming {
			entry.First = today.AddDate(0, 0, item.Days)
			entry.Last, entry.Alarm = entry.First, true
		}
		for _, step := range item.Steps {
			entry.Text += "\n" + source.Readable(strings.TrimSpace(step.Text+" "+step.Link))
		}
		entries = append(entries, entry)
	}
	return calendar.Write(w, "Alliances: what is due", today, entries)
}
