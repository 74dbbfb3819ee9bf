package catalogue

import (
	"encoding/json"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// made is a catalogue with all that a writer meets.
var made = &Catalogue{Rules: []Explanation{
	{
		Rule: finding.Rule{
			ID: "yaml/tag", Severity: finding.Error, Title: "No tags", Description: "A tag changes what a value is.",
			Help: "Delete the word that starts with `!`.",
		},
		Kind: "yaml",
	},
	{
		Rule: finding.Rule{
			ID: "event/name", Severity: finding.Warning, Title: "An event is <b>named</b>", Handbook: "Events & more", HandbookURL: "https://handbook.example/#events--more",
			Description: "People ask for it\nby name.\x1b[2J", Help: "Ask @all for its name.",
		},
		Kind: "event", File: "policies/rules/event/name/name.rego", Waivable: true,
		Before: policy.Example{"partners/a/events/1.yaml": "kind: event\n"},
		Wrong:  policy.Example{"partners/a/events/1.yaml": "kind: event\nname: |\n  ```` \x1b[2J\n\n  me\n", "partners/a/b": "1"},
		Right:  policy.Example{"partners/a/events/1.yaml": "kind: event\nname: me\n"},
	},
	{Rule: finding.Rule{ID: "event/deleted", Severity: finding.Error, Title: "An event is kept"}, Kind: "event"},
	{Rule: finding.Rule{ID: "kpi/deleted", Severity: finding.Error, Title: "A figure is kept"}, Kind: "kpi"},
}}

func written(t *testing.T, format string, c *Catalogue, o Options) string {
	t.Helper()
	var out strings.Builder
	if err := Write(format, &out, c, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func selected(t *testing.T, name string) *Catalogue {
	t.Helper()
	c, err := made.Select(name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWrite(t *testing.T) {
	tests := []struct {
		name, format string
		rules        *Catalogue
		color        bool
		want         string
	}{
		{"all", "text", made, false, `yaml
  error    yaml/tag       No tags

event
  warning  event/name     An event is <b>named</b>
  error    event/deleted  An event is kept

kpi
  error    kpi/deleted    A figure is kept
`},
		{"one", "text", selected(t, "event/name"), false, `warning: An event is <b>named</b> [event/name]

  People ask for it by name.\u001b[2J

  To put it right: Ask @all for its name.
  Handbook: Events & more, https://handbook.example/#events--more
  Exceptions: it can be waived for a record, by a record in waivers/.
  Rule: policies/rules/event/name/name.rego

Before the change

  partners/a/events/1.yaml
    kind: event

Wrong

  partners/a/b
    1

  partners/a/events/1.yaml
    kind: event
    name: |
      ` + "````" + ` \u001b[2J

      me

Right

  partners/a/events/1.yaml
    kind: event
    name: me
`},
		{"colours", "text", selected(t, "yaml/tag"), true, "\x1b[1;31merror\x1b[0m: \x1b[1mNo tags\x1b[0m \x1b[2m[yaml/tag]\x1b[0m" + `

  A tag changes what a value is.

  To put it right: Delete the word that starts with ` + "`!`" + `.
  Rule: built into the validator
`},
		{"all", "markdown", made, true, `## yaml

- **error** ` + "`yaml/tag`" + `: No tags

## event

- **warning** ` + "`event/name`: An event is `<b>named</b>`" + `
- **error** ` + "`event/deleted`" + `: An event is kept

## kpi

- **error** ` + "`kpi/deleted`" + `: A figure is kept
`},
		{"one", "markdown", selected(t, "event/name"), false, "## `event/name`: An event is `<b>named</b>`" + `

People ask for it by ` + "`name.\\u001b[2J`" + `

- Severity: **warning**
- To put it right: Ask ` + "`@all`" + ` for its name.
- Handbook: [Events ` + "`&`" + ` more](https://handbook.example/#events--more)
- Exceptions: it can be waived for a record, by a record in ` + "`waivers/`" + `.
- Rule: ` + "`policies/rules/event/name/name.rego`" + `

### Before the change

` + "`partners/a/events/1.yaml`" + `

` + "```yaml\nkind: event\n```" + `

### Wrong

` + "`partners/a/b`" + `

` + "```\n1\n```" + `

` + "`partners/a/events/1.yaml`" + `

` + "`````yaml\nkind: event\nname: |\n  ```` \\u001b[2J\n\n  me\n`````" + `

### Right

` + "`partners/a/events/1.yaml`" + `

` + "```yaml\nkind: event\nname: me\n```\n"},
		{"built in", "json", selected(t, "tag"), true, `{
  "version": 1,
  "rules": [
    {
      "id": "yaml/tag",
      "kind": "yaml",
      "severity": "error",
      "title": "No tags",
      "description": "A tag changes what a value is.",
      "help": "Delete the word that starts with ` + "`!`" + `.",
      "waivable": false
    }
  ]
}
`},
	}
	for _, test := range tests {
		t.Run(test.format+" "+test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, written(t, test.format, test.rules, Options{Color: test.color})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestWriteUnknownFormat(t *testing.T) {
	if err := Write("yaml", nil, made, Options{}); err == nil {
		t.Error("no error")
	}
}

func TestSelect(t *testing.T) {
	tests := []struct {
		name string
		want string // ids, or the error
		one  bool
	}{
		{"event/name", "event/name", true},
		{"name", "event/name", true},
		{"event", "event/name event/deleted", false},
		{"kpi", "kpi/deleted", false},
		{"deleted", `several rules are named "deleted": event/deleted, kpi/deleted`, false},
		{"Event/Name", "there is no rule \"Event/Name\"; did you mean `event/name`?", false},
		{"events", "there is no rule \"events\"; did you mean `event`?", false},
		{"delete", "there is no rule \"delete\"; did you mean `event/deleted` or `kpi/deleted`?", false},
		{"", "there is no rule \"\"; `alliances rules` lists them all", false},
		{"something/else", "there is no rule \"something/else\"; `alliances rules` lists them all", false},
	}
	for _, test := range tests {
		c, err := made.Select(test.name)
		if err != nil {
			if err.Error() != test.want {
				t.Errorf("%q: %v, want %s", test.name, err, test.want)
			}
			continue
		}
		var ids []string
		for _, rule := range c.Rules {
			ids = append(ids, rule.ID)
		}
		if got := strings.Join(ids, " "); got != test.want || c.one != test.one {
			t.Errorf("%q: %s, one: %v; want %s", test.name, got, c.one, test.want)
		}
	}
}

// TestNew makes sure that the repository's own catalogue says all that it
// should.
func TestNew(t *testing.T) {
	rules, err := check.Load(schemas.Files, policies.Files)
	if err != nil {
		t.Fatal(err)
	}
	c := New(rules)
	if got, want := len(c.Rules), len(rules.Catalogue()); got != want {
		t.Errorf("%d rules, want %d", got, want)
	}
	var kinds []string
	for _, group := range c.groups() {
		kinds = append(kinds, group[0].Kind)
	}
	if want := append([]string{"yaml", "schema", "repo"}, rules.Schemas.Kinds()...); !slices.Equal(kinds, want) {
		t.Errorf("the kinds are %v, want %v", kinds, want)
	}
	for _, r := range c.Rules {
		if r.Title == "" || r.Description == "" || r.Help == "" {
			t.Errorf("%s lacks its title, description or help", r.ID)
		}
		if own := slices.Contains(builtIn, r.Kind) || r.ID == "waiver/unused"; own != (r.File == "") || own != (len(r.Wrong) == 0) {
			t.Errorf("%s is in the file %q, and has %d wrong files", r.ID, r.File, len(r.Wrong))
		}
		if r.File != "" && path.Dir(r.File) != "policies/rules/"+r.ID {
			t.Errorf("%s is in %s", r.ID, r.File)
		}
		if r.Handbook != "" && !strings.HasPrefix(r.HandbookURL, rules.Policies.Handbook.Newest().Text("url")+"#") {
			t.Errorf("the section %q is at %s", r.Handbook, r.HandbookURL)
		}
	}
}

// TestJSONExamples makes sure that a program gets the examples as they are
// written.
func TestJSONExamples(t *testing.T) {
	var got struct {
		Rules []struct {
			Examples map[string]policy.Example
		}
	}
	if err := json.Unmarshal([]byte(written(t, "json", selected(t, "event/name"), Options{})), &got); err != nil {
		t.Fatal(err)
	}
	r := made.Rules[1]
	want := map[string]policy.Example{"before": r.Before, "wrong": r.Wrong, "right": r.Right}
	if diff := cmp.Diff(want, got.Rules[0].Examples); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
