package spelling

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMeant(t *testing.T) {
	words := []string{"text", "json", "markdown", "junit", "starts_at"}
	for _, test := range []struct{ word, want string }{
		{"JSON", "json"},
		{"jsno", "json"},
		{"jsonn", "json"},
		{"mardown", "markdown"},
		{"startsAt", "starts_at"},
		{"xml", ""},
		{"", ""},
		{"tex", ""},
		{"unjson", ""},
		{"starts_without", ""},
	} {
		if got := Meant(test.word, words); got != test.want {
			t.Errorf("%q: %q, want %q", test.word, got, test.want)
		}
	}
	if got := Meant("tests", []string{"texts", "nests"}); got != "" {
		t.Errorf("of two that are as near, %q is chosen", got)
	}
}

// TestOpposites makes sure that a word is not taken for one that says the opposite.
func TestOpposites(t *testing.T) {
	for word, other := range map[string]string{
		"inactive": "active", "non-critical": "critical", "uncritical": "critical", "external": "internal", "undone": "done",
		"anyone_without_link": "anyone_with_link", "not integrated": "integrated", "america": "africa", "europe - asia": "europe",
		"seats_rejected": "seats_requested", "inactive_since": "active_since", "no partner": "partner",
	} {
		if got := Meant(word, []string{other, "something"}); got != "" {
			t.Errorf("%q is taken for %q", word, got)
		}
	}
}

func TestUnknown(t *testing.T) {
	for _, test := range []struct{ word, want string }{
		{"xml", `there is no format "xml"; there are text, json`},
		{"jsonn", "there is no format \"jsonn\"; there are text, json (did you mean `json`?)"},
	} {
		if got := Unknown("format", test.word, []string{"text", "json"}).Error(); got != test.want {
			t.Errorf("%q: %s, want %s", test.word, got, test.want)
		}
	}
}

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
		{strings.Repeat("x", 1<<16) + "seats", 2, nil}, // more letters than a distance is counted in
	} {
		if diff := cmp.Diff(test.want, Nearest(test.word, names, test.limit)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.word, diff)
		}
	}
}
