package grant

import (
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

func TestSeatsOn(t *testing.T) {
	grants := []Grant{
		{Seats: 2, Starts: "2026-01-10", Expires: "2026-07-10"},
		{Seats: 3, Starts: "2026-03-10", Expires: "2026-09-10", Revoked: "2026-05-10"},
		{Seats: 4, Starts: "2026-07-10", Expires: "2027-01-10"},
	}
	for day, want := range map[string]int{
		"2026-01-09": 0,
		"2026-01-10": 2,
		"2026-03-10": 5,
		"2026-05-09": 5,
		"2026-05-10": 2, // a grant does not run on the day on which it is revoked
		"2026-07-09": 2,
		"2026-07-10": 4, // nor on the one on which it expires
		"2027-01-10": 0,
	} {
		if got := SeatsOn(grants, day); got != want {
			t.Errorf("%s: %d seats, want %d", day, got, want)
		}
	}
}

func TestRead(t *testing.T) {
	for text, ok := range map[string]bool{
		"{seats: 5, starts_at: 2026-01-10, expires_at: 2026-07-10}":       true,
		"{seats: 5.0, starts_at: 2026-01-10, expires_at: 2026-07-10}":     true,
		"{seats: 0, starts_at: 2026-01-10, expires_at: 2026-07-10}":       false,
		"{seats: '5', starts_at: 2026-01-10, expires_at: 2026-07-10}":     false,
		"{seats: 1.0e+29, starts_at: 2026-01-10, expires_at: 2026-07-10}": false,
		"{seats: 5, starts_at: 2026-01-10}":                               false,
		"{seats: 5, starts_at: 1, expires_at: 2026-07-10}":                false,
		"[5]": false,
	} {
		rec, _ := record.Load("a", []byte(text))
		if term, got := ReadTerm(rec.Root); got != strings.Contains(text, "starts_at: 2026-01-10, expires_at") || !ok && term.Seats > 0 && got {
			t.Errorf("%s: the term is %+v, %v", text, term, got)
		}
		if g, got := Read(rec.Root); got != ok || ok && g.Seats != 5 {
			t.Errorf("%s: %+v, %v", text, g, got)
		}
	}
}
