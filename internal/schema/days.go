package schema

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

var (
	digitsOnly = regexp.MustCompile(`^([0-9]{4})([0-9]{2})([0-9]{2})$`)
	yearFirst  = regexp.MustCompile(`^([0-9]{4})[-./ ]([0-9]{1,2})[-./ ]([0-9]{1,2})$`)
	yearLast   = regexp.MustCompile(`^([0-9]{1,2})[-./ ]([0-9]{1,2})[-./ ]([0-9]{4})$`)
	withTime   = regexp.MustCompile(`^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)? ?(?:[Zz]|[-+][0-9:]+)?$`)
	dayFirst   = regexp.MustCompile(`^([0-9]{1,2})(?:st|nd|rd|th|\.)?[- ](?:of )?(\pL+)[., -]+([0-9]{4})$`)
	nameFirst  = regexp.MustCompile(`^(\pL+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?[, ]+([0-9]{4})$`)
	nameLater  = regexp.MustCompile(`^([0-9]{4})[- ](\pL+)[.]?[- ]([0-9]{1,2})$`)
)

// daysMeant returns the days that a date in another form may be, as YYYY-MM-DD.
func daysMeant(text string) []string {
	text = hyphens.Replace(strings.TrimSpace(text))
	if m := withTime.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	var days []string
	for _, form := range []struct {
		of               *regexp.Regexp
		year, month, day int
	}{
		{digitsOnly, 1, 2, 3}, {yearFirst, 1, 2, 3}, {yearLast, 3, 2, 1}, {yearLast, 3, 1, 2},
		{dayFirst, 3, 2, 1}, {nameFirst, 3, 1, 2}, {nameLater, 1, 2, 3},
	} {
		m := form.of.FindStringSubmatch(text)
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
	monthLast  = regexp.MustCompile(`^([0-9]{4})[-./ ]([0-9]{1,2}|\pL+)(?:-[0-9]{2})?$`)
	monthFirst = regexp.MustCompile(`^([0-9]{1,2}|\pL+)[-./ ]+([0-9]{4})$`)
)

// monthsMeant returns the month that a text in another form is, as YYYY-MM.
func monthsMeant(text string) []string {
	year, month := "", ""
	if m := monthLast.FindStringSubmatch(text); m != nil {
		year, month = m[1], m[2]
	} else if m := monthFirst.FindStringSubmatch(text); m != nil {
		year, month = m[2], m[1]
	}
	at, err := time.Parse("2006-1", year+"-"+monthNumber(month))
	if err != nil {
		return nil
	}
	return []string{at.Format("2006-01")}
}
