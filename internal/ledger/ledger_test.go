package ledger

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

const things = `{
  "title": "Thing",
  "x-place": "partners/{partner}/things/{id}.yaml",
  "x-event": {"verb": "made", "summary": "{name} of {size.width}"},
  "properties": {
    "kind": {"const": "thing"},
    "name": {"title": "Name"},
    "size": {"title": "Size", "properties": {"width": {"title": "Width"}}},
    "sold": {"title": "Sold", "x-event": {"verb": "sold", "summary": "to {to}"}, "properties": {"to": {"type": "string"}}},
    "state": {"title": "State", "x-event": {"values": {"old": "grew old"}}},
    "reason": {"x-event": {"verb": "explained", "summary": "{}"}},
    "tags": {"title": "Tags"}
  }
}`

// TestDescribe tells what each change means, one event a line.
func TestDescribe(t *testing.T) {
	kinds, err := schema.Load(fstest.MapFS{"thing.schema.json": {Data: []byte(things)}})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, before, after string
		want                []string
	}{
		{"new", "", "{kind: thing, name: One, size: {width: 2}}", []string{"made: One of 2"}},
		{"new and sold", "", "{kind: thing, name: One, state: old, sold: {to: Two}}", []string{"made: One of …", "sold: to Two"}},
		{"gone", "{kind: thing, name: One, size: {width: 2}}", "", []string{"deleted: One of 2"}},
		{"sold", "{kind: thing}", "{kind: thing, sold: {to: Two}}", []string{"sold: to Two"}},
		{"sold to somebody else", "{kind: thing, sold: {to: Two}}", "{kind: thing, sold: {to: Three}}",
			[]string{"changed: Sold, to: Two → Three"}},
		{"no longer sold", "{kind: thing, sold: {to: Two}}", "{kind: thing}", []string{"changed: Sold: 1 field → none"}},
		{"old", "{kind: thing, state: new}", "{kind: thing, state: old}", []string{"grew old: was new"}},
		{"young again", "{kind: thing, state: old}", "{kind: thing, state: new}", []string{"changed: State: old → new"}},
		{"explained", "{kind: thing}", "{kind: thing, reason: a\u202e}", []string{`explained: a\u202e`}},
		{"explained again", "{kind: thing, reason: a}", "{kind: thing, reason: b}", []string{"explained: b"}},
		{"several values", "{kind: thing, name: One, size: {width: 1}, tags: [a]}", "{kind: thing, name: Two, size: {width: 2}, tags: [a, b], odd: 1}",
			[]string{"changed: Name: One → Two; Size, Width: 1 → 2; Tags: a → a, b; odd: none → 1"}},
		{"a long value", "{kind: thing}", "{kind: thing, name: " + strings.Repeat("x", 200) + "}",
			[]string{"changed: Name: none → " + strings.Repeat("x", 120) + "…"}},
		{"in another notation", "{kind: thing, name: One}", "name: 'One'\nkind: thing", []string{"written differently: with the same values"}},
		{"broken", "{kind: thing}", "a: 1\na: 2", []string{"became unreadable: line 2: `a` is already given on line 1"}},
		{"mended", "a: 1\na: 2", "{kind: thing, name: One, state: old}", []string{"became readable: One of …", "grew old"}},
		{"broken and gone", "a: 1\na: 2", "", []string{"deleted: what it said is not known"}},
		{"new and broken", "", "a: 1\na: 2", []string{"became unreadable: line 2: `a` is already given on line 1"}},
		{"no kind", "", "{name: One}", []string{"added"}},
		{"no kind, changed", "{name: One}", "{name: Two}", []string{"changed: name: One → Two"}},
		{"another value", "{kind: thing}", "[1]", []string{"changed: the record: 1 field → 1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			described := Describe(kinds, pair(kinds, test.before, test.after))
			if diff := cmp.Diff(test.want, told(described)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if described.Deleted != (test.after == "") {
				t.Errorf("deleted: %v", described.Deleted)
			}
		})
	}
}

func TestDescribeMove(t *testing.T) {
	kinds, err := schema.Load(fstest.MapFS{"thing.schema.json": {Data: []byte(things)}})
	if err != nil {
		t.Fatal(err)
	}
	p := pair(kinds, "{kind: thing, name: One}", "kind: thing\nname: Two\n")
	p.Before.Path = "partners/p/things/old.yaml"
	described := Describe(kinds, p)
	if diff := cmp.Diff([]string{"renamed: from things/old.yaml", "changed: Name: One → Two"}, told(described)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got := fmt.Sprint(described.Kind, " ", described.Title, " ", described.Partner, " ", described.Path, " ", described.Was, " ", described.Events[1].Line)
	if want := "thing Thing p partners/p/things/a.yaml partners/p/things/old.yaml 2"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Of a folder that has another name, the partner tells for all its records.
func TestDescribeMoveAlong(t *testing.T) {
	kinds, err := schema.Load(fstest.MapFS{"thing.schema.json": {Data: []byte(things)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		file, before, after string
		want                []string
	}{
		{"partner.yaml", "{kind: thing}", "{kind: thing}", []string{"renamed: with all its records, from the folder old"}},
		{"partner.yaml", "{kind: thing}", "{kind: thing, name: One}",
			[]string{"renamed: with all its records, from the folder old", "changed: Name: none → One"}},
		{"things/a.yaml", "{kind: thing}", "{kind: thing}", nil},
		{"things/a.yaml", "a: 1\na: 2", "a: 1\na: 2", nil},
		{"things/a.yaml", "{kind: thing}", "kind: thing", []string{"written differently: with the same values"}},
		{"things/a.yaml", "{kind: thing}", "{kind: thing, sold: {to: Two}}", []string{"sold: to Two"}},
		{"things/a.yaml", "{kind: thing}", "a: 1\na: 2", []string{"became unreadable: line 2: `a` is already given on line 1"}},
	} {
		p := pair(kinds, test.before, test.after)
		p.Before.Path, p.After.Path = "partners/old/"+test.file, "partners/p/"+test.file
		described := Describe(kinds, p)
		if diff := cmp.Diff(test.want, told(described)); diff != "" {
			t.Errorf("%s, %s (-want +got):\n%s", test.file, test.after, diff)
		}
		if described.Was != p.Before.Path {
			t.Errorf("%s was %s", test.file, described.Was)
		}
	}
}

func pair(kinds *schema.Set, before, after string) change.Pair {
	var p change.Pair
	if before != "" {
		item := change.NewItem("partners/p/things/a.yaml", []byte(before), kinds.Read)
		p.Before = &item
	}
	if after != "" {
		item := change.NewItem("partners/p/things/a.yaml", []byte(after), kinds.Read)
		p.After = &item
	}
	return p
}

func told(described RecordChange) []string {
	var lines []string
	for _, event := range described.Events {
		lines = append(lines, strings.TrimSuffix(event.Verb+": "+event.Text, ": "))
	}
	return lines
}
