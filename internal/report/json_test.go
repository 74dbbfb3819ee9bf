package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
)

// decode reads a whole JSON document.
func decode[T any](t *testing.T, document string) (value T) {
	t.Helper()
	if err := json.Unmarshal([]byte(document), &value); err != nil {
		t.Fatalf("%v in:\n%s", err, document)
	}
	return value
}

// TestJSONStream makes sure that what is written element by element is what
// encoding/json makes of the whole.
func TestJSONStream(t *testing.T) {
	nasty, options := nasty()
	nasty.Findings[0].Expected = finding.ValueOf(map[string]any{"a": []any{1, map[string]any{}}, "<b>": nil})
	for name, report := range map[string]*Report{
		"many": nasty,
		"waived": {Findings: nasty.Findings[:1], Waived: []finding.Waived{
			{Finding: nasty.Findings[1], Waiver: finding.Waiver{File: "partners/a/waivers/1.yaml", Reason: "<why>", By: "@a", On: "2026-03-02"}},
			{Finding: nasty.Findings[2], Waiver: finding.Waiver{File: "partners/a/waivers/2.yaml", Until: "2026-03-02"}},
		}},
		"one":  {Records: 1, Findings: nasty.Findings[:1]},
		"none": {Partners: 1},
	} {
		t.Run(name, func(t *testing.T) {
			whole := struct {
				jsonHead
				Findings []jsonFinding `json:"findings"`
				Waived   []jsonWaived  `json:"waived"`
			}{Findings: []jsonFinding{}, Waived: []jsonWaived{}}
			whole.jsonHead = jsonHead{jsonVersion, nil, jsonSummary{
				report.Records, report.Partners, report.Count(finding.Error), report.Count(finding.Warning), len(report.Waived),
			}}
			for i := range report.Findings {
				whole.Findings = append(whole.Findings, toJSON(&report.Findings[i]))
			}
			for i := range report.Waived {
				whole.Waived = append(whole.Waived, toJSONWaived(&report.Waived[i]))
			}
			var want strings.Builder
			encoder := json.NewEncoder(&want)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", "  ")
			if err := encoder.Encode(whole); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want.String(), written(t, "json", report, options)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
