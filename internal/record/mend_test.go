package record_test

import (
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

func TestMend(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"words for true and false", "a: no # c\nb: [Yes, 'no', y]\n", "a: \"no\" # c\nb: [\"Yes\", 'no', \"y\"]\n"},
		{"behind a mark, and beside what nobody knows", "\uFEFFa: off\nb: 012\n", "\uFEFFa: \"off\"\nb: 012\n"},
		{"tabs", "a:\tb\t# c\n", "a: b # c\n"},
		{"a name of a field in brackets", "a: [b c:, d]\n", "a: [\"b c:\", d]\n"},
		{"comments against brackets", "a: [b]#c\n", "a: [b] #c\n"},
		{"lines that are not indented", "a: 'b\nc'\nd: [e,\nf]\n", "a: 'b\n  c'\nd: [e,\n  f]\n"},
		{"an escaped single quote", "a: \"it\\'s\"\n", "a: \"it's\"\n"},
		{"a text in lines without an end", "a: |\n  b", "a: |\n  b\n"},
		{"a merge sign", "a: <<\n", "a: \"<<\"\n"},
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
