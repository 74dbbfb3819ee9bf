package record_test

import (
	"strings"
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
		{"quotes around @, *, % and a backtick", "a: @b # c\n", "a: \"@b\" # c\n"},
		{"quotes around *", "a: *b\n", "a: \"*b\"\n"},
		{"quotes around ** and a colon", "a: **b: c** # d\n", "a: \"**b: c**\" # d\n"},
		{"quotes around %", "\uFEFFa: 1\r\nb: %5\r\n", "\uFEFFa: 1\r\nb: \"%5\"\r\n"},
		{"quotes in brackets", "a: [@b, c, @d]\n", "a: [\"@b\", c, \"@d\"]\n"},
		{"a second colon", "a: b: c\n", "a: \"b: c\"\n"},
		{"an open quote", "a: 1\nb: 'c\nd: 2\n", "a: 1\nb: 'c'\nd: 2\n"},
		{"an open quote that the next one closes", "a: \"b\nc: \"d\"\n", "a: \"b\"\nc: \"d\"\n"},
		{"text behind a quote", "a: 'it's'\n", "a: \"it's\"\n"},
		{"a missing space", "a: 1\nb:c\n", ""},
		{"a missing space behind a name", "ab: 1\nbc:d # e\n", "ab: 1\nbc: d # e\n"},
		{"a missing space on the line above", "  - ab:c\n    cd: e\n", "  - ab: c\n    cd: e\n"},
		{"a no-break space", "ab: 1\nbc:\u00a0d\n", "ab: 1\nbc: d\n"},
		{"an equals sign", "a: 1\nbc = 4 # d\n", "a: 1\nbc: 4 # d\n"},
		{"an equals sign on the line above", "bc = 4\na: 1\n", "bc: 4\na: 1\n"},
		{"a dash without a space", "a:\n- b\n-c\nd: 1\n", "a:\n- b\n- c\nd: 1\n"},
		{"a row of a table", "a: 1\n| bc | d |\n", "a: 1\nbc: d\n"},
		{"one space too many", "a:\n  b: 1\n   c: 2\n", "a:\n  b: 1\n  c: 2\n"},
		{"one space too few", "a:\n    b: 1\n   c: 2\n", "a:\n    b: 1\n    c: 2\n"},
		{"one space, which may be either", "a:\n  b: 1\n c: 2\n", ""},
		{"two spaces too many", "a: 1\n  c: 2\n", ""},
		{"a backslash", "a: \"C:\\d\"\n", "a: 'C:\\d'\n"},
		{"a long text with a colon", "a: b: " + strings.Repeat("c ", 60) + "d\n", "a: \"b: " + strings.Repeat("c ", 60) + "d\"\n"},
		{"the first of two mistakes", "a: @b\nc: @d\n", "a: \"@b\"\nc: @d\n"},
		{"what goes on below", "a: b: c\n  d\n", ""},
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
