package page

import "gitlab.com/gitlab-com/alliances/internal/site"

// seatsChart draws how many seats ran from day to day, in steps, against the
// cap, and where the day of the site is. The days are those of stairs.
func seatsChart(days, seats []float64, limit int, today string, p palette) []byte {
	c := newCanvas(chartWidth, seatsHeight, p)
	highest := float64(max(limit, 1))
	for _, n := range seats {
		highest = max(highest, n)
	}
	f := c.frame(2*gap, int64(highest))
	f.first, f.last = days[0], days[len(days)-1]
	c.scale(f, dayMarks(f))
	if limit > 0 {
		cap := float64(limit)
		c.line(stroke{c.limit, 1.5, "6 4"}, f.at(f.first, cap), f.at(f.last, cap))
	}
	if day, ok := dayNumber(today); ok && f.first <= day && day <= f.last {
		c.line(stroke{c.palette.text, 1, "2 3"}, f.at(day, 0), f.at(day, f.highest))
	}
	points := make([]point, len(days))
	for i := range days {
		points[i] = f.at(days[i], seats[i])
	}
	c.line(stroke{color: c.series[0], width: 2.5}, points...)
	return c.bytes()
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
