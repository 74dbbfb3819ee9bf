package profile

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"gitlab.com/gitlab-com/alliances/internal/fill"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

func load(t *testing.T, text string) *record.Record {
	t.Helper()
	rec, findings := record.Load("partners/a/x.yaml", []byte(text))
	if rec == nil {
		t.Fatal(findings)
	}
	return rec
}

func TestLicenseState(t *testing.T) {
	const licence = "seats: 2\nstarts_at: 2026-03-02\nexpires_at: 2026-09-02\n"
	for _, test := range []struct{ text, day, want string }{
		{licence, "2026-03-01", "planned until 2026-09-02, starts on 2026-03-02, in 1 day"},
		{licence, "2026-03-02", "running until 2026-09-02, 184 days left"},
		{licence, "2026-09-01", "running until 2026-09-02, 1 day left"},
		{licence, "2026-09-02", "expired since 2026-09-02, 0 days ago"},
		{licence, "9999-12-31", "expired since 2026-09-02, 2912198 days ago"},
		{licence + "revoked: {date: 2026-05-02}", "2026-05-01", "running until 2026-05-02, 1 day left"},
		{licence + "revoked: {date: 2026-05-02}", "2026-05-02", "revoked since 2026-05-02, 0 days ago"},
		{licence + "revoked: {date: 2027-05-02}", "2027-05-03", "revoked since 2027-05-02, 1 day ago"},
		{licence + "revoked: {date: 2025-05-02}", "2026-01-01", "revoked since 2025-05-02, 244 days ago"},
		{"seats: many", "2026-03-02", " "},
	} {
		state := LicenseState(load(t, test.text).Root, test.day)
		if got := state.Stage + " " + state.Detail; got != test.want {
			t.Errorf("%q on %s: %q, want %q", test.text, test.day, got, test.want)
		}
		if (state.DaysLeft != nil) != (state.Stage == "running") {
			t.Errorf("%q on %s: days left %v", test.text, test.day, state.DaysLeft)
		}
	}
}

const steps = `
steps:
  thing:
    - when: {state: sold}
      stage: sold
    - when: {part.a: missing}
      stage: new
      waits_for: a part for {record.name}
    - when: {colour: [red, blue]}
      stage: bright
      then:
        - text: Paint {record.name} for {partner.name}.
          enter: {Name: "{record.name}", Size: "{record.size}"}
          link: {to: "https://paint.example/new", title: "{record.name} & more"}
        - text: Weigh {record.weight}.
    - stage: done
`

func TestOf(t *testing.T) {
	kinds, err := schema.Load(schemas.Files)
	if err != nil {
		t.Fatal(err)
	}
	handbook, err := policy.ReadHandbook(fstest.MapFS{"handbook/steps.yaml": {Data: []byte(steps)}})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"name: One":                                   "new, waits for a part for One",
		"{name: One, part: {a: 1}}":                   "done",
		"{name: One, part: {a: 1}, colour: green}":    "done",
		"{name: 'One #1', part: {a: 1}, colour: red}": "bright\nPaint One #1 for Example. https://paint.example/new?title=One%20%231%20%26%20more Name=One #1",
	} {
		p := Of(Subject{
			Record: load(t, text), Kind: "thing", Folder: "a", Partner: load(t, "name: Example").Root, Schemas: kinds,
			Handbook: handbook, AsOf: "2026-03-02",
		})
		got := p.State.Stage
		if p.State.WaitsFor != "" {
			got += ", waits for " + p.State.WaitsFor
		}
		for _, step := range p.Steps {
			got += "\n" + step.Text + " " + step.Link
			for _, input := range step.Enter {
				got += " " + input.Name + "=" + input.Value
			}
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// TestSteps makes sure that the handbook's steps name fields that there are: a
// misspelt one would never be filled in.
func TestSteps(t *testing.T) {
	kinds, err := schema.Load(schemas.Files)
	if err != nil {
		t.Fatal(err)
	}
	handbook, err := policy.ReadHandbook(policies.Files)
	if err != nil {
		t.Fatal(err)
	}
	known := func(kind string, path []string) bool {
		fields := kinds.Fields(kind)
		for i, name := range path {
			found := false
			for _, f := range fields {
				if f.Name == name {
					fields, found = f.Fields, true
					break
				}
			}
			if !found {
				return i == 0 && name == "state"
			}
		}
		return true
	}
	for _, kind := range handbook.Newest().Root.Field("steps").Fields {
		for _, entry := range kind.Value.Items {
			if when := entry.Field("when"); when != nil {
				for _, condition := range when.Fields {
					if !known(kind.Key, strings.Split(condition.Key, ".")) {
						t.Errorf("%s: there is no field %s", kind.Key, condition.Key)
					}
				}
			}
			var text bytes.Buffer
			fmt.Fprint(&text, entry.JSON())
			for _, name := range fill.Names(text.String()) {
				root, path, _ := strings.Cut(name, ".")
				names := strings.Split(path, ".")
				ok := root == "handbook" && handbook.Newest().At(names...) != nil || root == "record" && known(kind.Key, names) || root == "partner" && known("partner", names)
				if !ok {
					t.Errorf("%s: there is no %s", kind.Key, name)
				}
			}
		}
	}
}
