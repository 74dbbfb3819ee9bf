package fill

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestText(t *testing.T) {
	values := map[string]string{"a": "1", "b": "{a}", "x.1": "one", "": "itself", "h1_total": "5"}
	lookup := func(name string) (string, bool) {
		value, ok := values[name]
		if !ok {
			return "…", false
		}
		return value, true
	}
	for template, want := range map[string]string{
		"":            "",
		"text":        "text",
		"{a} and {a}": "1 and 1",
		"{b}":         "{a}", // a value is not read again
		"{x.{a}}":     "one",
		"{}":          "itself",
		"{h1_total}":  "5",
		"{c} of {a}":  "… of 1 (unknown)",
		"{x.{c}}":     "… (unknown)",
		"{a":          "{a",
		"a}":          "a}",
		"{a{":         "{a{",
		"日{a}本":       "日1本",
	} {
		got, known := Text(template, lookup)
		compare(t, template, got, known, want)
	}
}

// compare compares what a template becomes, which says so where something is not known.
func compare(t *testing.T, template, got string, known bool, want string) {
	t.Helper()
	if !known {
		got += " (unknown)"
	}
	if got != want {
		t.Errorf("%q becomes %q, want %q", template, got, want)
	}
}

// TestHandbook makes sure that what the handbook does not know stays as it is.
func TestHandbook(t *testing.T) {
	values := map[string]string{"company": "Example Corp", "room.name": "the hall"}
	handbook := func(names ...string) string { return values[strings.Join(names, ".")] }
	for text, want := range map[string]string{
		"At {handbook.company}, in {handbook.room.name}": "At Example Corp, in the hall",
		"{at: {handbook.company}}":                       "{at: Example Corp} (unknown)",
		"{handbook.missing} of {company}":                "{handbook.missing} of {company} (unknown)",
	} {
		got, known := Handbook(text, handbook)
		compare(t, text, got, known, want)
	}
}

func TestNames(t *testing.T) {
	if diff := cmp.Diff([]string{"a", "b", "c.b"}, Names("{a} {c.{b}}")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if names := Names("none"); names != nil {
		t.Errorf("%v", names)
	}
}
