package change

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// thing returns a record's file that holds the fields, and one whose only field
// is broken where they are "broken".
func thing(name, fields string) Item {
	if fields == "broken" {
		fields = "a: 1\na: 2"
	}
	return NewItem(name, []byte(fields), func(rec *record.Record) (string, *record.Record) { return rec.Root.Field("kind").Text, rec })
}

const plugin = `kind: license
product: self-managed
seats: 5
starts_at: 2026-03-02
expires_at: 2026-09-02
purpose: Build and test the editor plugin`

const runner = `kind: license
product: self-managed
seats: 2
starts_at: 2026-07-01
expires_at: 2027-01-01
purpose: Jobs on machines of the partner`

func TestMatch(t *testing.T) {
	tests := []struct {
		name          string
		before, after []Item
		want          []string // before > after
	}{
		{"nothing", nil, nil, nil},
		{"kept", []Item{thing("a", plugin)}, []Item{thing("a", runner)}, []string{"a > a"}},
		{"added", nil, []Item{thing("a", plugin)}, []string{" > a"}},
		{"deleted", []Item{thing("a", plugin)}, nil, []string{"a > "}},
		{"moved", []Item{thing("a", plugin)}, []Item{thing("b", plugin)}, []string{"a > b"}},
		{"moved and changed", []Item{thing("a", plugin)},
			[]Item{thing("b", strings.Replace(plugin, "5", "8", 1))}, []string{"a > b"}},
		{"moved and written differently", []Item{thing("a", "kind: thing\nname: One\nsize: 1")},
			[]Item{thing("b", "# a\nsize: 1.0\n'name': \"One\"\nkind: thing")}, []string{"a > b"}},
		{"moved and revoked", []Item{thing("a", plugin)},
			[]Item{thing("b", plugin+"\nrevoked:\n  date: 2026-05-01\n  reason: The work has ended.")}, []string{"a > b"}},
		{"one deleted and one added", []Item{thing("a", plugin)}, []Item{thing("b", runner)}, []string{"a > ", " > b"}},
		{"another kind", []Item{thing("a", plugin)},
			[]Item{thing("b", strings.Replace(plugin, "license", "campaign", 1))}, []string{"a > ", " > b"}},
		{"the likest", []Item{thing("a", plugin), thing("b", strings.Replace(plugin, "5", "6", 1))},
			[]Item{thing("c", strings.Replace(plugin, "5", "6", 1)), thing("d", plugin)}, []string{"b > c", "a > d"}},
		{"two for one", []Item{thing("a", plugin)}, []Item{thing("b", plugin), thing("c", plugin)}, []string{"a > b", " > c"}},
		{"broken", []Item{thing("a", plugin)}, []Item{thing("a", "broken")}, []string{"a > a"}},
		{"moved and broken", []Item{thing("a", plugin)}, []Item{thing("b", plugin+"\nseats: 5")}, []string{"a > b"}},
		{"deleted beside a broken one", []Item{thing("a", plugin)}, []Item{thing("b", "broken")}, []string{"a > ", " > b"}},
		{"empty", []Item{thing("a", "")}, []Item{thing("b", "")}, []string{"a > ", " > b"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, pair := range Match("p", test.before, test.after) {
				from, to := "", ""
				if pair.Before != nil {
					from = pair.Before.Path
				}
				if pair.After != nil {
					to = pair.After.Path
				}
				got = append(got, from+" > "+to)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// The figures of a month do not become those of another.
func TestMatchNotMoved(t *testing.T) {
	for _, folder := range []string{"", "_program"} {
		pairs := Match(folder, []Item{thing("a", plugin)}, []Item{thing("b", plugin)})
		if len(pairs) != 2 {
			t.Errorf("in %q: %d pairs", folder, len(pairs))
		}
	}
}

func TestDifferences(t *testing.T) {
	tests := []struct{ before, after, want string }{
		{"a: 1", "a: 1.0", ""},
		{"a: '1'", "a: 1", `/a "1" > 1;`},
		{"{a: 1, b: {c: 2, d: 3}}", "b: {d: 3, c: 2}\na: 1 # as before", ""},
		{"b: {c: 2, d: 3}", "b: {c: 4, e: 5}", "/b/c 2 > 4;/b/e  > 5;/b/d 3 > ;"},
		{"a: [1, 2]", "a: [2, 1]", "/a [1,2] > [2,1];"},
		{"a: {b: 1}", "a: 5", `/a {"b":1} > 5;`},
		{"a: null", "b: null", "/b  > null;/a null > ;"},
		{"a: 10000000000000000000000000001", "a: 10000000000000000000000000002", "/a 10000000000000000000000000001 > 10000000000000000000000000002;"},
		{"- 1", "- 1", ""},
	}
	for _, test := range tests {
		before, _ := record.Load("before", []byte(test.before))
		after, _ := record.Load("after", []byte(test.after))
		got := ""
		for _, d := range Differences(before.Root, after.Root) {
			got += pointer.Of(d.Path) + " " + written(t, d.Before) + " > " + written(t, d.After) + ";"
		}
		if got != test.want {
			t.Errorf("%s > %s: got %q, want %q", test.before, test.after, got, test.want)
		}
		if equal := before.Root.Equal(after.Root); equal != (test.want == "") {
			t.Errorf("%s > %s: equal is %v", test.before, test.after, equal)
		}
	}
}

// A record that is new has all its values new, as one.
func TestDifferencesFromNothing(t *testing.T) {
	rec, _ := record.Load("a", []byte("a: 1\nb: 2"))
	for _, test := range []struct{ before, after *record.Node }{{nil, rec.Root}, {rec.Root, nil}} {
		got := Differences(test.before, test.after)
		if len(got) != 1 || len(got[0].Path) != 0 || got[0].Before != test.before || got[0].After != test.after {
			t.Errorf("%+v", got)
		}
	}
	if got := Differences(nil, nil); got != nil {
		t.Errorf("%+v", got)
	}
}

func TestEqualManyFields(t *testing.T) {
	text := ""
	for i := range 1000 {
		text = fmt.Sprintf("%sa%d: %d\n", text, i, i)
	}
	a, _ := record.Load("a", []byte(text))
	b, _ := record.Load("b", []byte(text))
	c, _ := record.Load("c", []byte(strings.Replace(text, "a999: 999", "a999: 998", 1)))
	if !a.Root.Equal(b.Root) || a.Root.Equal(c.Root) {
		t.Error("many fields are compared wrongly")
	}
}

func written(t *testing.T, n *record.Node) string {
	t.Helper()
	if n == nil {
		return ""
	}
	return jsonText(t, n.JSON())
}

func jsonText(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
