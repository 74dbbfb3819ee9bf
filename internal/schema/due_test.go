package schema

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// loadThing loads a kind whose records may be due.
func loadThing(due string) (*Set, error) {
	text := `{"x-place": "partners/{partner}/things/{id}.yaml", "x-due": ` + due + `,
		"properties": {"day": {"$ref": "#/$defs/day"}, "status": {"enum": ["new", "old"]}, "part": {"properties": {"name": {"type": "string"}}}},
		"$defs": {"day": {"type": "string", "format": "date"}}}`
	return Load(fstest.MapFS{"thing.schema.json": {Data: []byte(text)}})
}

func TestDueRefuses(t *testing.T) {
	for due, want := range map[string]string{
		`{"text": "a"}`:                   `"x-due" is a list`,
		`[]`:                              `"x-due" is a list`,
		`["a"]`:                           `an entry is an object with "text"`,
		`[{"on": "day"}]`:                 `line 1, column 62: "x-due": "text" is missing`,
		`[{"text": ""}]`:                  `"text", "step" and "section" are texts`,
		`[{"text": "a", "step": 5}]`:      `"text", "step" and "section" are texts`,
		`[{"text": "a", "section": "A"}]`: `"section" without "step"`,
		`[{"text": "a", "due": "day"}]`:   `there is no "due"; there are "on", "by"`,
		`[{"text": "a", "on": "day", "by": "day"}]`:                `"by" and "on" exclude each other`,
		`[{"text": "a", "on": "status"}]`:                          `"on" names no field with the format date: status`,
		`[{"text": "a", "since": 5}]`:                              `"since" names no field with the format date: 5`,
		`[{"text": "{part.size}"}]`:                                `"{part.size}" has {part.size}, which is no field`,
		`[{"text": "{}"}]`:                                         `"{}" has {}, which is no field`,
		`[{"text": "a", "step": "{waits_for}"}]`:                   `has {waits_for}, which is no field`,
		`[{"text": "a", "when": "new"}]`:                           `"when" is an object`,
		`[{"text": "a", "when": {"state": "new"}}]`:                `"when" names "state", which is no field`,
		`[{"text": "a", "when": {"status": 5}}]`:                   `what "when" wants of "status" is a text or a list of them`,
		`[{"text": "a", "when": {"status": ["new", 5]}}]`:          `what "when" wants of "status" is a text or a list of them`,
		`[{"text": "a"}, {"text": "a", "when": {"status": "no"}}]`: `"when" wants "no" of "status", which cannot be: it is new, old`,
	} {
		if _, err := loadThing(due); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", due, err, want)
		}
	}
	text := `{"x-place": "partners/{partner}/things/{id}.yaml", "properties": {"day": {"x-due": []}}}`
	_, err := Load(fstest.MapFS{"thing.schema.json": {Data: []byte(text)}})
	if want := "`x-due` says nothing here"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("in a field: %v, want %q", err, want)
	}
}

func TestDue(t *testing.T) {
	kinds, err := loadThing(`[{"by": "day", "when": {"status": "new", "part.name": "missing"}, "text": "{status}, {part.name}, {waits_for}", "step": "Add {part.name}."}]`)
	if err != nil {
		t.Fatal(err)
	}
	due := kinds.Dues("thing")[0]
	for text, want := range map[string]string{
		"{kind: thing, status: new, day: 2026-03-02}":          "true by 2026-03-02: new, …, a part; Add ….",
		"{kind: thing, status: new}":                           "true by : new, …, a part; Add ….",
		"{kind: thing, status: new, part: {name: \"One\\n\"}}": "false by : new, One, a part; Add One.",
		"{kind: thing, status: old}":                           "false by : old, …, a part; Add ….",
	} {
		rec, findings := record.Load("a.yaml", []byte(text))
		if rec == nil {
			t.Fatal(findings)
		}
		matter, ok := due.Text(rec.Root, "a part")
		got := fmt.Sprintf("%v %s %s: %s; %s", due.Fits(rec.Root), due.Timing, due.Day(rec.Root), matter, due.Step(rec.Root))
		if !ok || got != want {
			t.Errorf("%s:\n got %s\nwant %s", text, got, want)
		}
		if _, ok := due.Text(rec.Root, ""); ok {
			t.Errorf("%s: it waits for nothing", text)
		}
	}
	if len(kinds.Dues("other")) != 0 {
		t.Error("something is due of a kind that there is not")
	}
}
