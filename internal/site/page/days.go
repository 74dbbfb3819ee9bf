package page

import "time"

const secondsOfDay = 24 * 60 * 60

// dayNumber returns the number of a day, counted from 1970.
func dayNumber(day string) (float64, bool) {
	t, err := time.Parse(time.DateOnly, day)
	return float64(t.Unix() / secondsOfDay), err == nil
}

// dayName returns what dayNumber takes.
func dayName(day float64) string {
	return time.Unix(int64(day)*secondsOfDay, 0).UTC().Format(time.DateOnly)
}

// dayAfter returns the day after another one, or "" where that is none.
func dayAfter(day string) string {
	number, ok := dayNumber(day)
	if !ok {
		return ""
	}
	return dayName(number + 1)
}

// monthsFrom returns the first days of the months in between.
func monthsFrom(first, last float64) []time.Time {
	day := time.Unix(int64(first)*secondsOfDay, 0).UTC()
	month := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
	if month.Before(day) {
		month = month.AddDate(0, 1, 0)
	}
	var months []time.Time
	for ; dayOf(month) <= last; month = month.AddDate(0, 1, 0) {
		months = append(months, month)
	}
	return months
}

func dayOf(t time.Time) float64 { return float64(t.Unix() / secondsOfDay) }
