package source

import "testing"

func TestWrap(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"short\n", "short\n"},
		{"two words more\n", "two words\nmore\n"},
		{"  two words more", "  two\n  words\n  more"},
		{"alonglongword more", "alonglongword\nmore"},
		{"日本 日本 日", "日本 日本\n日"},
		{"a  b\n\n12345 12345\n", "a  b\n\n12345\n12345\n"},
		{"--help --format", "--help\n--format"},
	} {
		if got := Wrap(test.text, 10); got != test.want {
			t.Errorf("%q becomes %q, want %q", test.text, got, test.want)
		}
	}
}
