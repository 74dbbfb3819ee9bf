package schema

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

func TestPlace(t *testing.T) {
	set, err := Load(fstest.MapFS{
		"license.schema.json": {Data: []byte(`{"x-place": "partners/{partner}/licenses/{id}.yaml"}`)},
		"kpi.schema.json":     {Data: []byte(`{"x-place": "partners/_program/kpis/{month}.yaml"}`)},
		"partner.schema.json": {Data: []byte(`{"x-place": "partners/{partner}/partner.yaml"}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("a", MaxSlug)
	tests := []struct{ path, text, want string }{
		{"partners/acme/licenses/2026-03.yaml", "kind: license", ""},
		{"partners/a/licenses/" + long + ".yaml", "kind: license", ""},
		{"partners/a/licenses/" + long + "a.yaml", "kind: license", "repo/path /kind at most 63"},
		{"partners/acme/license/2026-03.yaml", "kind: license", "repo/path /kind this license record belongs at partners/acme/licenses/2026-03.yaml, not here"},
		{"partners/acme/licenses/old/a.yaml", "kind: license", "repo/path /kind belongs at partners/acme/licenses/a.yaml,"},
		{"partners/acme/a.yaml", "kind: license", "repo/path /kind belongs at partners/acme/licenses/a.yaml,"},
		{"partners/a.yaml", "kind: license", "repo/path /kind belongs at partners/<partner>/licenses/a.yaml,"},
		{"partners/Acme/A B.yaml", "kind: license", "repo/path /kind belongs at partners/<partner>/licenses/<id>.yaml,"},
		{"partners/acme/partner.yaml", "kind: license", "repo/path /kind `partner.yaml` is the name of partner records, but `kind` says `license`; did you mean `kind: partner`?"},
		{"partners/_program/kpis/2026-03.yaml", "kind: license", "repo/path /kind this folder holds kpi records, but `kind` says `license`; did you mean `kind: kpi`?"},
		{"partners/acme/licenses/2026 12 Runner.yaml", "kind: license", "repo/path /kind between them; for example `2026-12-runner`"},
		{"partners/Other/licenses/a.yaml", "kind: license", "repo/path /kind with single hyphens between them"},
		{"partners/Acme/licenses/a.yaml", "kind: license", "repo/path /kind `Acme` must be lower-case"},
		{"partners/a--b/licenses/a.yaml", "kind: license", "repo/path /kind `a--b` must be"},
		{"partners/-a/licenses/a.yaml", "kind: license", "repo/path /kind `-a` must be"},
		{"partners/acmé/licenses/a.yaml", "kind: license", "repo/path /kind `acmé` must be"},
		{"partners/acme/licenses/a_b.yaml", "kind: license", "repo/path /kind `a_b` must be"},
		{"partners/acme/licenses/.yaml", "kind: license", "repo/path /kind `` must be"},
		{"partners/other/licenses/a.yaml", "kind: license", "repo/path /kind named `other`"},
		{"partners/unknown/licenses/a.yaml", "kind: license", "repo/path /kind named `unknown`"},
		{"partners/total/licenses/a.yaml", "kind: license", "repo/path /kind named `total`"},
		{"partners/acme/licenses/total.yaml", "kind: license", ""},
		{"partners/_program/licenses/a.yaml", "kind: license", "repo/path /kind `_program` must be"},
		{"partners/_program/kpis/2026-03.yaml", "kind: kpi\nmonth: 2026-03", ""},
		{"partners/_program/kpis/2026-04.yaml", "kind: kpi\nmonth: 2026-03", "repo/path /month `month` is `2026-03`, but the record's path says `2026-04`"},
		{"partners/_program/kpis/march.yaml", "kind: kpi\nmonth: 2026-03", "repo/path /month path says `march`"},
		{"partners/_program/kpis/2026-03.yaml", "kind: kpi", ""}, // that month is missing is the schema's to say
		{"partners/_program/kpis/2026-03.yaml", "kind: kpi\nmonth: [2026-03]", ""},
		{"partners/_program/kpis/2026-03.yaml", "kind: kpi\nmonth: 3", ""},
		{"partners/acme/kpis/2026-03.yaml", "kind: kpi\nmonth: 2026-03", "repo/path /kind belongs at partners/_program/kpis/<month>.yaml"},
		{"partners/acme/licenses/a.yaml", "kind: licence", "repo/kind /kind did you mean `license`?"},
		{"partners/acme/licenses/a.yaml", "kind: thing", "repo/kind /kind did you mean `license`?"},
		{"partners/acme/a.yaml", "kind: licence", "repo/kind /kind did you mean `license`?"},
		{"partners/acme/a.yaml", "kind: thing", "repo/kind /kind there are kpi, license and partner"},
		{"partners/acme/licenses/a.yaml", "kind: [license]", "repo/kind /kind"},
		{"partners/acme/licenses/a.yaml", "kind:", "repo/kind /kind"},
		{"partners/acme/licenses/a.yaml", "seats: 5", "repo/kind  `kind` is missing: it says what the record is (here: `kind: license`)"},
		{"partners/acme/licenses/a.yaml", "kind:license\nseats:5", "repo/kind  a space is missing behind each colon"},
		{"partners/acme/licenses/a.yaml", "- kind: license", "repo/kind  `kind` is missing"},
		{"partners/acme/licenses/a.yaml", "license", "repo/kind  `kind` is missing"},
	}
	for _, test := range tests {
		t.Run(test.path+" "+test.text, func(t *testing.T) {
			rec, unreadable := record.Load(test.path, []byte(test.text))
			if rec == nil {
				t.Fatal(unreadable)
			}
			var got string
			for _, f := range set.Judge(rec).Findings {
				got += fmt.Sprintf("%s %s %s", f.Rule, f.Pointer(), f.Message)
			}
			place, words := test.want, ""
			if fields := strings.SplitN(test.want, " ", 3); len(fields) == 3 {
				place, words = fields[0]+" "+fields[1]+" ", fields[2]
			}
			if !strings.HasPrefix(got, place) || !strings.Contains(got, words) || test.want == "" && got != "" {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestPlaceHelp(t *testing.T) {
	set, err := Load(fstest.MapFS{
		"license.schema.json": {Data: []byte(`{"x-place": "partners/{partner}/licenses/{id}.yaml"}`)},
		"kpi.schema.json":     {Data: []byte(`{"x-place": "partners/_program/kpis/{month}.yaml"}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		path, text, help string
		expected         any
	}{
		{"partners/a/licenses/b.yaml", "kind: kpi", "Write `kind: license`, or move the file to partners/_program/kpis/<month>.yaml.", nil},
		{"partners/a/b.yaml", "kind: license", "Move the file there, or correct `kind`.", nil},
		{"partners/a/licenses/B.yaml", "kind: license", "Rename the file.", nil},
		{"partners/A/licenses/b.yaml", "kind: license", "Rename the folder.", nil},
		{"partners/_program/kpis/2026-04.yaml", "kind: kpi\nmonth: 2026-03", "Correct `month`, or rename the file.", nil},
		{"partners/a/b.yaml", "kind: licence", "Write `kind: license`.", "license"},
		{"partners/a/b.yaml", "kind: thing", kindRule.Help, nil},
		{"partners/a/b.yaml", "seats: 1", kindRule.Help, nil},
		{"partners/a/licenses/b.yaml", "seats: 1", "Write `kind: license`.", nil},
		{"partners/a/licenses/b.yaml", "kind:license", "Write a space behind each colon that follows a field's name: `kind: license`.", nil},
	}
	for _, test := range tests {
		rec, unreadable := record.Load(test.path, []byte(test.text))
		if rec == nil {
			t.Fatal(unreadable)
		}
		findings := set.Judge(rec).Findings
		if len(findings) != 1 || findings[0].Help != test.help || findings[0].Expected.JSON() != test.expected {
			t.Errorf("%s, %q: got %+v, want help %q and expected %v", test.path, test.text, findings, test.help, test.expected)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	tests := map[string]string{
		"[]":                                   "line 1, column 1: no JSON",
		"{":                                    "line 1, column 2: no JSON: it ends before its JSON does",
		"{\n  \"a\": 1,\n}":                    "line 3, column 1: no JSON",
		"{}":                                   `"x-place" must say`,
		`{"x-place": "elsewhere/a"}`:           `"x-place" must say`,
		`{"x-place": "partners/{a}b{c}.yaml"}`: "at most one {placeholder}",
		`{"x-place": "partners/a.yaml", "type": 1}`:                          "no JSON Schema: at /type: value must be one of \"array\", \"boolean\", \"integer\", \"null\", \"number\", \"object\", \"string\" (line 1, column 32)",
		`{"x-place": "partners/a.yaml", "$ref": "#/$defs/none"}`:             "no JSON Schema",
		`{"x-place": "partners/a.yaml", "$ref": "https://a.example/b.json"}`: "a schema refers to its own $defs only",
		`{"x-place": "partners/a.yaml", "$ref": "other.schema.json"}`:        "a schema refers to its own $defs only",
		`{"x-place": "partners/a.yaml", "pattern": "("}`:                     "no JSON Schema",
		`{"x-place": "partners/a.yaml", "patternProperties": {"(": {}}}`:     "no JSON Schema",
	}
	for text, want := range tests {
		_, err := Load(fstest.MapFS{"thing.schema.json": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "schemas/thing.schema.json: ") {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
	for _, name := range []string{"price-list", "Price", "2026", "price.list", ""} {
		_, err := Load(fstest.MapFS{name + ".schema.json": {Data: []byte(`{"x-place": "partners/a.yaml"}`)}})
		if err == nil || !strings.Contains(err.Error(), "no rule could name the kind") {
			t.Errorf("the kind %q: error %v", name, err)
		}
	}
	if _, err := Load(fstest.MapFS{}); err == nil {
		t.Error("a folder without schemas loads")
	}
}
