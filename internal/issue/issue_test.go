package issue

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/table"
	"gitlab.com/gitlab-com/alliances/schemas"
)

var kinds = sync.OnceValues(func() (*schema.Set, error) { return schema.Load(schemas.Files) })

// fieldsOf returns what an issue can say of a record of a kind.
func fieldsOf(t testing.TB, kind string) *table.Fields {
	t.Helper()
	set, err := kinds()
	if err != nil {
		t.Fatal(err)
	}
	return &table.Fields{Kind: []string{kind}, Fields: set.Fields(kind), Names: []string{"partner", "id"}}
}

// said returns all that an issue says, by path or name.
func said(found *Issue) map[string]any {
	all := map[string]any{}
	for _, value := range found.Values {
		all[strings.Join(value.Path, ".")] = value.Value.JSON()
	}
	for name, value := range found.Names {
		all[name] = value
	}
	return all
}

// TestRead reads what people type, and what GitLab and e-mail make of it.
func TestRead(t *testing.T) {
	for _, test := range []struct {
		name, kind, text string
		want             map[string]any
	}{
		{"headings of any depth", "license", "# Partner\na\n###### Purpose ##\nb\n", map[string]any{"partner": "a", "purpose": "b"}},
		{"titles, paths and names", "license", "## Seats granted\n8\n## revoked.reason\nc\n## plan\nUltimate", map[string]any{"seats": "8", "revoked.reason": "c", "plan": "ultimate"}},
		{"labels", "license", "**Purpose:** a\nb\n- **Product**: gitlab.com\n**seats_requested :** 8", map[string]any{"purpose": "a\nb", "product": "gitlab.com", "seats_requested": "8"}},
		{"labels below what is no field", "license", "# Wish\n\n**Purpose:** a", map[string]any{"purpose": "a"}},
		{"bold letters in an answer", "license", "## Purpose\na\n**Plan:** b", map[string]any{"purpose": "a\n**Plan:** b"}},
		{"headings in bold letters, with a colon", "license", "## **Purpose**:\na\n## *Plan*\nultimate", map[string]any{"purpose": "a", "plan": "ultimate"}},
		{"Windows, and a byte order mark", "license", "\ufeff## Purpose\r\n\r\na\r\nb\r\n", map[string]any{"purpose": "a\nb"}},
		{"comments", "license", "<!-- x -->## Purpose\n<!-- ## Plan\nb -->\na <!-- c -->\n", map[string]any{"purpose": "a"}},
		{"no response", "license", "## Purpose\na\n## Plan\n\n_No response_\n## Contact\n *no response*", map[string]any{"purpose": "a"}},
		{"a quotation", "license", "> ## Purpose\n> > a\n>\n> > b\n", map[string]any{"purpose": "a\n\nb"}},
		{"a quotation in an answer", "license", "## Purpose\na\n> b\n", map[string]any{"purpose": "a\n> b"}},
		{"code", "license", "## Purpose\n```sh\n# Plan\n**Plan:** x\n~~~\n```\n## Plan\nultimate", map[string]any{"purpose": "```sh\n# Plan\n**Plan:** x\n~~~\n```", "plan": "ultimate"}},
		{"code in longer fences", "license", "## Purpose\n````\n```\n# Plan\nb\n````\n## Plan\nultimate", map[string]any{"purpose": "````\n```\n# Plan\nb\n````", "plan": "ultimate"}},
		{"code whose fence goes on", "license", "## Purpose\n```\n```sh\n# Plan\n```\n## Plan\nultimate", map[string]any{"purpose": "```\n```sh\n# Plan\n```", "plan": "ultimate"}},
		{"code in a line", "license", "## Purpose\n```a``` b\n## Plan\nultimate", map[string]any{"purpose": "```a``` b", "plan": "ultimate"}},
		{"boxes", "partner", "## Regions\n- [x] Europe\n* [X]  asia\n- [ ] africa\n  and more\n1. [~] oceania\n## Type of partner\n- [ ] cloud\n- [x] integrated", map[string]any{"regions": []any{"europe", "asia"}, "type": "integrated"}},
		{"no box ticked", "partner", "## Name\na\n## Regions\n- [ ] Europe\n## Type of partner\n- [ ] cloud", map[string]any{"name": "a"}},
		{"items", "request", "## Next steps\n- Call; then | write\n  a note\n2) Meet\n\n  b\n## Description\n- [x] a\n- [ ] b", map[string]any{"next_steps": []any{"Call; then | write a note", "Meet", "b"}, "description": "- [x] a\n- [ ] b"}},
		{"one item", "partner", "## Other names\n- A; B\n## Country\nDE", map[string]any{"aliases": []any{"A; B"}, "country": "DE"}},
		{"lines, and a line", "partner", "## Other names\nA; B\nC\n## Regions\nasia; europe", map[string]any{"aliases": []any{"A; B", "C"}, "regions": []any{"asia", "europe"}}},
		{"entries of objects", "campaign", "## Marketing targets.1.Metric\n\n## Marketing targets.2.Metric\nb\n## Marketing targets.2.Target\n12", map[string]any{"marketing_targets.0.metric": "b", "marketing_targets.0.target": "12"}},
	} {
		found, err := Read([]byte(test.text), fieldsOf(t, test.kind))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		got := said(found)
		for name, value := range got {
			if _, isList := value.([]any); !isList {
				got[name] = fmt.Sprint(value)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestLost tells of all that was typed and no field takes.
func TestLost(t *testing.T) {
	text := "Hello\n\n## Wish\n\n## Purpose\na\n## Purpsoe\nb\n### " + strings.Repeat("x", 80) + "\nc\n**Note:** d"
	found, err := Read([]byte(text), fieldsOf(t, "license"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Lost{
		{1, "what stands above the first heading was not taken"},
		{7, "what stands below \"Purpsoe\" was not taken: no field is called so; did you mean `purpose`?"},
		{9, `what stands below "` + strings.Repeat("x", maxShown-1) + `…" was not taken: no field is called so`},
		{11, `what stands below "Note" was not taken: no field is called so`},
	}
	if diff := cmp.Diff(want, found.Lost); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestReadRefuses says what is wrong with a text, and where.
func TestReadRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                                         ErrNoField.Error(),
		"## Purpose\n\n<!-- a -->\n":               ErrNoField.Error(),
		"## Wish\na":                               ErrNoField.Error(),
		"## Purpose\na\x00":                        "line 2 holds a control character (U+0000)",
		"## Purpose\n\n\x1b[31m":                   "line 3 holds a control character (U+001B)",
		"## Purpose\nfo\xff":                       "line 2 is no UTF-8",
		"## Purpose\na <!-- b\nc":                  "line 2 begins a comment (<!--) that never ends",
		"## Purpose\na\n## purpose\nb":             "line 3, purpose: it was answered in line 1 already",
		"## Plan\n- [x] ultimate\n- [x] premium":   "line 1, Plan: it takes one value, and here are 2: ultimate; premium",
		"## Plan\n- [x] ultimate\nor another":      "line 1, Plan: it takes one value, and here are 2: ultimate; or another",
		"## Seats granted\n8,000":                  `line 1, Seats granted: "8,000" can be 8000 or 8.000`,
		strings.Repeat("# x\ny\n", maxSections+10): "there are more than 500 headings",
	} {
		if _, err := Read([]byte(text), fieldsOf(t, "license")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %s", text, err, want)
		}
	}
}

// FuzzRead makes sure that whatever is typed is read or refused.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"## Purpose\na", "**Plan:** b", "> # Partner\n> a", "## Regions\n- [x] a\n", "```\n# Plan", "<!--", "\xff", "a\n# b\nc", "## Purpose\r\n_No response_",
	} {
		f.Add(seed)
	}
	fields := fieldsOf(f, "license")
	f.Fuzz(func(t *testing.T, text string) {
		found, err := Read([]byte(text), fields)
		if found == nil {
			t.Fatal("there is no issue")
		}
		if errors.Is(err, ErrNoField) && len(found.Values)+len(found.Names) > 0 {
			t.Error("it says something")
		}
		if err == nil && len(found.Values)+len(found.Names) == 0 {
			t.Error("nothing is said, and nothing is wrong")
		}
	})
}
