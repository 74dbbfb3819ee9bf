package schema

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
)

var (
	digitsOnly = lazy.Pattern(`^([0-9]{4})([0-9]{2})([0-9]{2})$`)
	yearFirst  = lazy.Pattern(`^([0-9]{4})[-./ ]([0-9]{1,2})[-./ ]([0-9]{1,2})$`)
	yearLast   = lazy.Pattern(`^([0-9]{1,2})[-./ ]([0-9]{1,2})[-./ ]([0-9]{4})$`)
	withTime   = lazy.Pattern(`^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)? ?(?:[Zz]|[-+][0-9:]+)?$`)
	dayFirst   = lazy.Pattern(`^([0-9]{1,2})(?:st|nd|rd|th|\.)?[- ](?:of )?(\pL+)[., -]+([0-9]{4})$`)
	nameFirst  = lazy.Pattern(`^(\pL+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?[, ]+([0-9]{4})$`)
	nameLater  = lazy.Pattern(`^([0-9]{4})[- ](\pL+)[.]?[- ]([0-9]{1,2})$`)
)

// daysMeant returns the days that a date in another form may be, as YYYY-MM-DD.
func daysMeant(text string) []string {
	text = hyphens.Replace(strings.TrimSpace(text))
	if m := withTime().FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	var days []string
	for _, form := range []struct {
		of               func() *regexp.Regexp
		year, month, day int
	}{
		{digitsOnly, 1, 2, 3}, {yearFirst, 1, 2, 3}, {yearLast, 3, 2, 1}, {yearLast, 3, 1, 2},
		{dayFirst, 3, 2, 1}, {nameFirst, 3, 1, 2}, {nameLater, 1, 2, 3},
	} {
		m := form.of().FindStringSubmatch(text)
		if m == nil {
			continue
		}
		day := fmt.Sprintf("%s-%s-%s", m[form.year], monthNumber(m[form.month]), m[form.day])
		if at, err := time.Parse("2006-1-2", day); err == nil {
			days = append(days, at.Format(time.DateOnly))
		}
	}
	return slices.Compact(days)
}

// monthNumber returns the number of a month that is given by its name or the first
// letters of it, and any other text as it is.
func monthNumber(name string) string {
	for month := time.January; month <= time.December; month++ {
		if len(name) >= 3 && len(name) <= len(month.String()) && strings.EqualFold(name, month.String()[:len(name)]) ||
			month == time.September && strings.EqualFold(name, "Sept") {
			return strconv.Itoa(int(month))
		}
	}
	return name
}

var (
	monthLast  = lazy.Pattern(`^([0-9]{4})[-./ ]([0-9]{1,2}|\pL+)(?:-[0-9]{2})?$`)
	monthFirst = lazy.Pattern(`^([0-9]{1,2}|\pL+)[-./ ]+([0-9]{4})$`)
)

// monthsMeant returns the month that a text in another form is, as YYYY-MM.
func monthsMeant(text string) []string {
	year, month := "", ""
	if m := monthLast().FindStringSubmatch(text); m != nil {
		year, month = m[1], m[2]
	} else if m := monthFirst().FindStringSubmatch(text); m != nil {
		year, month = m[2], m[1]
	}
	at, err := time.Parse("2006-1", year+"-"+monthNumber(month))
	if err != nil {
		return nil
	}
	return []string{at.Format("2006-01")}
}
