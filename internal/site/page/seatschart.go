package page

import (
	"html/template"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// seatsChart draws how many seats ran from day to day, in steps, against the
// cap, and where the day of the site is. The days are those of stairs.
func seatsChart(alt string, days, seats []float64, caps []site.Step, today string) template.HTML {
	c := newCanvas(chartWidth, seatsHeight, alt)
	limitDays, limits := capStairs(caps, days[0], days[len(days)-1])
	highest := 1.0
	for _, n := range slices.Concat(seats, limits) {
		highest = max(highest, n)
	}
	day, known := dayNumber(today)
	known = known && days[0] <= day && day <= days[len(days)-1]
	f := c.frame(c.seatsLegend(len(limits) > 0, known), int64(highest))
	f.first, f.last = days[0], days[len(days)-1]
	c.scale(f, dayMarks(f))
	if len(limits) > 0 {
		c.line(limitLine, f.points(limitDays, limits)...)
	}
	if known {
		c.line(todayLine, f.at(day, 0), f.at(day, f.highest))
	}
	c.line(ofSeries(plotLine, 0), f.points(days, seats)...)
	return c.picture()
}

// seatsLegend names the lines that are drawn, and returns where it ends.
func (c *canvas) seatsLegend(limit, today bool) float64 {
	none := func(point) {}
	at := c.legendEntry(legendStart, ofSeries(plotLine, 0), "Seats that run", none)
	if limit {
		at = c.legendEntry(at, limitLine, "The cap", none)
	}
	if today {
		at = c.legendEntry(at, todayLine, "The day of this site", none)
	}
	return at.y + 2*gap
}

// dayMarks returns the first days of months to label or, where there are not two
// of them, the first and the last day.
func dayMarks(f *frame) (marks []scaleMark) {
	months := monthsFrom(f.first, f.last)
	step := monthStep(len(months), f.right-f.left)
	for _, month := range months {
		if monthNumber(month.Format("2006-01"))%step == 0 {
			marks = append(marks, scaleMark{dayOf(month), month.Format("2006-01")})
		}
	}
	if len(marks) > 1 {
		return marks
	}
	return []scaleMark{{f.first, dayName(f.first)}, {f.last, dayName(f.last)}}
}

// points returns where the numbers of days are.
func (f *frame) points(days, numbers []float64) []point {
	points := make([]point, len(days))
	for i := range days {
		points[i] = f.at(days[i], numbers[i])
	}
	return points
}

// capStairs returns the corners of the line of the cap from one day to another.
func capStairs(caps []site.Step, first, last float64) (days, seats []float64) {
	for _, c := range caps {
		day, ok := dayNumber(c.Day)
		limit := float64(c.Seats)
		switch {
		case !ok || day <= first:
			days, seats = []float64{first}, []float64{limit}
		case day <= last && len(seats) > 0:
			days, seats = append(days, day, day), append(seats, seats[len(seats)-1], limit)
		}
	}
	if len(seats) > 0 {
		days, seats = append(days, last), append(seats, seats[len(seats)-1])
	}
	return days, seats
}

// stairs returns the points of a line that goes along and up or down, never
// aslant, and that reaches today at least.
func stairs(steps []site.Step, today string) (days, seats []float64) {
	add := func(day, n float64) { days, seats = append(days, day), append(seats, n) }
	for _, s := range steps {
		day, ok := dayNumber(s.Day)
		if !ok {
			continue
		}
		if n := len(seats); n > 0 {
			add(day, seats[n-1])
		}
		add(day, float64(s.Seats))
	}
	if day, ok := dayNumber(today); ok && len(days) > 0 && days[len(days)-1] < day {
		add(day, seats[len(seats)-1])
	}
	return days, seats
}
