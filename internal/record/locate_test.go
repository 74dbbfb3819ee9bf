package record_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// document has a value in every style that YAML knows.
const document = `# Acme
plain: one two   # three
folded: one
  two

  three # four
"quoted key": 'it''s: # ]'
double : "a \" \\" # "
lines: "one \
  two

  \t three"
single:
  'one
  two'
literal: |  # kept
  one
   # two

  three
strip: >2-

   one
  two
keep: |+
  one

empty block: |
list:
  - one
  -
  - ~
  - key: value
    other: [value]
  - - inner
    - {a: b}
  -   # below
    below: 5
flow: [one, 'two]', "}", [three, {a: [b]}], [], {}, ]
long: {  # }
  a: b#c, # ]
  "d":e
    f,
  g: , ? h : i, j
 }
pairs: [a: b, "c" : , ? d : [e],
  f: {}]
empty map: {}
empty list: [ # nothing
 ]
seats:
plan: ~
wide: [日本, é, 👩‍👩‍👧, z]
日本: é
? explicit
: one
? |
  block key
: two
budget:
  amount: 1.10
  a/b:
    m~n: last`

// places are where its values are: line, column and text of the value and of
// its key.
var places = []struct {
	pointer, value, key string
}{
	{"", "2:1 plain", "2:1 plain"},
	{"/plain", "2:8 one two", "2:1 plain"},
	{"/folded", "3:9 one\n  two\n\n  three", "3:1 folded"},
	{"/quoted key", "7:15 'it''s: # ]'", `7:1 "quoted key"`},
	{"/double", `8:10 "a \" \\"`, "8:1 double"},
	{"/lines", "9:8 \"one \\\n  two\n\n  \\t three\"", "9:1 lines"},
	{"/single", "14:3 'one\n  two'", "13:1 single"},
	{"/literal", "16:10 |  # kept\n  one\n   # two\n\n  three", "16:1 literal"},
	{"/strip", "21:8 >2-\n\n   one\n  two", "21:1 strip"},
	{"/keep", "25:7 |+\n  one", "25:1 keep"},
	{"/empty block", "28:14 |", "28:1 empty block"},
	{"/list", "29:1 list", "29:1 list"},
	{"/list/0", "30:5 one", "30:5 one"},
	{"/list/1", "31:4 ", "31:4 "},
	{"/list/2", "32:5 ~", "32:5 ~"},
	{"/list/3", "33:5 key", "33:5 key"},
	{"/list/3/key", "33:10 value", "33:5 key"},
	{"/list/3/other", "34:12 [value]", "34:5 other"},
	{"/list/4", "35:7 inner", "35:7 inner"},
	{"/list/4/0", "35:7 inner", "35:7 inner"},
	{"/list/4/1", "36:7 {a: b}", "36:7 {a: b}"},
	{"/list/4/1/a", "36:11 b", "36:8 a"},
	{"/list/5", "38:5 below", "38:5 below"},
	{"/list/5/below", "38:12 5", "38:5 below"},
	{"/flow", `39:7 [one, 'two]', "}", [three, {a: [b]}], [], {}, ]`, "39:1 flow"},
	{"/flow/0", "39:8 one", "39:8 one"},
	{"/flow/1", "39:13 'two]'", "39:13 'two]'"},
	{"/flow/2", `39:21 "}"`, `39:21 "}"`},
	{"/flow/3", "39:26 [three, {a: [b]}]", "39:26 [three, {a: [b]}]"},
	{"/flow/3/1", "39:34 {a: [b]}", "39:34 {a: [b]}"},
	{"/flow/3/1/a", "39:38 [b]", "39:35 a"},
	{"/flow/4", "39:45 []", "39:45 []"},
	{"/flow/5", "39:49 {}", "39:49 {}"},
	{"/long", "40:7 {  # }\n  a: b#c, # ]\n  \"d\":e\n    f,\n  g: , ? h : i, j\n }", "40:1 long"},
	{"/long/a", "41:6 b#c", "41:3 a"},
	{"/long/d", "42:7 e\n    f", `42:3 "d"`},
	{"/long/g", "44:3 g", "44:3 g"},
	{"/long/h", "44:14 i", "44:10 h"},
	{"/long/j", "44:17 j", "44:17 j"},
	{"/pairs", "46:8 [a: b, \"c\" : , ? d : [e],\n  f: {}]", "46:1 pairs"},
	{"/pairs/0", "46:9 a: b", "46:9 a: b"},
	{"/pairs/0/a", "46:12 b", "46:9 a"},
	{"/pairs/1/c", `46:15 "c"`, `46:15 "c"`},
	{"/pairs/2", "46:23 ? d : [e]", "46:23 ? d : [e]"},
	{"/pairs/2/d", "46:29 [e]", "46:25 d"},
	{"/pairs/3", "47:3 f: {}", "47:3 f: {}"},
	{"/empty map", "48:12 {}", "48:1 empty map"},
	{"/empty list", "49:13 [ # nothing\n ]", "49:1 empty list"},
	{"/seats", "51:1 seats", "51:1 seats"},
	{"/plan", "52:7 ~", "52:1 plan"},
	{"/wide/1", "53:12 é", "53:12 é"},
	{"/wide/2", "53:15 👩‍👩‍👧", "53:15 👩‍👩‍👧"},
	{"/wide/3", "53:22 z", "53:22 z"},
	{"/日本", "54:5 é", "54:1 日本"},
	{"/explicit", "56:3 one", "55:3 explicit"},
	{"/block key\n", "59:3 two", "57:3 |\n  block key"},
	{"/budget", "60:1 budget", "60:1 budget"},
	{"/budget/amount", "61:11 1.10", "61:3 amount"},
	{"/budget/a~1b", "62:3 a/b", "62:3 a/b"},
	{"/budget/a~1b/m~0n", "63:10 last", "63:5 m~n"},
}

func TestLocate(t *testing.T) {
	for _, variant := range variants {
		r := load(t, variant.of(document))
		for _, place := range places {
			t.Run(variant.name+place.pointer, func(t *testing.T) {
				path := pointer.Path(place.pointer)
				value, key := r.Locate(path, false), r.Locate(path, true)
				for _, got := range []finding.Place{value, key} {
					if got.Pointer() != place.pointer || got.File != r.Path {
						t.Errorf("the place is %s of %s", got.Pointer(), got.File)
					}
				}
				want := []string{variant.of(place.value), variant.of(place.key)}
				got := []string{show(r, value), show(r, key)}
				for i := range want {
					want[i] = strings.TrimPrefix(want[i], "\uFEFF")
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("value and key (-want +got):\n%s", diff)
				}
			})
		}
	}
}

// show returns where a place starts and the text that it spans.
func show(r *record.Record, place finding.Place) string {
	return fmt.Sprintf("%d:%d %s", place.Span.Start.Line, place.Span.Start.Column, spanned(r, place))
}

func spanned(r *record.Record, place finding.Place) string {
	return string(r.File.Text()[r.File.Offset(place.Span.Start):r.File.Offset(place.Span.End)])
}

// otherPlaces are a value's place in a text of its own.
var otherPlaces = []struct {
	name, text, pointer string
	want                string
}{
	{"record in braces", " {a: 1}\n", "", "1:2 {a: 1}"},
	{"empty record", "{ }", "", "1:1 { }"},
	{"record of one scalar", "--- Acme", "", "1:5 Acme"},
	{"record of one quoted scalar", "'Acme\n\n  é'", "", "1:1 'Acme\n\n  é'"},
	{"record is a list", "# c\n- a: 1\n", "", "2:3 a"},
	{"record is a list of lists", "- - - a\n", "", "1:7 a"},
	{"list beside its key", "a:\n- b\n", "/a", "1:1 a"},
	{"list under a quoted key", "\"a\":\n- - b\n", "/a", `1:1 "a"`},
	{"list that starts with nothing", "-\n-\n", "/1", "2:2 "},
	{"first character of the file", "\uFEFF日本: 5", "/日本", "1:5 5"},
	{"behind a document's start", "--- {a: 5}\n", "/a", "1:9 5"},
	{"bracket in a key", "a: {\"}\": 1, '{': [2]}\n", "/a", `1:4 {"}": 1, '{': [2]}`},
	{"bracket in a pair", "a: [\"[\": ']']\n", "/a/0", `1:5 "[": ']'`},
	{"bracket in a comment", "a: [b, # ]\n  # }\n  c # ]\n  ]\n", "/a", "1:4 [b, # ]\n  # }\n  c # ]\n  ]"},
	{"names without values", "a: {b, \"c\", d: }\n", "/a", "1:4 {b, \"c\", d: }"},
	{"question mark without a value", "a: {? b}\n", "/a", "1:4 {? b}"},
	{"pair of nothing", "a: [? b, c]\n", "/a", "1:4 [? b, c]"},
	{"literal at the end", "a: |", "/a", "1:4 |"},
	{"literal behind blank lines", "a: |\n\n\n  b\n\n\nc: d\n", "/a", "1:4 |\n\n\n  b"},
	{"literal is the record", "--- |\n b\n", "", "1:5 |\n b"},
	{"header like its text", "a: |2-\n  2-\n", "/a", "1:4 |2-\n  2-"},
	{"comment like its text", "a: | # b\n  b\nb: c\n", "/a", "1:4 | # b\n  b"},
}

func TestLocateOtherRecords(t *testing.T) {
	for _, test := range otherPlaces {
		t.Run(test.name, func(t *testing.T) {
			r := load(t, test.text)
			if diff := cmp.Diff(test.want, show(r, r.Locate(pointer.Path(test.pointer), false))); diff != "" {
				t.Errorf("%q (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

// TestLocateNowhere has paths that lead to nothing: the nearest value above is meant.
func TestLocateNowhere(t *testing.T) {
	r := load(t, "a:\n  b: [1, 2]\nc: 5\n")
	for _, test := range []struct {
		name string
		path []string
		want finding.Place
		key  string
	}{
		{"field of the record", []string{"d"}, finding.Place{}, "1:1 a"},
		{"field of a field", []string{"a", "d", "e"}, finding.Place{Path: []string{"a"}}, "1:1 a"},
		{"entry of a list", []string{"a", "b", "2"}, finding.Place{Path: []string{"a", "b"}}, "2:6 [1, 2]"},
		{"entry below 0", []string{"a", "b", "-1"}, finding.Place{Path: []string{"a", "b"}}, "2:6 [1, 2]"},
		{"no entry but a name", []string{"a", "b", "c"}, finding.Place{Path: []string{"a", "b"}}, "2:6 [1, 2]"},
		{"field of a scalar", []string{"c", "0"}, finding.Place{Path: []string{"c"}, Subject: "5"}, "3:4 5"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := r.Locate(test.path, false)
			if diff := cmp.Diff(test.key, show(r, got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			test.want.File, test.want.Span = path, got.Span
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestLocateTellsTheSubject(t *testing.T) {
	r := load(t, "a: 'it''s'\nb: 1.10\nc: [x]\nd:\n")
	for at, want := range map[string]string{"": "", "/a": "it's", "/b": "1.10", "/c": "", "/c/0": "x", "/d": ""} {
		if got := r.Locate(pointer.Path(at), false).Subject; got != want {
			t.Errorf("the subject at %q is %q, want %q", at, got, want)
		}
	}
}

// each calls visit with the path of every value of a record.
func each(n *record.Node, path []string, visit func(n *record.Node, path []string)) {
	visit(n, path)
	path = path[:len(path):len(path)]
	for i, item := range n.Items {
		each(item, append(path, strconv.Itoa(i)), visit)
	}
	for _, field := range n.Fields {
		each(field.Value, append(path, field.Key), visit)
	}
}
