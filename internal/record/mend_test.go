package record_test

import (
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

func TestMend(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"words for true and false", "a: no # c\nb: [Yes, 'no', y]\n", "a: \"no\" # c\nb: [\"Yes\", 'no', \"y\"]\n"},
		{"behind a mark, and beside what nobody knows", "\uFEFFa: off\nb: 012\n", "\uFEFFa: \"off\"\nb: 012\n"},
		{"a key, whose name nobody knows", "on: 1\n", ""},
		{"a right record", "a: 1\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, places := record.Mend(path, []byte(test.text))
			if string(got) != test.want || (len(places) > 0) != (test.want != "") {
				t.Errorf("%q becomes %q at %q, want %q", test.text, got, places, test.want)
			}
		})
	}
}
