package draft

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

const things = `{
  "title": "Thing",
  "x-place": "partners/{partner}/things/{id}.yaml",
  "x-id": ["since", "name"],
  "x-day": "since",
  "required": ["kind", "name", "count", "wanted", "since", "size", "figures"],
  "properties": {
    "kind": {"const": "thing"},
    "name": {"type": "string"},
    "wanted": {"oneOf": [{"type": "integer"}, {"const": "any"}], "x-default": ["{count}", {"value": "any", "why": "Nobody said."}]},
    "count": {"type": "integer", "x-default": ["{wanted}", "{handbook.things.{name}.count}", "{handbook.count}"]},
    "since": {"type": "string", "x-default": "{today}"},
    "note": {"type": "string", "x-default": {"value": "much", "if": "{handbook.things.{name}.large}"}},
    "size": {"type": "object", "required": ["width"], "properties": {
      "width": {"type": "number", "x-default": 1},
      "depth": {"type": "number", "x-default": 1}
    }},
    "level": {"enum": [1, 2, true, "2b"]},
    "tree": {"$ref": "#/$defs/tree"},
    "tags": {"type": "array", "items": {"type": "string"}},
    "parts": {"type": "array", "items": {"type": "object", "required": ["name", "owner"], "properties": {
      "name": {"type": "string"},
      "count": {"type": "integer"},
      "owner": {"type": "string", "x-default": ["{partner.name}", "{name}"]}
    }}},
    "figures": {"type": "object", "required": ["total"], "properties": {"total": {"type": "integer", "x-default": 0}},
      "additionalProperties": {"type": "integer"}}
  },
  "$defs": {"tree": {"type": "object", "properties": {"leaf": {"type": "string"}, "branch": {"$ref": "#/$defs/tree"}}}}
}`

func newDraft(t *testing.T) *Draft {
	t.Helper()
	kinds, err := schema.Load(fstest.MapFS{"thing.schema.json": {Data: []byte(things)}})
	if err != nil {
		t.Fatal(err)
	}
	return New(kinds, "thing")
}

func sources(t *testing.T) Sources {
	t.Helper()
	handbook, _ := record.Load("handbook.yaml", []byte("count: 3\nthings: {One: {count: 7, large: true}}"))
	later, _ := record.Load("handbook.yaml", []byte("count: 2\nthings: {}"))
	partner, _ := record.Load("partner.yaml", []byte("name: Example"))
	return Sources{Today: "2026-11-23", Partner: partner.Root, Handbook: func(day string, names ...string) any {
		inForce := handbook
		if day >= "2027-01-01" {
			inForce = later
		}
		if value := inForce.Root.At(names); value != nil {
			return value.JSON()
		}
		return nil
	}}
}

func TestFill(t *testing.T) {
	tests := []struct {
		name  string
		given map[string]string
		want  string
	}{
		{"nothing", nil, `kind: thing
# Nobody said.
wanted: any
count: 3
since: 2026-11-23
size:
  width: 1
`},
		{"one follows from the other", map[string]string{"count": "5"}, `kind: thing
wanted: 5
count: 5
since: 2026-11-23
size:
  width: 1
`},
		{"and the other way round", map[string]string{"wanted": "6", "since": "2026-12-01"}, `kind: thing
wanted: 6
count: 6
since: 2026-12-01
size:
  width: 1
`},
		{"of another day", map[string]string{"name": "One", "since": "2027-01-01"}, `kind: thing
name: One
# Nobody said.
wanted: any
count: 2
since: 2027-01-01
size:
  width: 1
`},
		{"looked up", map[string]string{"name": "One"}, `kind: thing
name: One
# Nobody said.
wanted: any
count: 7
since: 2026-11-23
note: much
size:
  width: 1
`},
		{"deeper down", map[string]string{"size.depth": "2.5", "parts": "name=a, b,count=2", "figures": "x=4", "tags": "1"}, `kind: thing
# Nobody said.
wanted: any
count: 3
since: 2026-11-23
size:
  width: 1
  depth: 2.5
tags:
  - "1"
parts:
  - name: a, b
    count: 2
    owner: Example
figures:
  total: 0
  x: 4
`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := newDraft(t)
			for field, text := range test.given {
				if err := d.Give(strings.Split(field, "."), text); err != nil {
					t.Fatal(err)
				}
			}
			for range 2 { // the second time changes nothing
				d.Fill(sources(t))
				if diff := cmp.Diff(test.want, string(d.Text(""))); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
		})
	}
}

// What was filled in follows what is given later.
func TestFillAnew(t *testing.T) {
	d := newDraft(t)
	d.Fill(sources(t))
	if err := d.Give([]string{"wanted"}, "9"); err != nil {
		t.Fatal(err)
	}
	if d.Fill(sources(t)); d.Value("count") != "9" {
		t.Errorf("count is %q", d.Value("count"))
	}
}

// What was filled in and is then given was not chosen for anybody.
func TestGiveTakesCommentAway(t *testing.T) {
	d := newDraft(t)
	d.Fill(sources(t))
	if err := d.Give([]string{"wanted"}, "any"); err != nil {
		t.Fatal(err)
	}
	if text := string(d.Text("")); strings.Contains(text, "Nobody said.") {
		t.Error(text)
	}
}

func TestGiveChoice(t *testing.T) {
	for text, want := range map[string]string{"2": "level: 2\n", "true": "level: true\n", "2b": "level: 2b\n", "3": "level: \"3\"\n"} {
		d := newDraft(t)
		if err := d.Give([]string{"level"}, text); err != nil {
			t.Fatal(err)
		}
		if got := string(d.Text("")); !strings.HasSuffix(got, want) {
			t.Errorf("%s is written\n%s", text, got)
		}
	}
}

func TestField(t *testing.T) {
	d := newDraft(t)
	for path, ok := range map[string]bool{"parts.0.owner": true, "tree.leaf": true, "size.width": true, "parts.x": false, "tags.0": true, "0": false} {
		if _, got := d.Field(strings.Split(path, ".")); got != ok {
			t.Errorf("%s: %v", path, got)
		}
	}
}

func TestCorrect(t *testing.T) {
	d := newDraft(t)
	if err := d.Give([]string{"since"}, "2026-01-01"); err != nil {
		t.Fatal(err)
	}
	d.Fill(sources(t))
	if d.Correct([]string{"since"}, "2026-02-02", "why") || d.Value("since") != "2026-01-01" {
		t.Error("what was given is corrected")
	}
	if d.Correct([]string{"missing"}, "x", "why") || d.Correct(nil, "x", "why") || d.Correct([]string{"size"}, "x", "why") {
		t.Error("what is no scalar is corrected")
	}
	if !d.Correct([]string{"count"}, json.Number("4"), "Since four is right.") {
		t.Error("what was filled in is not corrected")
	}
	if text := string(d.Text("../x.json")); !strings.Contains(text, "# Since four is right.\ncount: 4\n") || !strings.HasPrefix(text, "# yaml-language-server: $schema=../x.json\n") {
		t.Error(text)
	}
}

func TestGiveRefuses(t *testing.T) {
	for field, text := range map[string]string{"name": "bad\xff", "colour": "x", "figures": "x", "parts": "a", "": "x"} {
		if err := newDraft(t).Give(strings.Split(field, "."), text); err == nil {
			t.Errorf("%s=%s is taken", field, text)
		}
	}
}

func TestClone(t *testing.T) {
	d := newDraft(t)
	other := d.Clone()
	err := other.Give([]string{"size", "width"}, "7")
	if text := string(other.Text("")); err != nil || !strings.Contains(text, "width: 7") || d.Value("size", "width") != "" || d.Given([]string{"size"}) {
		t.Errorf("%s, %v; the draft has %q", text, err, d.Value("size", "width"))
	}
}

func TestID(t *testing.T) {
	d := newDraft(t)
	if err := d.Give([]string{"name"}, "Build and test the Größe of an integration, in full"); err != nil {
		t.Fatal(err)
	}
	d.Fill(sources(t))
	if got, want := d.ID(sources(t)), "2026-11-build-test-grosse-integration"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{
		"Example Builds":        "example-builds",
		"  A--B  ":              "a-b",
		"CI&T":                  "ci-and-t",
		"Société Générale":      "societe-generale",
		"Straße ØL æ":           "strasse-ol-ae",
		"O'Neill's":             "oneills",
		"日本":                    "ri-ben",
		"日本 GmbH":               "ri-ben-gmbh",
		"Пример Софт":           "primer-soft",
		"Пример Стиль":          "primer-stil",
		"Παράδειγμα":            "paradeigma",
		"Example（例）":            "example-li",
		"e\u0301cole":           "ecole",
		"ﬁrst ½ IIＩ":            "first-1-2-iii",
		"🤝":                     "",
		"C++":                   "c-plus-plus",
		"C#":                    "c-sharp",
		"C":                     "c",
		"Example+":              "example-plus",
		"#1 Example":            "1-example",
		"Example @ Home":        "example-at-home",
		strings.Repeat("a", 70): strings.Repeat("a", 63),
		"Example of a partner whose name is longer than any folder can be": "example-of-a-partner-whose-name-is-longer-than-any-folder-can",
		"3 (three)":               "3-three",
		strings.Repeat("ab ", 40): strings.Repeat("ab-", 21)[:62],
	} {
		if got := Slug(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
		if got := Slug(name); got != "" && schema.CheckName("id", got) != "" {
			t.Errorf("%q becomes %q, which is no name: %s", name, got, schema.CheckName("id", got))
		}
	}
}

// What is missing of an entry is asked for after the entry was given.
func TestGiveInEntry(t *testing.T) {
	d := newDraft(t)
	for _, given := range [][]string{{"name=a", "parts"}, {"name=b", "parts"}, {"me", "parts", "1", "owner"}} {
		if err := d.Give(given[1:], given[0]); err != nil {
			t.Fatal(err)
		}
	}
	want := "kind: thing\nparts:\n  - name: a\n  - name: b\n    owner: me\n"
	if diff := cmp.Diff(want, string(d.Text(""))); diff != "" {
		t.Error(diff)
	}
}
