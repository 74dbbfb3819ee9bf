package page

import "time"

// calendarMonths is how many months a calendar has.
const calendarMonths = 12

// A calendarYear is the scale of a calendar: the month of the day of the site and
// those that follow, each a column of the same width.
type calendarYear struct {
	Today  string // the day of the site
	Months []calendarMonth
	today  time.Time
	end    string // the first day that is no longer in it
}

// A calendarMonth is the heading of a column.
type calendarMonth struct {
	Name, Year string
	New        bool // whether none of its year is before it
}

// newCalendarYear returns the year that begins with the month of a day, or nil
// where that is none.
func newCalendarYear(today string) *calendarYear {
	day, err := time.Parse(time.DateOnly, today)
	if err != nil {
		return nil
	}
	y := &calendarYear{Today: today, today: day}
	for i := range calendarMonths {
		month := firstOfMonth(day, i)
		y.Months = append(y.Months, calendarMonth{month.Format("Jan"), month.Format("2006"), i == 0 || month.Month() == time.January})
	}
	y.end = firstOfMonth(day, calendarMonths).Format(time.DateOnly)
	return y
}

// firstOfMonth returns the first day of a month so many months after that of a
// day.
func firstOfMonth(day time.Time, months int) time.Time {
	return time.Date(day.Year(), day.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
}

// isAhead reports whether a day is one of those from the day of the site on.
func (y *calendarYear) isAhead(day string) bool { return y.Today <= day && day < y.end }

// column returns in which column a day is.
func (y *calendarYear) column(day string) int { return monthNumber(day) - monthNumber(y.Today) }

// bar returns where what runs from one day to another is drawn, or nil where it
// never runs.
func (y *calendarYear) bar(from, over string) *bar {
	start, err1 := time.Parse(time.DateOnly, from)
	end, err2 := time.Parse(time.DateOnly, over)
	if err1 != nil || err2 != nil || !start.Before(end) {
		return nil
	}
	const shortest = 0.012 // of the year, so that a day is seen
	left := y.share(start)
	width := max(y.share(end)-left, shortest)
	class := "bar-running"
	if y.today.Before(start) {
		class = "bar-planned"
	}
	return &bar{inPercent(min(left, 1-width)), inPercent(width), class, inPercent(y.share(y.today))}
}

// share returns how far from the left a day is, of the width of the year.
func (y *calendarYear) share(day time.Time) float64 {
	days := firstOfMonth(day, 1).AddDate(0, 0, -1).Day()
	months := 12*(day.Year()-y.today.Year()) + int(day.Month()-y.today.Month())
	part := float64(day.Day()-1) / float64(days)
	return min(max((float64(months)+part)/calendarMonths, 0), 1)
}
