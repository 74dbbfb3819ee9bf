package fill

import (
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
		if !known {
			got += " (unknown)"
		}
		if got != want {
			t.Errorf("%q becomes %q, want %q", template, got, want)
		}
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
