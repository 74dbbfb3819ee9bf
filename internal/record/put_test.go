package record

import (
	"slices"
	"strings"
	"testing"
)

// TestPut writes values into a record with comments, lists and objects.
func TestPut(t *testing.T) {
	text := `# A partner.
kind: partner
name: Example CI # as it spells it
aliases:
  # the first one
  - ExCI
  - CI
agreement:
  sales:
    by: "@a"
    date: 2026-01-12
documents:
- name: One
  url: https://docs.example/1
regions: [europe, asia]

# At the end.
notes: >-
  Some
  text.
`
	list := func(texts ...string) *Node {
		n := &Node{Kind: List}
		for _, s := range texts {
			n.Items = append(n.Items, &Node{Kind: String, Text: s})
		}
		return n
	}
	str := func(s string) *Node { return &Node{Kind: String, Text: s} }
	order := []string{"kind", "name", "aliases", "type", "agreement", "documents", "regions", "notes", "end"}
	before := func(a, b []string) bool {
		return slices.Index(order, a[len(a)-1]) < slices.Index(order, b[len(b)-1])
	}
	for _, test := range []struct {
		path  string
		value *Node
		old   string // what becomes
		now   string // this
	}{
		{"name", str("Example: CI"), "Example CI #", `"Example: CI" #`},
		{"name", str("Example CI"), "", ""},
		{"aliases", list("ExCI", "CI", "More"), "  - CI\n", "  - CI\n  - More\n"},
		{"aliases", list("Other"), "aliases:\n  # the first one\n  - ExCI\n  - CI\n", "aliases:\n  - Other\n"},
		{"type", str("cloud"), "  - CI\n", "  - CI\ntype: cloud\n"},
		{"agreement.sales.date", str("2026-02-01"), "2026-01-12", "2026-02-01"},
		{"agreement.sales.note", str("x"), "2026-01-12\n", "2026-01-12\n    note: x\n"},
		{"agreement.product.by", str("@b"), "2026-01-12\n", "2026-01-12\n  product:\n    by: \"@b\"\n"},
		{"documents.0.name", str("Two"), "name: One", "name: Two"},
		{"documents.1.name", str("Two"), "docs.example/1\n", "docs.example/1\n- name: Two\n"},
		{"regions", list("europe", "asia", "africa"), "[europe, asia]", "[europe, asia, africa]"},
		{"regions", list("europe"), " [europe, asia]", "\n  - europe"},
		{"notes", str("Other."), ">-\n  Some\n  text.\n", "Other.\n"},
		{"end", str("2026"), "  text.\n", "  text.\nend: \"2026\"\n"},
		{"address.city", str("x"), "  text.\n", "  text.\naddress:\n  city: x\n"},
	} {
		r, problems := Load("partner.yaml", []byte(text))
		if r == nil {
			t.Fatal(problems)
		}
		got, ok := r.Put(strings.Split(test.path, "."), test.value, before)
		want := strings.Replace(text, test.old, test.now, 1)
		if !ok || string(got) != want {
			t.Errorf("%s: ok %v\n%s\nwant\n%s", test.path, ok, got, want)
			continue
		}
		after, problems := Load("partner.yaml", got)
		if after == nil {
			t.Errorf("%s: %v", test.path, problems)
		} else if !after.Root.At(strings.Split(test.path, ".")).Equal(test.value) {
			t.Errorf("%s is %v", test.path, after.Root.At(strings.Split(test.path, ".")).JSON())
		}
	}
	r, _ := Load("partner.yaml", []byte("kind: partner\nagreement: {sales: {by: x}}\n"))
	if text, ok := r.Put([]string{"agreement", "product"}, str("x"), before); ok {
		t.Errorf("a field was written into braces: %s", text)
	}
}
