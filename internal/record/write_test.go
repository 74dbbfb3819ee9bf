package record

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const writtenRecord = `kind: thing
# two
# lines
name: A thing, with a colon: and a comma
quoted: "a: b"
empty: ""
number_like: "012"
date: 2026-03-02
"yes": "null"
note: "one\ntwo\t\u202e\\ \"x\""
count: 5.0
ok: true
nothing: null
none: []
nil: {}
list:
  - a
  -
    - b
    - "- c"
  - name: d
    size: 2
  - name:
      first: e
`

func TestWrite(t *testing.T) {
	text := strings.Replace(writtenRecord, "colon: and", "colon:and", 1)
	rec, findings := Load("a", []byte(text))
	if rec == nil {
		t.Fatal(findings)
	}
	got := Write(rec.Root, func(path []string) string {
		if strings.Join(path, "/") == "name" {
			return "two\nlines"
		}
		return ""
	})
	if diff := cmp.Diff(text, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// FuzzWrite holds that what is written is read as the same.
func FuzzWrite(f *testing.F) {
	for _, seed := range []string{"", "a", "a: b", "- a", "# a", "a #b", "'", "\"", "@a", "*a", "&a", "!a", "|", ">", "%", "{", "[", "a,b", "1", "1e5", "~", " a", "a ", "a\n", "\u0085", "\ufeffa", "\x00", "---", "...", "? a", "a:", ":", "<<", "=", "y", "\ufeff", "... x", "%a", "null", "5", "\u034f", "é\u034f\U000e0100"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 200 || strings.ContainsRune(text, '\ufffd') || strings.ToValidUTF8(text, "") != text {
			return // no record holds it
		}
		root := &Node{Kind: Map, Fields: []Field{
			{Key: "a", Value: &Node{Kind: String, Text: text}},
			{Key: "b", Value: &Node{Kind: List, Items: []*Node{{Kind: String, Text: text}}}},
			{Key: "c", Value: &Node{Kind: Map, Fields: []Field{{Key: text, Value: &Node{Kind: String, Text: text}}}}},
		}}
		written := Write(root, func([]string) string { return "" })
		rec, findings := Load("a", written)
		if rec == nil {
			t.Fatalf("%q is written\n%s\n%v", text, written, findings)
		}
		if !rec.Root.Equal(root) {
			t.Errorf("%q is written\n%s", text, written)
		}
	})
}
