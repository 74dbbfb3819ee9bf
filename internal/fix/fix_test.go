package fix

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

const name = "partners/example-ci/partner.yaml"

// want is a finding that would be there: what is expected at a pointer.
type want struct {
	pointer  string
	expected any
}

// found returns the finding that a rule on values would make of a text.
func (w want) found(t *testing.T, text string) finding.Finding {
	t.Helper()
	return makeFinding(t, text, w, false)
}

// misspelt returns the finding that a field should have another name.
func (w want) misspelt(t *testing.T, text string) finding.Finding {
	t.Helper()
	return makeFinding(t, text, w, true)
}

func makeFinding(t *testing.T, text string, w want, atKey bool) finding.Finding {
	t.Helper()
	r, problems := record.Load(name, []byte(text))
	if r == nil {
		t.Fatalf("%q: %v", text, problems)
	}
	rule := &finding.Rule{ID: "thing/rule", Severity: finding.Error}
	place := r.Locate(pointer.Path(w.pointer), atKey)
	place.Path = pointer.Path(w.pointer) // of what is missing, too
	return finding.New(rule, place, "wrong").WithExpected(w.expected)
}

func TestValues(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       want
		fixed      string // "" where the text stays as it is
	}{
		{"a number", "a: 1 # c\n", want{"/a", json.Number("22")}, "a: 22 # c\n"},
		{"no line break at the end", "a: 1", want{"/a", 2}, "a: 2"},
		{"a date without quotes", "a: 2026-01-02\n", want{"/a", "2026-07-02"}, "a: 2026-07-02\n"},
		{"a date in single quotes", "a: '2026-01-02'\n", want{"/a", "2026-07-02"}, "a: '2026-07-02'\n"},
		{"a date in double quotes", "a: \"2026-01-02\"  # c\n", want{"/a", "2026-07-02"}, "a: \"2026-07-02\"  # c\n"},
		{"plain text", "a: one two   # c\n", want{"/a", "three"}, "a: three   # c\n"},
		{"plain text with a comma", "a: One, Inc.\n", want{"/a", "Two, Inc. [A] and GitLab"}, "a: Two, Inc. [A] and GitLab\n"},
		{"plain text that begins with digits", "a: 2scale\n", want{"/a", "3scale and GitLab"}, "a: 3scale and GitLab\n"},
		{"text that looks hexadecimal", "a: x\n", want{"/a", "0xff"}, "a: \"0xff\"\n"},
		{"text that would end", "a: x\n", want{"/a", "one: two"}, "a: \"one: two\"\n"},
		{"text that would be a comment", "a: x\n", want{"/a", "one #2"}, "a: \"one #2\"\n"},
		{"text that would be a truth value", "a: x\n", want{"/a", "no"}, "a: \"no\"\n"},
		{"text that would be a number", "a: 12\n", want{"/a", "12"}, "a: \"12\"\n"},
		{"a number in quotes", "a: '12' # c\n", want{"/a", 12}, "a: 12 # c\n"},
		{"a truth value", "a: TRUE\n", want{"/a", false}, "a: false\n"},
		{"nothing, written out", "a: ~ # c\n", want{"/a", "critical"}, "a: critical # c\n"},
		{"single quotes inside", "a: 'it''s'\n", want{"/a", "it's not"}, "a: 'it''s not'\n"},
		{"a backslash in single quotes", "a: 'x'\n", want{"/a", `a\b "c"`}, "a: 'a\\b \"c\"'\n"},
		{"what cannot be seen", "a: 'x'\n", want{"/a", "a\u202eb"}, "a: \"a\\u202eb\"\n"},
		{"double quotes inside", `a: "x \" \\" # "`, want{"/a", `y "z" \`}, `a: "y \"z\" \\" # "`},
		{"several lines", "a: x\n", want{"/a", "one\ntwo"}, "a: \"one\\ntwo\"\n"},
		{"CR LF", "a: 1\r\nb: 2\r\n", want{"/a", 3}, "a: 3\r\nb: 2\r\n"},
		{"a byte order mark", "\uFEFFa: 1\n", want{"/a", 3}, "\uFEFFa: 3\n"},
		{"other scripts in front", "x: {é: 日本, 👩‍👩‍👧: a, a: 1} # é\n", want{"/x/a", 3}, "x: {é: 日本, 👩‍👩‍👧: a, a: 3} # é\n"},

		{"in brackets", "a: [x, z]\n", want{"/a/1", "one, two"}, "a: [x, \"one, two\"]\n"},
		{"in braces", "a: {b: x, c: w} # c\n", want{"/a/b", "z and z"}, "a: {b: z and z, c: w} # c\n"},
		{"as in JSON", `{"a":1,"b":2}`, want{"/a", json.Number("3")}, `{"a":3,"b":2}`},
		{"a text as in JSON", `{"a":"x","b":2}`, want{"/a", "it's"}, `{"a":"it's","b":2}`},
		{"a pair in brackets", "a: [b: 1]\n", want{"/a/0/b", 2}, "a: [b: 2]\n"},
		{"nested brackets", "a: [[x, {b: [w]}]]\n", want{"/a/0/1/b/0", "[z]"}, "a: [[x, {b: [\"[z]\"]}]]\n"},
		{"an entry of a list", "a:\n  - x # c\n  - w\n", want{"/a/0", "z"}, "a:\n  - z # c\n  - w\n"},
		{"in a list of lists", "a:\n  - - x\n    - w\n", want{"/a/0/1", "z"}, "a:\n  - - x\n    - z\n"},
		{"on a line of its own", "a:\n  x # c\nb: 1\n", want{"/a", "z"}, "a:\n  z # c\nb: 1\n"},

		{"a literal", "a: | # c\n  one\n   # two\n\n  three\nb: 1\n", want{"/a", "x"}, "a: x # c\nb: 1\n"},
		{"a literal at the end", "a: |-\n  one", want{"/a", "x"}, "a: x"},
		{"a literal, CR LF", "a: |\r\n  one\r\n  two\r\nb: 1\r\n", want{"/a", "x"}, "a: x\r\nb: 1\r\n"},
		{"a folded text", "a: >2-\n\n   one\n  two\n# c\nb: 1\n", want{"/a", 5}, "a: 5\n# c\nb: 1\n"},
		{"a literal that keeps its end", "a: |+\n  one\n\nb: 1\n", want{"/a", "x"}, "a: x\n\nb: 1\n"},
		{"an empty literal", "a: |\nb: 1\n", want{"/a", "x"}, "a: x\nb: 1\n"},
		{"plain text in lines", "a: one\n  two\n\n  three # c\nb: 1\n", want{"/a", "x"}, "a: x # c\nb: 1\n"},
		{"quoted text in lines", "a: 'one\n  two' # c\n", want{"/a", "x"}, "a: 'x' # c\n"},

		{"nothing", "a:\nb: 1\n", want{"/a", 5}, "a: 5\nb: 1\n"},
		{"nothing, and a comment", "a:   # c\nb: 1\n", want{"/a", "x"}, "a: x   # c\nb: 1\n"},
		{"nothing at the end", "b: 1\na:", want{"/a", "x"}, "b: 1\na: x"},
		{"nothing behind a blank and a colon", "a : # c\n", want{"/a", "x"}, "a : x # c\n"},
		{"nothing in braces", "a: {b: , c: 1}\n", want{"/a/b", 5}, "a: {b: 5 , c: 1}\n"},
		{"nothing and no colon", "a: {b, c: 1}\n", want{"/a/b", 5}, "a: {b: 5, c: 1}\n"},
		{"nothing in a list", "a:\n  -\n  - b\n", want{"/a/0", "x"}, "a:\n  - x\n  - b\n"},
		{"nothing, CR LF", "a:\r\nb: 1\r\n", want{"/a", 5}, "a: 5\r\nb: 1\r\n"},

		{"an object in lines", "a:\n  at: 2026-01-02 # c\n  why: x\n", want{"/a", map[string]any{"at": "2026-01-03", "why": "x"}}, "a:\n  at: 2026-01-03 # c\n  why: x\n"},
		{"an object in braces", "a: {b: 1, c: 'x'}\n", want{"/a", map[string]any{"c": "y", "b": 2}}, "a: {b: 2, c: 'y'}\n"},
		{"a list", "a: [1, 2]\n", want{"/a", []any{json.Number("1"), json.Number("3")}}, "a: [1, 3]\n"},
		{"a list of objects", "a:\n  - b: 1\n    c: 2\n  - b: 3\n    c: 4\n",
			want{"/a", []any{map[string]any{"b": 1, "c": 2}, map[string]any{"b": 5, "c": 6}}}, "a:\n  - b: 1\n    c: 2\n  - b: 5\n    c: 6\n"},
		{"another field", "a: {b: 1}\n", want{"/a", map[string]any{"c": 1}}, ""},
		{"a field too many", "a: {b: 1, c: 2}\n", want{"/a", map[string]any{"b": 2}}, ""},
		{"an entry too many", "a: [1, 2]\n", want{"/a", []any{1}}, ""},
		{"an entry more", "a: [1] # c\n", want{"/a", []any{1, "two, three"}}, "a: [1, \"two, three\"] # c\n"},
		{"entries more, and another one", "a: [x, w, ]\n", want{"/a", []any{"z", "w", "v", "u"}}, "a: [z, w, v, u, ]\n"},
		{"an entry of none", "a: [ ] # c\n", want{"/a", []any{"x"}}, "a: [x ] # c\n"},
		{"an entry more in lines", "a:\n  - x # c\n  # d\nb: 1\n", want{"/a", []any{"x", "One, Inc."}}, "a:\n  - x # c\n  - One, Inc.\n  # d\nb: 1\n"},
		{"an entry more at the end", "a:\n-   'x'", want{"/a", []any{"x", "z"}}, "a:\n-   'x'\n-   z"},
		{"an entry more, CR LF", "a:\r\n  - x\r\nb: 1\r\n", want{"/a", []any{"x", "y: z"}}, "a:\r\n  - x\r\n  - \"y: z\"\r\nb: 1\r\n"},
		{"an entry more below a text in lines", "a:\n  - x\n    y\nb: 1\n", want{"/a", []any{"x y", "z"}}, "a:\n  - x\n    y\n  - z\nb: 1\n"},
		{"an entry more in a list of lists", "a:\n  - - x\n", want{"/a/0", []any{"x", "y"}}, ""},
		{"an object more", "a:\n  - x\n", want{"/a", []any{"x", map[string]any{"b": 1}}}, ""},

		{"a missing list", "kind: a\nname: A # c\n# d\nsize: 1\n", want{"/tags", []any{"x", "One, Inc."}}, "kind: a\nname: A # c\ntags:\n  - x\n  - One, Inc.\n# d\nsize: 1\n"},
		{"a missing text, CR LF", "name: 'A'\r\nsize: 1\r\n", want{"/kind", "x"}, "name: 'A'\r\nkind: x\r\nsize: 1\r\n"},
		{"a missing number at the end", "\uFEFFname: A", want{"/size", 5}, "\uFEFFname: A\nsize: 5"},
		{"what is missing below a name in lines", "name: |\n  A\n  B\nsize: 1\n", want{"/kind", "x"}, "name: |\n  A\n  B\nkind: x\nsize: 1\n"},
		{"what is missing below no name", "name:\nsize: 1\n", want{"/kind", "x"}, "name:\nkind: x\nsize: 1\n"},
		{"what is missing in a list", "a:\n  - name: A\n    size: 1\n  - name: B\n", want{"/a/1/size", 2}, "a:\n  - name: A\n    size: 1\n  - name: B\n    size: 2\n"},
		{"what is missing where nothing has a name", "a: 1\n", want{"/b", 2}, ""},
		{"what is missing in braces", "{name: A}\n", want{"/b", 2}, ""},
		{"what is missing in what is missing", "name: A\n", want{"/b/c", 2}, ""},
		{"what is missing in a text", "name: A\n", want{"/name/c", 2}, ""},
		{"a missing entry", "name: A\nb: [1]\n", want{"/b/1", 2}, ""},
		{"an object for a text", "a: x\n", want{"/a", map[string]any{"b": 1}}, ""},
		{"a text for an object", "a:\n  b: 1\n", want{"/a", "x"}, ""},
		{"a text for a list", "a: [x]\n", want{"/a", "x"}, ""},
		{"a text for the record", "a: x\n", want{"", "x"}, ""},
		{"nothing for a text", "a: [x]\n", want{"/a", []any{nil}}, ""},
		{"a number of another kind", "a: 1\n", want{"/a", json.Number("1e99")}, ""},
		{"what is there", "a: 5.0\n", want{"/a", 5}, ""},
		{"what is there, escaped", "a: \"\\u0041\"\n", want{"/a", "A"}, ""},
		{"no UTF-8", "a: x\n", want{"/a", "\xff"}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			fixed, places := putRight(name, []byte(test.text), []finding.Finding{test.want.found(t, test.text)})
			if test.fixed == "" {
				if len(places) > 0 {
					t.Errorf("it becomes %q", fixed)
				}
				return
			}
			if diff := cmp.Diff(test.fixed, string(fixed)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]string{test.want.pointer}, places); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNames(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       want
		fixed      string
	}{
		{"plain", "seets: 5 # c\n", want{"/seets", "seats"}, "seats: 5 # c\n"},
		{"in quotes", "\"seets\" : 5\n", want{"/seets", "seats"}, "\"seats\" : 5\n"},
		{"in single quotes", "'seets': 5\n", want{"/seets", "seats"}, "'seats': 5\n"},
		{"of nothing", "seets:\n", want{"/seets", "seats"}, "seats:\n"},
		{"of nothing in braces", "a: {seets}\n", want{"/a/seets", "seats"}, "a: {seats}\n"},
		{"of lines", "timelien:\n  at: 1\n", want{"/timelien", "timeline"}, "timeline:\n  at: 1\n"},
		{"of a list", "regoins:\n- a\n", want{"/regoins", "regions"}, "regions:\n- a\n"},
		{"of brackets", "x: {regoins: [a]}\n", want{"/x/regoins", "regions"}, "x: {regions: [a]}\n"},
		{"with a slash", "a/b~: 1\n", want{"/a~1b~0", "a_b"}, "a_b: 1\n"},
		{"that needs quotes", "seets: 1\n", want{"/seets", "a, b: c"}, "\"a, b: c\": 1\n"},
		{"that is there already", "seets: 1\nseats: 2\n", want{"/seets", "seats"}, ""},
		{"that is no text", "seets: 1\n", want{"/seets", 5}, ""},
		{"in an entry of a list", "x:\n  - seets: 1\n", want{"/x/0/seets", "seats"}, "x:\n  - seats: 1\n"},
		{"explicit", "? seets\n: 1\n", want{"/seets", "seats"}, "? seats\n: 1\n"},
		{"explicit, in a block", "? |-\n  seets\n: 1\n", want{"/seets", "seats"}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			fixed, places := putRight(name, []byte(test.text), []finding.Finding{test.want.misspelt(t, test.text)})
			if test.fixed == "" {
				if len(places) > 0 {
					t.Errorf("it becomes %q", fixed)
				}
				return
			}
			if diff := cmp.Diff(test.fixed, string(fixed)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestOneByOne holds that a value is left on which findings disagree, that of one
// about a value and one about something in it the first counts, and that one that cannot be put right keeps no other from it.
func TestOneByOne(t *testing.T) {
	const text = "seets: 11\nplan: {a: x, b: w}\nseats: 7\n"
	findings := []finding.Finding{
		want{"/seets", "seats"}.misspelt(t, text), // there are seats already
		want{"/plan/a", "z"}.found(t, text),
		want{"/plan", map[string]any{"a": "x", "b": "w"}}.found(t, text),
		want{"/seats", 5}.found(t, text),
		want{"/seats", 10}.found(t, text),
	}
	fixed, places := putRight(name, []byte(text), findings)
	if diff := cmp.Diff("seets: 11\nplan: {a: z, b: w}\nseats: 7\n", string(fixed)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"/plan/a"}, places); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSwappedNames(t *testing.T) {
	const text = "a: 1\nb: 2\n"
	findings := []finding.Finding{want{"/a", "b"}.misspelt(t, text), want{"/b", "c"}.misspelt(t, text)}
	fixed, _ := putRight(name, []byte(text), findings)
	if diff := cmp.Diff("b: 1\nc: 2\n", string(fixed)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAnotherText holds that a finding of a text that is no longer there
// changes nothing.
func TestAnotherText(t *testing.T) {
	was := want{"/a", 5}.found(t, "a: 1\n")
	for _, text := range []string{"a: 2\n", "b: 0\na: 1\n", "b: 1\n", "a: [1]\n", "a: 1\na: 2\n", ""} {
		if fixed, places := putRight(name, []byte(text), []finding.Finding{was}); len(places) > 0 {
			t.Errorf("%q becomes %q", text, fixed)
		}
	}
}

// TestAnyScalar holds, for every scalar of a text in all of YAML's styles and
// values of every kind, that its edit makes it this value, leaves every other
// one as it is, and touches no byte outside of what is written for it.
func TestAnyScalar(t *testing.T) {
	values := []any{"x", "", "two words", "no", "12", "2026-01-02", "a: b", "a #b", "[", "it's \"so\" \\", "é 日本\u2028", "l1\nl2\t", "- a", "@a", true, json.Number("-0.5"), 42}
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 200 {
		text := randomRecord(random)
		r, problems := record.Load(name, []byte(text))
		if r == nil {
			t.Fatalf("%s\n%v", text, problems)
		}
		for _, path := range scalars(r.Root, nil) {
			checkEdit(t, r, text, path, values[random.IntN(len(values))])
		}
		if t.Failed() {
			t.Fatalf("in round %d, of\n%s", round, text)
		}
	}
}

func checkEdit(t *testing.T, r *record.Record, text string, path []string, value any) {
	t.Helper()
	edits, ok := r.Rewrite(path, value)
	if !ok {
		t.Errorf("%v cannot become %#v", path, value)
		return
	}
	if len(edits) == 0 {
		return // it is this value
	}
	one := &repair{path: path, value: value, edits: edits}
	fixed, ok := attempt(r, []byte(text), []*repair{one})
	if !ok {
		t.Errorf("with %v as %#v, it reads as something else:\n%s", path, value, fixed)
	}
	place := r.Locate(path, false).Span
	start, end := r.File.Offset(place.Start), r.File.Offset(place.End)
	if r.Root.At(path).Text == "" { // written behind the colon, or the dash, or in quotes
		end = min(len(text), end+len(" :"))
	}
	bom := len(text) - len(r.File.Text())
	if !bytes.HasPrefix(fixed, []byte(text[:bom+start])) || !strings.HasSuffix(string(fixed), text[min(len(text), bom+end):]) {
		t.Errorf("with %v as %#v, more has changed:\n%s", path, value, fixed)
	}
}

// scalars returns the paths of all scalars below n.
func scalars(n *record.Node, path []string) (paths [][]string) {
	if n.IsScalar() {
		return [][]string{slices.Clone(path)}
	}
	for i, item := range n.Items {
		paths = append(paths, scalars(item, append(path, fmt.Sprint(i)))...)
	}
	for _, field := range n.Fields {
		paths = append(paths, scalars(field.Value, append(path, field.Key))...)
	}
	return paths
}

// randomRecord returns a text of random fields in random styles.
func randomRecord(random *rand.Rand) string {
	pick := func(options ...string) string { return options[random.IntN(len(options))] }
	inline := func() string {
		return pick("x", "one two", "12", "0.5", "true", "~", "2026-01-02", "'it''s # '", `"a \" \\ é"`, "日本", "https://a.example/b")
	}
	var b strings.Builder
	b.WriteString(pick("", "\uFEFF") + pick("", "# é\n", "---\n"))
	for i := range 1 + random.IntN(6) {
		key := pick("k%d", "'k%d'", `"k%d"`, "k %d é")
		fmt.Fprintf(&b, key+":", i)
		switch random.IntN(8) {
		case 0, 1:
			b.WriteString(" " + inline() + pick("", " # c", "  #: '\""))
		case 2:
			fmt.Fprintf(&b, " [%s, {a: %s, \"b\": %s}, [%s]]", inline(), inline(), inline(), inline())
		case 3:
			fmt.Fprintf(&b, " {a: %s,\n  b: [%s], c: , d } # c", inline(), inline())
		case 4:
			b.WriteString(pick(" |", " >", " |-", " >2", " |+ # c") + "\n  one\n\n   # two\n  three")
		case 5:
			fmt.Fprintf(&b, "\n  - %s # c\n  -\n  - a: %s\n    b:\n  - - %s", inline(), inline(), inline())
		case 6:
			b.WriteString(pick("", "  # c", " one\n  two", " 'one\n\n  two'", "\n  one", " |\n", " \"a\\\n  b\""))
		case 7:
			fmt.Fprintf(&b, "\n  a: %s\n  # c\n  b: %s", inline(), inline())
		}
		b.WriteString("\n")
	}
	text := b.String()
	if random.IntN(3) == 0 {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return text
}

// FuzzPutRight holds that whatever a record is, a scalar put right in it leaves
// a record with this value and all others as they were.
func FuzzPutRight(f *testing.F) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		f.Add([]byte(randomRecord(random)), "x", uint(1))
	}
	for _, value := range []string{"", "a: b", "#", "'", `"`, "- a", "é", "\u0085", "no", "12"} {
		f.Add([]byte("a: {b, c: 'd', e: f}\ng: |\n  h\ni:\n"), value, uint(2))
	}
	f.Fuzz(func(t *testing.T, data []byte, value string, which uint) {
		r, _ := record.Load(name, data)
		if r == nil || len(data) > 10_000 {
			t.Skip()
		}
		paths := scalars(r.Root, nil)
		if len(paths) == 0 {
			t.Skip()
		}
		path := paths[int(which%uint(len(paths)))]
		rule := &finding.Rule{ID: "thing/rule", Severity: finding.Error}
		f := finding.New(rule, r.Locate(path, false), "wrong").WithExpected(value)
		fixed, places := putRight(name, data, []finding.Finding{f})
		if len(places) == 0 {
			return
		}
		again, problems := record.Load(name, fixed)
		if again == nil {
			t.Fatalf("%q becomes %q: %v", data, fixed, problems)
		}
		if got := again.Root.At(path); got.Kind != record.String || got.Text != value {
			t.Errorf("%q becomes %q, where %v is %q", data, fixed, path, got.Text)
		}
		*again.Root.At(path) = *r.Root.At(path)
		if !again.Root.Equal(r.Root) {
			t.Errorf("%q becomes %q, where more has changed", data, fixed)
		}
	})
}

func tree(texts ...string) *Tree {
	fsys := fstest.MapFS{}
	for i := 0; i < len(texts); i += 2 {
		fsys[texts[i]] = &fstest.MapFile{Data: []byte(texts[i+1])}
	}
	return New(fsys)
}

func read(t *testing.T, fsys fs.FS, name string) string {
	t.Helper()
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestRounds has a second value follow from the first.
func TestRounds(t *testing.T) {
	files := tree(name, "a: 1\nb: 2\n", "partners/other/partner.yaml", "a: 1\n")
	var told [][]string
	err := files.Run(func(changed []string) ([]finding.Finding, error) {
		told = append(told, changed)
		switch text := read(t, files, name); text {
		case "a: 1\nb: 2\n":
			return []finding.Finding{want{"/a", 5}.found(t, text)}, nil
		case "a: 5\nb: 2\n":
			return []finding.Finding{want{"/b", 10}.found(t, text)}, nil
		}
		return nil, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{nil, {name}, {name}}, told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Change{{name, []byte("a: 1\nb: 2\n"), []byte("a: 5\nb: 10\n"), 2}}, files.Changes()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRivals has two rules want one value after the other, while another file
// can be put right.
func TestRivals(t *testing.T) {
	other := "partners/other/partner.yaml"
	files := tree(name, "a: 1\n", other, "a: 1\n")
	rounds := 0
	err := files.Run(func([]string) ([]finding.Finding, error) {
		rounds++
		text := read(t, files, name)
		expected := map[string]int{"a: 1\n": 2, "a: 2\n": 3, "a: 3\n": 2}[text]
		found := []finding.Finding{want{"/a", expected}.found(t, text)}
		if text := read(t, files, other); rounds < 5 {
			f := want{"/a", rounds * 10}.found(t, text)
			f.File = other
			found = append(found, f)
		}
		return found, nil
	})
	if err != nil || rounds != 5 {
		t.Errorf("%d rounds, %v", rounds, err)
	}
	if got := read(t, files, name) + read(t, files, other); got != "a: 3\na: 40\n" {
		t.Errorf("it ends with %q", got)
	}
}

func TestEndlessRules(t *testing.T) {
	files := tree(name, "a: 0\n")
	rounds := 0
	err := files.Run(func([]string) ([]finding.Finding, error) {
		rounds++
		return []finding.Finding{want{"/a", rounds}.found(t, read(t, files, name))}, nil
	})
	if err != nil || rounds != maxRounds+1 {
		t.Errorf("%d rounds, %v", rounds, err)
	}
}

func TestBackAsItWas(t *testing.T) {
	files := tree(name, "a: 1\n")
	rounds := 0
	if err := files.Run(func([]string) ([]finding.Finding, error) {
		rounds++
		return []finding.Finding{want{"/a", 1 + rounds%2}.found(t, read(t, files, name))}, nil
	}); err != nil {
		t.Fatal(err)
	}
	if got := read(t, files, name); got != "a: 2\n" {
		t.Errorf("it ends with %q", got)
	}
}

func TestTakeBack(t *testing.T) {
	better, same, worse := "partners/better/partner.yaml", "partners/same/partner.yaml", "partners/worse/partner.yaml"
	files := tree(better, "a: 1\nb: 1\n", same, "a: 1\n", worse, "a: 1\n")
	at := func(file string, w want) finding.Finding {
		f := w.found(t, read(t, files, file))
		f.File = file
		return f
	}
	var first, now []finding.Finding
	if err := files.Run(func(changed []string) ([]finding.Finding, error) {
		two := want{"/a", 2}
		now = []finding.Finding{at(better, two), at(same, two), at(worse, two)}
		if first == nil {
			now = append(now, at(better, want{"/b", nil}))
			first = now
		} else {
			now = append(now, at(worse, want{"/a", nil}))
		}
		return now, nil
	}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{same, worse}, files.TakeBack(first, now)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := read(t, files, better) + read(t, files, same) + read(t, files, worse); got != "a: 2\nb: 1\na: 1\na: 1\n" {
		t.Errorf("it ends with %q", got)
	}
	if changes := files.Changes(); len(changes) != 1 || changes[0].Path != better {
		t.Errorf("%v", changes)
	}
}

func TestErrors(t *testing.T) {
	refusal := errors.New("no")
	err := tree().Run(func([]string) ([]finding.Finding, error) { return nil, refusal })
	if !errors.Is(err, refusal) {
		t.Errorf("%v", err)
	}
	err = tree().Run(func([]string) ([]finding.Finding, error) {
		return []finding.Finding{want{"/a", 1}.found(t, "a: 2\n")}, nil
	})
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

// TestTree holds that the tree is one that Go's own file systems are like.
func TestTree(t *testing.T) {
	files := tree(name, "a: 1\n", "partners/other/partner.yaml", "a: 1\n")
	first := true
	err := files.Run(func([]string) ([]finding.Finding, error) {
		if !first {
			return nil, nil
		}
		first = false
		return []finding.Finding{want{"/a", 12345}.found(t, "a: 1\n")}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, files, name); got != "a: 12345\n" {
		t.Errorf("it holds %q", got)
	}
	if about, err := fs.Lstat(files, name); err != nil || about.Size() != 9 {
		t.Errorf("%v, %v", about, err)
	}
	if _, err := fs.ReadLink(files, name); err == nil {
		t.Error("it is no link")
	}
	if entries, err := fs.ReadDir(files, "partners"); err != nil || len(entries) != 2 {
		t.Errorf("%v, %v", entries, err)
	}
}

// TestRefused holds that nothing is written that policies derive from a value that is
// itself refused, until the value is right.
func TestRefused(t *testing.T) {
	files := tree(name, "a: -1\nb: four\n")
	of := func(rule string, w want) finding.Finding {
		f := w.found(t, read(t, files, name))
		f.Rule = rule
		return f
	}
	if err := files.Run(func([]string) ([]finding.Finding, error) {
		found := []finding.Finding{of("schema/minimum", want{"/a", nil}), of("license/seats", want{"/b", 1})}
		if read(t, files, name) == "a: -1\nb: four\n" {
			found = append(found, of("schema/type", want{"/b", 4}))
			found[1].Expected = finding.Value{}
		}
		return found, nil
	}); err != nil {
		t.Fatal(err)
	}
	if got := read(t, files, name); got != "a: -1\nb: 4\n" {
		t.Errorf("it ends with %q", got)
	}
}

// TestMended holds that what makes a file readable is kept, though more is found in it
// then.
func TestMended(t *testing.T) {
	files := tree(name, "lead: yes\n")
	var first, now []finding.Finding
	if err := files.Run(func(changed []string) ([]finding.Finding, error) {
		one := finding.New(&finding.Rule{ID: "yaml/syntax", Severity: finding.Error}, finding.Place{File: name, Span: source.Start}, "no")
		if now = []finding.Finding{one}; changed == nil {
			first = now
			return now, nil
		}
		now = []finding.Finding{one, one}
		return now, nil
	}); err != nil {
		t.Fatal(err)
	}
	if undone := files.TakeBack(first, now); undone != nil {
		t.Errorf("%q is undone", undone)
	}
	if got := read(t, files, name); got != "lead: \"yes\"\n" {
		t.Errorf("it ends with %q", got)
	}
}

// TestMendsAll holds that mistakes of which each hides the next do not take a round
// each.
func TestMendsAll(t *testing.T) {
	lines := 2 * maxRounds
	fixed, places := putRight(name, []byte(lined("lead%d: @alice\n", lines)), nil)
	if diff := cmp.Diff(lined("lead%d: \"@alice\"\n", lines), string(fixed)); diff != "" || len(places) != lines {
		t.Errorf("%d places (-want +got):\n%s", len(places), diff)
	}
}

func lined(format string, lines int) string {
	var text strings.Builder
	for n := range lines {
		fmt.Fprintf(&text, format, n)
	}
	return text.String()
}
