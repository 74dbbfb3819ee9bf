package format

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

var greetings = Set[func(name string) string]{
	{"text", func(name string) string { return "hello " + name }},
	{"markdown", func(name string) string { return "**hello** " + name }},
}

func TestSet(t *testing.T) {
	if got, want := greetings.Names(), []string{"text", "markdown"}; !slices.Equal(got, want) {
		t.Errorf("the names are %q, want %q", got, want)
	}
	greet, err := greetings.Get("markdown")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := greet("you"), "**hello** you"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	const want = "there is no format \"mardown\"; there are text, markdown (did you mean `markdown`?)"
	if _, err = greetings.Get("mardown"); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestWhole(t *testing.T) {
	broken := errors.New("broken")
	for _, want := range []error{nil, broken} {
		var out strings.Builder
		err := Whole(&out, func(w io.Writer) error {
			_, _ = io.WriteString(w, "all")
			return want
		})
		if written := out.String() == "all"; !errors.Is(err, want) || written != (want == nil) {
			t.Errorf("got %q and %v, want %v", out.String(), err, want)
		}
	}
}

func TestJSON(t *testing.T) {
	var out strings.Builder
	if err := JSON(&out, map[string]string{"a": "<b> & c"}); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "{\n  \"a\": \"<b> & c\"\n}\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
