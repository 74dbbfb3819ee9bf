package page

import (
	"html/template"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// seatsChart draws how many seats ran from day to day, in steps, against the
// cap, and where the day of the site is. The days are those of stairs.
func seatsChart(alt string, days, seats []float64, limit int, today string) template.HTML {
	c := newCanvas(chartWidth, seatsHeight, alt)
	highest := float64(max(limit, 1))
	for _, n := range seats {
		highest = max(highest, n)
	}
	day, known := dayNumber(today)
	known = known && days[0] <= day && day <= days[len(days)-1]
	f := c.frame(c.seatsLegend(limit > 0, known), int64(highest))
	f.first, f.last = days[0], days[len(days)-1]
	c.scale(f, dayMarks(f))
	if limit > 0 {
		cap := float64(limit)
		c.line(limitLine, f.at(f.first, cap), f.at(f.last, cap))
	}
	if known {
		c.line(todayLine, f.at(day, 0), f.at(day, f.highest))
	}
	points := make([]point, len(days))
	for i := range days {
		points[i] = f.at(days[i], seats[i])
	}
	c.line(ofSeries(plotLine, 0), points...)
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
