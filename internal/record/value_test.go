package record_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

type (
	object = map[string]any
	list   = []any
)

// values are texts and what they are in JSON.
var values = []struct {
	name, text string
	want       any
}{
	{"yes and no are words in quotes", "['yes', \"no\", \"Yes\", 'NO', 'on', \"off\", \"y\", 'n']", list{"yes", "no", "Yes", "NO", "on", "off", "y", "n"}},
	{"truth", "[true, True, TRUE, false, False, FALSE]", list{true, true, true, false, false, false}},
	{"almost truth", "[tRUE, truE, 'true', \"false\", yEs, oN, nope, ny]", list{"tRUE", "truE", "true", "false", "yEs", "oN", "nope", "ny"}},
	{"nothing", "a:\nb: ~\nc: null\nd: Null\ne: NULL\nf: # none\n", object{"a": nil, "b": nil, "c": nil, "d": nil, "e": nil, "f": nil}},
	{"almost nothing", "[nULL, 'null', \"~\", '', \"\", nil, none]", list{"nULL", "null", "~", "", "", "nil", "none"}},
	{"nothing in a list", "-\n- ~\n-\n", list{nil, nil, nil}},
	{"nothing in braces", "{a, b: , c: ~}", object{"a": nil, "b": nil, "c": nil}},
	{"dates are strings", "[2026-03-01, 2026-3-1, 2026-02-30, 2026-03-01 12:30:00]", list{"2026-03-01", "2026-3-1", "2026-02-30", "2026-03-01 12:30:00"}},
	{"numbers keep their digits", "[1.10, 100000000000000000000000000001, -0]", list{json.Number("1.10"), json.Number("100000000000000000000000000001"), json.Number("-0")}},
	{"plain, folded", "a: one\n  two\n\n  three # four\n", object{"a": "one two\nthree"}},
	{"plain with marks inside", "a: b:c #d? e#f 'g' [h] {i}\n", object{"a": "b:c"}},
	{"plain with a hash", "a: b#c 'd' [e], {f}\n", object{"a": "b#c 'd' [e], {f}"}},
	{"single quotes", "a: 'it''s: # \\n {x}'\n", object{"a": "it's: # \\n {x}"}},
	{"double quotes", `a: "\"\\\t\n\x41\u00e9\U0001F98A\N\L\P\0"`, object{"a": "\"\\\t\nAé🦊\u0085\u2028\u2029\x00"}},
	{"quotes, folded", "a: 'one\n  two\n\n  three'\nb: \"one \\\n  two\"\n", object{"a": "one two\nthree", "b": "one two"}},
	{"literal", "a: |\n  one\n   two\n\n  # three\n", object{"a": "one\n two\n\n# three\n"}},
	{"literal, stripped and kept", "a: |-\n  one\n\nb: |+\n  one\n\n", object{"a": "one", "b": "one\n\n"}},
	{"folded", "a: >\n  one\n  two\n\n  three\n", object{"a": "one two\nthree\n"}},
	{"with an indentation", "a: |2\n   one\n  two\n", object{"a": " one\ntwo\n"}},
	{"block scalar of nothing", "a: |\nb: >-\n", object{"a": "", "b": ""}},
	{"empty collections", "a: {}\nb: []\n", object{"a": object{}, "b": list{}}},
	{"record of nothing but braces", "{}", object{}},
	{"pair in brackets", "[a: b, c: ]", list{object{"a": "b"}, object{"c": nil}}},
	{"question mark", "? a\n: b\n? c\n", object{"a": "b", "c": nil}},
	{"question mark, block scalar", "? |\n  a\n: b\n", object{"a\n": "b"}},
	{"question mark starts a name", "?a: b\nc:\n  ?d: ?e\n", object{"?a": "b", "c": object{"?d": "?e"}}},
	{"quoted keys", `{"true": 1, '12': 2, "": 3, '<<': 4}`, object{"true": json.Number("1"), "12": json.Number("2"), "": json.Number("3"), "<<": json.Number("4")}},
	{"two less-than signs in quotes are a value", "a: '<<'\n", object{"a": "<<"}},
	{"one scalar", "Acme\n", "Acme"},
	{"behind a document's start", "--- # a record\na: b\n...\n# its end\n", object{"a": "b"}},
	{"blanks of other scripts", "a: b\u00a0c\u3000d\n", object{"a": "b\u00a0c\u3000d"}},
	{"mark at the start", "\uFEFFa: b\n", object{"a": "b"}},
	{"private characters", "a: \ue000\ue001\ue002 \U0010FFFD\n", object{"a": "\ue000\ue001\ue002 \U0010FFFD"}},
}

func TestValues(t *testing.T) {
	for _, test := range values {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, load(t, test.text).Root.JSON()); diff != "" {
				t.Errorf("%q (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

// TestSeparators holds that the line breaks of YAML 1.1 that YAML 1.2 does not
// know are refused wherever they stand.
func TestSeparators(t *testing.T) {
	for _, marked := range []string{
		"# one«␤»two: 3\na: b\n", "a: one«␤»two\n", "a: 'one «␤» two'\n", "a: |\n  one«␤»two\n", "a: [one«␤», '␤']\n", "a«␤»b: c\n",
	} {
		for _, separator := range []string{"\u0085", "\u2028", "\u2029"} {
			text, spans := unmark(t, strings.ReplaceAll(marked, "␤", separator))
			if diff := cmp.Diff([]string{brief(spans[0], "yaml/encoding")}, briefs(findingsOf(t, text))); diff != "" {
				t.Errorf("%q (-want +got):\n%s", text, diff)
			}
		}
	}
}

func TestAt(t *testing.T) {
	r := load(t, "a: {b: [1, {c: x}]}\n\"\": z\n")
	for _, test := range []struct {
		path []string
		want any
	}{
		{[]string{"a", "b", "0"}, json.Number("1")},
		{[]string{"a", "b", "1", "c"}, "x"},
		{[]string{""}, "z"},
	} {
		if got := r.Root.At(test.path); got == nil || !cmp.Equal(test.want, got.JSON()) {
			t.Errorf("at %q is %v, want %v", test.path, got, test.want)
		}
	}
	for _, path := range [][]string{{"x"}, {"a", "x"}, {"a", "b", "2"}, {"a", "b", "-1"}, {"a", "b", "c"}, {"a", "b", "0", "0"}, {"a", "x", "y"}} {
		if got := r.Root.At(path); got != nil {
			t.Errorf("at %q is %v, want nothing", path, got.JSON())
		}
	}
}

func TestField(t *testing.T) {
	root := load(t, "a: true\nb: [x]\n").Root
	if got := root.Field("a"); got == nil || !got.True() || !got.IsScalar() {
		t.Errorf("a is %v, want true", got)
	}
	if got := root.Field("b"); got == nil || got.Kind != record.List || got.IsScalar() || got.True() {
		t.Errorf("b is %v, want a list", got)
	}
	for name, got := range map[string]*record.Node{
		"missing": root.Field("c"), "of a list": root.Field("b").Field("x"), "of nothing": root.Field("c").Field("d"),
	} {
		if got != nil {
			t.Errorf("the field %s is %v, want nothing", name, got.JSON())
		}
	}
}
