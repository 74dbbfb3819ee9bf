package page

import (
	"fmt"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// A timeline is the scale on which licences are drawn as bars, each in a row of
// a table that also has its days in words.
type timeline struct {
	first, last float64 // days
	Ticks       []tick
	Today       string // where the day of the site is, in percent; "" where it is not on the scale
}

// A tick is a month on the scale.
type tick struct{ X, Label string }

// A bar is where on its scale something is drawn, in percent.
type bar struct{ X, Width, Class, Today string }

// horizon is how far from the day of the site licences are drawn: one wrong
// year would make all others too short to see.
const horizon = 5 * 366

// inPercent returns a share, such as 0.5, as percent in SVG.
func inPercent(share float64) string { return fmt.Sprintf("%.1f", 100*share) }

// newTimeline returns the scale on which all of some licences fit.
func newTimeline(licenses []*site.License, today string) *timeline {
	t := &timeline{}
	now, known := dayNumber(today)
	for _, l := range licenses {
		start, ok1 := dayNumber(l.StartsAt)
		end, ok2 := dayNumber(l.End)
		if !ok1 || !ok2 || start >= end || known && (end < now-horizon || start > now+horizon) {
			continue
		}
		if known {
			start, end = max(start, now-horizon), min(end, now+horizon)
		}
		if t.last == 0 {
			t.first, t.last = start, end
		}
		t.first, t.last = min(t.first, start), max(t.last, end)
	}
	t.mark(now, known)
	return t
}

// newYearTimeline returns the scale for licences that start in a year: most of
// them end in it or in the next one.
func newYearTimeline(year, today string) *timeline {
	t := &timeline{}
	first, ok := dayNumber(year + "-01-01")
	if !ok {
		return t
	}
	t.first, t.last = first, first+2*365
	now, known := dayNumber(today)
	t.mark(now, known)
	return t
}

func (t *timeline) mark(now float64, known bool) {
	if t.last <= t.first {
		return
	}
	if known && t.first <= now && now <= t.last {
		t.Today = t.percent(now)
	}
	const most = 4
	months := monthsFrom(t.first, t.last)
	step := (len(months) + most - 1) / most
	for i := 0; i < len(months); i += max(step, 1) {
		day := dayOf(months[i])
		if t.share(day) <= 0.79 { // further right, its name would be cut
			t.Ticks = append(t.Ticks, tick{t.percent(day), months[i].Format("2006-01")})
		}
	}
}

func (t *timeline) share(day float64) float64 {
	return min(max((day-t.first)/(t.last-t.first), 0), 1)
}

func (t *timeline) percent(day float64) string { return inPercent(t.share(day)) }

// Bar returns where a licence is drawn, and whether it is on the scale at all.
func (t *timeline) Bar(l *site.License) *bar {
	start, ok1 := dayNumber(l.StartsAt)
	end, ok2 := dayNumber(l.End)
	if !ok1 || !ok2 || start >= end || t.last <= t.first || end < t.first || start > t.last {
		return nil
	}
	const shortest = 0.02 // of the scale, so that a day is seen, even where the line of today crosses it
	from := t.share(start)
	width := max(t.share(end)-from, shortest)
	return &bar{inPercent(min(from, 1-width)), inPercent(width), "bar-" + slug(l.State), t.Today}
}
