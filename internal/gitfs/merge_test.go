package gitfs

import (
	"errors"
	"testing"
)

func TestMerge(t *testing.T) {
	g := newRepo(t)
	g.Git("config", "merge.conflictStyle", "diff3") // of the person: the marks stay the same
	r := g.open()
	base := "first\na\nb\nc\nd\nlast\n"
	for _, test := range []struct {
		name, ours, base, theirs, want string
		conflicts                      int
	}{
		{"apart", "first\na\nb\nc\nd\nours\n", base, "theirs\na\nb\nc\nd\nlast\n", "theirs\na\nb\nc\nd\nours\n", 0},
		{"alike", "both\na\nb\nc\nd\nlast\n", base, "both\na\nb\nc\nd\nlast\n", "both\na\nb\nc\nd\nlast\n", 0},
		{"at odds", "ours\na\nb\nc\nd\nlast\n", base, "theirs\na\nb\nc\nd\nlast\n",
			"<<<<<<< yours\nours\n=======\ntheirs\n>>>>>>> v2\na\nb\nc\nd\nlast\n", 1},
		{"from nothing", "same\nours\n", "", "same\ntheirs\n", "same\n<<<<<<< yours\nours\n=======\ntheirs\n>>>>>>> v2\n", 1},
	} {
		got, conflicts, err := r.Merge(t.Context(), NamedText{Name: "yours", Text: []byte(test.ours)},
			NamedText{Text: []byte(test.base)}, NamedText{Name: "v2", Text: []byte(test.theirs)})
		if err != nil || string(got) != test.want || conflicts != test.conflicts {
			t.Errorf("%s: %d conflicts, %v, in\n%s", test.name, conflicts, err, got)
		}
	}
	binary := NamedText{Text: []byte("\xff\xfea\x00")}
	if _, _, err := r.Merge(t.Context(), binary, NamedText{}, NamedText{}); !errors.Is(err, errBinary) {
		t.Error("what is no text is merged:", err)
	}
}
