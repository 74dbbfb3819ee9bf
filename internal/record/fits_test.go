package record

import (
	"strings"
	"testing"
)

func TestFits(t *testing.T) {
	rec, findings := Load("a.yaml", []byte("status: new\nnone: []\nvoid: null\nsteps: [a]\nobject: {a: 1}\nseats: 5\nsays: missing\n"))
	if rec == nil {
		t.Fatal(findings)
	}
	for _, test := range []struct {
		field, wanted string
		want          bool
	}{
		{"status", "new", true},
		{"status", "done new", true},
		{"status", "done", false},
		{"status", "present", true},
		{"status", "missing", false},
		{"nowhere", "missing", true},
		{"nowhere", "present", false},
		{"nowhere", "new", false},
		{"none", "missing", true},
		{"void", "missing", true},
		{"steps", "present", true},
		{"steps", "a", false},
		{"object", "present", true},
		{"object", "", false},
		{"seats", "5", true},
		{"says", "missing", false},
		{"says", "missing other", true},
	} {
		if got := rec.Root.Field(test.field).Fits(strings.Split(test.wanted, " ")...); got != test.want {
			t.Errorf("%s, %s: %v, want %v", test.field, test.wanted, got, test.want)
		}
	}
}
