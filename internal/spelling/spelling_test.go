package spelling_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/spelling"
)

func TestNearest(t *testing.T) {
	names := []string{"seats", "starts_at", "state", "plan"}
	for _, test := range []struct {
		word  string
		limit int
		want  []string
	}{
		{"seets", 2, []string{"seats"}},
		{"startsAt", 0, []string{"starts_at"}},
		{"Starts At", 1, []string{"starts_at"}},
		{"stats", 2, []string{"seats", "state"}},
		{"flan", 0, nil},
		{"flan", 1, []string{"plan"}},
		{"campaign", 3, nil},
		{"", 1, nil},
	} {
		if diff := cmp.Diff(test.want, spelling.Nearest(test.word, names, test.limit)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.word, diff)
		}
	}
}
