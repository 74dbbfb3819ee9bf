// Package grant knows when a licence grant runs, and how many seats run with
// others.
package grant

import (
	"strconv"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// Kind is the kind of record that a grant is.
const Kind = "license"

// A Grant is what there is to know of a licence to count its seats. Dates are
// written YYYY-MM-DD, so that they compare as text.
type Grant struct {
	Seats           int
	Starts, Expires string
	Revoked         string // the day of its revocation, or ""
}

// Read returns the grant that a record holds, if all that it takes is there.
func Read(root *record.Node) (Grant, bool) {
	g, ok := ReadTerm(root)
	return g, ok && g.Seats > 0
}

// ReadTerm returns the grant that a record holds, if its days are there. Where its
// seats are none that can be counted, they are 0.
func ReadTerm(root *record.Node) (Grant, bool) {
	g := Grant{
		Seats: seats(root.Field("seats")), Starts: root.Field("starts_at").AsText(), Expires: root.Field("expires_at").AsText(),
		Revoked: root.Field("revoked").Field("date").AsText(),
	}
	return g, g.Starts != "" && g.Expires != ""
}

func seats(n *record.Node) int {
	if n == nil || n.Kind != record.Number {
		return 0
	}
	seats, err := strconv.ParseFloat(n.Text, 64)
	if err != nil || seats < 1 || seats > maxSeats {
		return 0
	}
	return int(seats)
}

// maxSeats is more than anyone has been granted, and safe to add up.
const maxSeats = 1 << 30

// End returns the first day on which the grant no longer runs.
func (g Grant) End() string {
	if g.Revoked != "" {
		return min(g.Revoked, g.Expires)
	}
	return g.Expires
}

// RunsOn reports whether the grant runs on a day.
func (g Grant) RunsOn(day string) bool { return g.Starts <= day && day < g.End() }

// SeatsOn returns how many seats the grants that run on a day come to.
func SeatsOn(grants []Grant, day string) int {
	seats := 0
	for _, g := range grants {
		if g.RunsOn(day) {
			seats += g.Seats
		}
	}
	return seats
}
