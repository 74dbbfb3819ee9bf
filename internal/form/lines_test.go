package form

import (
	"strings"
	"testing"
)

func TestLines(t *testing.T) {
	list := Question{Title: "Partner", Choices: Choices([]string{"a", "b", "c"})}
	many := list
	many.many, many.Optional = true, true
	for _, test := range []struct {
		question    Question
		typed, want string
		says        string
	}{
		{list, "2\n", "b", "2. b\n"},
		{list, "c\n", "c", "Type the number of one."},
		{list, "4\nx\n\n1\n", "a", "Partner cannot be left out"},
		{list, "4\n1", "a", `"4" is none of the possible answers`},
		{list, "", ErrAborted.Error(), "Partner"},
		{list, "<\n", ErrBack.Error(), "A < goes back"},
		{many, "3 1 3\n", "c,a", "or nothing but Enter for none"},
		{many, "\n", "", "Partner"},
		{many, "0\n", "", "Partner"},
		{many, "7\n2\n", "b", `"7" is none of the numbers`},
		{seats, "\n", "unknown", "Nothing but Enter is unknown."},
		{seats, "ten\n12\n", "12", "no number"},
		{seats, "99\n99\n", "99", "Give the same answer again to keep it."},
		{seats, "99\n98\n", "98", "many"},
		{seats, "99\nten\n99\n98\n", "98", "many"},
	} {
		var out strings.Builder
		answers, err := newLines(strings.NewReader(test.typed), &out).ask(&test.question, false)
		got := strings.Join(answers, ",")
		if err != nil {
			got = err.Error()
		}
		if got != test.want || !strings.Contains(out.String(), test.says) {
			t.Errorf("%q: %q, want %q and %q in\n%s", test.typed, got, test.want, test.says, out.String())
		}
	}
}
