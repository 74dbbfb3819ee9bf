package schema

import (
	"fmt"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// Day returns the day that a record of a kind is of, by whose handbook it is
// judged: "" for a kind that has no such day, and where the record lacks it.
func (s *Set) Day(kind string, root *record.Node) string {
	if path := s.DayPath(kind); path != nil {
		return FirstDay(root.At(path).AsText())
	}
	return ""
}

// DayPath returns the path of the field that holds the day, or the month, that a
// record of a kind is of, by "x-day"; nil where the kind has none.
func (s *Set) DayPath(kind string) []string {
	k := s.kinds[kind]
	if k == nil || k.document["x-day"] == nil {
		return nil
	}
	return k.document.dayPath()
}

func (d document) dayPath() []string {
	name, _ := d["x-day"].(string)
	return strings.Split(name, ".")
}

// checkDay makes sure that "x-day" names a field that there is.
func (d document) checkDay() error {
	if written, given := d["x-day"]; given && len(d.property(d.dayPath())) == 0 {
		return fmt.Errorf(`"x-day": %v is no field; it names the one with the day that a record is of, such as "held_on"`, written)
	}
	return nil
}

// FirstDay returns the first day of a month, YYYY-MM, and any other text as it
// is.
func FirstDay(text string) string {
	if len(text) == len("2006-01") {
		return text + "-01"
	}
	return text
}
