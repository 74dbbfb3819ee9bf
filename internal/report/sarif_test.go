package report

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

type sarifLog struct {
	Runs []struct {
		sarifRun
		Results []sarifResult `json:"results"`
	} `json:"runs"`
}

func TestSARIF(t *testing.T) {
	report, options := nasty()
	run := decode[sarifLog](t, written(t, "sarif", report, options)).Runs[0]
	if len(run.Results) != len(report.Findings) {
		t.Fatalf("%d results of %d findings", len(run.Results), len(report.Findings))
	}
	fingerprints := map[string]bool{}
	for i, result := range run.Results {
		f := report.Findings[i]
		if result.RuleID != f.Rule || run.Tool.Driver.Rules[result.RuleIndex].ID != f.Rule || result.Level != f.Severity {
			t.Errorf("%+v of %+v", result, f)
		}
		place := result.Locations[0].Physical
		if file, err := url.PathUnescape(place.Artifact.URI); err != nil || file != f.File {
			t.Errorf("%s is not %q", place.Artifact.URI, f.File)
		}
		if want := region(f.Span); place.Region != want {
			t.Errorf("%v, want %v", place.Region, want)
		}
		if !strings.HasPrefix(result.Message.Text, strings.ReplaceAll(messages(report)[i], "](", "] (")) {
			t.Errorf("%q does not say %q", result.Message.Text, f.Message)
		}
		for _, fingerprint := range result.Fingerprints {
			if fingerprints[fingerprint] {
				t.Errorf("%s stands for two results", fingerprint)
			}
			fingerprints[fingerprint] = true
		}
	}
	for i, rule := range run.Tool.Driver.Rules {
		if i > 0 && rule.ID <= run.Tool.Driver.Rules[i-1].ID {
			t.Errorf("%s is not in its place", rule.ID)
		}
		if rule.ShortDescription.Text == "" || !rule.Default.Level.Valid() {
			t.Errorf("%+v", rule)
		}
	}
}

// TestSARIFHelp makes sure that a result says how to put it right where its
// rule, which stands beside it, does not say the same.
func TestSARIFHelp(t *testing.T) {
	f := &finding.Finding{Message: "`a` is missing", Help: "Add\n  `a: 1`."}
	if got, want := sarifMessage(f, &finding.Rule{}), "`a` is missing – Add `a: 1`."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := sarifMessage(f, &finding.Rule{Help: f.Help}); got != f.Message {
		t.Errorf("%q, want %q", got, f.Message)
	}
}

func TestSARIFLimits(t *testing.T) {
	long := strings.Repeat("é", 5000)
	report := &Report{
		Rules:    []*finding.Rule{{ID: "a/b", Severity: finding.Error, Title: long, Description: long, Help: long}},
		Findings: []finding.Finding{{Rule: "a/b", Severity: finding.Error, Message: long, Place: finding.Place{File: "a", Span: source.Start}}},
	}
	run := decode[sarifLog](t, written(t, "sarif", report, Options{})).Runs[0]
	rule := run.Tool.Driver.Rules[0]
	for name, got := range map[string][2]any{
		"message":           {run.Results[0].Message.Text, 2048},
		"short description": {rule.ShortDescription.Text, 1024},
		"full description":  {rule.FullDescription.Text, 1024},
		"help":              {rule.Help.Text, 2048},
	} {
		if text := got[0].(string); utf8.RuneCountInString(text) != got[1] || !strings.HasSuffix(text, "é…") {
			t.Errorf("the %s has %d characters, want %d", name, utf8.RuneCountInString(text), got[1])
		}
	}
}

// TestSARIFFixes applies each fix to the text that is marked.
func TestSARIFFixes(t *testing.T) {
	for _, test := range []struct {
		name, text       string
		pointer, subject string
		atKey            bool
		expected         any
		want             string // "" where there is no fix
	}{
		{"number", "seats: «11»\r\nplan: x", "/seats", "11", false, json.Number("10"), "seats: 10\r\nplan: x"},
		{"text", "plan: «premium» # why", "/plan", "premium", false, "ultimate", "plan: ultimate # why"},
		{"quoted", `plan: «"premium"»`, "/plan", "premium", false, "ultimate", "plan: ultimate"},
		{"single quotes", "plan: «'premium'»", "/plan", "premium", false, "ultimate", "plan: ultimate"},
		{"empty text", `plan: «""»`, "/plan", "", false, "ultimate", "plan: ultimate"},
		{"in brackets", "[日本, «a»]", "/1", "a", false, "x, y", `[日本, "x, y"]`},
		{"number that should be text", "id: «12»", "/id", "12", false, "12", `id: "12"`},
		{"true", "ok: «no»", "/ok", "no", false, true, "ok: true"},
		{"misspelt field", "«seats_reqested»: 5", "/seats_reqested", "5", true, "seats_requested", "seats_requested: 5"},
		{"misspelt field with a slash", "«a/b~»: 5", "/a~1b~0", "5", true, "a_b", "a_b: 5"},
		{"misspelt field with lines below", "«sets»:\n  a: 1", "/sets", "", true, "seats", "seats:\n  a: 1"},
		{"misspelt field that is quoted", `«"sets"»: 5`, "/sets", "5", true, "seats", "seats: 5"},
		{"a field's name that should be a number", "«sets»: 5", "/sets", "5", true, json.Number("6"), ""},
		{"nothing expected", "seats: «11»", "/seats", "11", false, nil, ""},
		{"a list expected", "seats: «11»", "/seats", "11", false, []any{"a"}, ""},
		{"a number that is not plain", "seats: «11»", "/seats", "11", false, json.Number("1e3"), ""},
		{"field without a value", "«plan»:", "/plan", "", false, "ultimate", ""},
		{"quoted field without a value", `«"plan"»:`, "/plan", "", false, "ultimate", ""},
		{"field with lines below", "«plan»:\n  a: 1", "/plan", "", false, "ultimate", ""},
		{"missing field", "«kind»: license", "", "plan", false, "ultimate", ""},
		{"missing field in brackets", "a: «{b: 1}»", "/a", "", false, "ultimate", ""},
		{"field that has another value", "«seats»: 5", "/seats", "5", false, json.Number("6"), ""},
		{"several lines", "a: «one\n  two»", "/a", "one two", false, "three", ""},
		{"escapes", `a: «"\u0041"»`, "/a", "A", false, "B", ""},
		{"nothing there", "a: «»", "/a", "", false, "x", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, text := found(&finding.Rule{ID: "a/b", Severity: finding.Error}, "wrong", test.text)
			f.Path, f.AtKey, f.Subject, f.Expected = pointer.Path(test.pointer), test.atKey, test.subject, finding.ValueOf(test.expected)
			file := source.New([]byte(text))
			got := ""
			for _, fix := range fixes(&f, file) {
				r := fix.Changes[0].Replacements[0]
				start := file.Offset(source.Position{Line: r.Deleted.StartLine, Column: r.Deleted.StartColumn})
				end := file.Offset(source.Position{Line: r.Deleted.EndLine, Column: r.Deleted.EndColumn})
				got = text[:start] + r.Inserted.Text + text[end:]
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSARIFFixesWithoutText(t *testing.T) {
	f, _ := found(capRule, "wrong", "seats: «11»")
	f.Expected = finding.ValueOf(10)
	if got := fixes(&f, nil); got != nil {
		t.Errorf("%+v", got)
	}
}
