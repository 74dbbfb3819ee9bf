package spelling

import "testing"

func TestNearest(t *testing.T) {
	words := []string{"text", "json", "markdown", "junit", "starts_at"}
	for _, test := range []struct{ word, want string }{
		{"JSON", "json"},
		{"jsno", ""},
		{"jsonn", "json"},
		{"mardown", "markdown"},
		{"startsAt", "starts_at"},
		{"xml", ""},
		{"", ""},
		{"tex", ""},
	} {
		if got := Nearest(test.word, words); got != test.want {
			t.Errorf("%q: %q, want %q", test.word, got, test.want)
		}
	}
	if got := Nearest("tests", []string{"texts", "nests"}); got != "" {
		t.Errorf("of two that are as near, %q is chosen", got)
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
