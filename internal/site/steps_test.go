package site

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/grant"
)

func TestSteps(t *testing.T) {
	tests := []struct {
		name   string
		grants []grant.Grant
		want   []Step
	}{
		{"none", nil, nil},
		{"one", []grant.Grant{{Seats: 2, Starts: "2026-01-01", Expires: "2026-07-01"}}, []Step{{"2026-01-01", 2}, {"2026-07-01", 0}}},
		{"one after the other", []grant.Grant{
			{Seats: 2, Starts: "2026-01-01", Expires: "2026-07-01"}, {Seats: 2, Starts: "2026-07-01", Expires: "2027-01-01"},
		}, []Step{{"2026-01-01", 2}, {"2027-01-01", 0}}},
		{"together", []grant.Grant{
			{Seats: 2, Starts: "2026-03-01", Expires: "2026-09-01"}, {Seats: 3, Starts: "2026-01-01", Expires: "2026-07-01", Revoked: "2026-04-01"},
		}, []Step{{"2026-01-01", 3}, {"2026-03-01", 5}, {"2026-04-01", 2}, {"2026-09-01", 0}}},
		{"never ran", []grant.Grant{{Seats: 2, Starts: "2026-03-01", Expires: "2026-09-01", Revoked: "2026-03-01"}}, nil},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, steps(test.grants)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
