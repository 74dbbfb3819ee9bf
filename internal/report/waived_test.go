package report

import (
	"encoding/json"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/finding"
)

// exceptions returns a report of what is waived beside what counts.
func exceptions() (*Report, Options) {
	b := &builder{texts: map[string]string{
		licence: "kind: license\nseats: 11\nexpires_at: 2026-10-02\n",
		odd:     "name: odd\n",
	}}
	b.add("license/term", licence, "2026-10-02", "a term of 6 months from 2026-03-02 ends on 2026-09-02, not on 2026-10-02", "2026-09-02")
	b.add("license/seat_cap", licence, "11", "11 seats are above the cap of 10", json.Number("10"))
	b.add("partner/name", odd, "odd", "`odd` is | no name", "Odd")
	waived := []finding.Waived{
		{Finding: b.findings[1], Waiver: finding.Waiver{
			File: "partners/acme/waivers/2026-03.yaml", Reason: "Twelve developers port the integration", By: "@vp-alliances", On: "2026-03-02", Until: "2026-12-31",
		}},
		{Finding: b.findings[2], Waiver: finding.Waiver{
			File: "partners/o dd/waivers/a|b.yaml", Reason: "@all </skipped> | \x1b[31m [click](https://evil.example)\n::error::", By: "@a|b", On: "2026-03-02",
		}},
	}
	finding.SortWaived(waived)
	findings := b.findings[:1]
	finding.Sort(findings)
	report := &Report{Records: 4, Partners: 2, Findings: findings, Waived: waived, Files: []string{licence, odd}, Rules: catalogue}
	return report, options(b.texts)
}

func TestWaivedAreToldWhenAskedFor(t *testing.T) {
	report, options := exceptions()
	if text := written(t, "text", report, options); strings.Contains(text, "11 seats") || !strings.Contains(text, "1 error, no warnings, 2 waived") {
		t.Errorf("it says:\n%s", text)
	}
	options.ShowWaived = true
	text := written(t, "text", report, options)
	inOrder(t, text, []string{
		"waived: 11 seats are above the cap of 10 [license/seat_cap]", "seats: 11",
		"Allowed by @vp-alliances on 2026-03-02 until 2026-12-31: Twelve developers port the integration", "Waiver: partners/acme/waivers/2026-03.yaml",
	})
	harmlessText(t, text)
}

// TestWaivedAreNoProblems makes sure that readers which know of no exceptions see
// what counts alone.
func TestWaivedAreNoProblems(t *testing.T) {
	report, options := exceptions()
	for _, format := range []string{"codequality", "github"} {
		if got := written(t, format, report, options); strings.Contains(got, "11 seats") || !strings.Contains(got, "2026-10-02") {
			t.Errorf("%s: %s", format, got)
		}
	}
	cases := readJUnit(t, written(t, "junit", report, options))
	skipped := 0
	for _, c := range cases {
		if c.Skipped != nil {
			skipped++
			inOrder(t, *c.Skipped, []string{"Allowed by @", "Waiver: partners/"})
		}
	}
	if skipped != 2 || len(cases) != 4 { // one fails, and one record passes
		t.Errorf("%d of %d cases are skipped", skipped, len(cases))
	}
}

// TestSARIFSuppressions makes sure that each result says whether it is suppressed,
// where one is, and none does otherwise.
func TestSARIFSuppressions(t *testing.T) {
	report, options := exceptions()
	run := decode[sarifLog](t, written(t, "sarif", report, options)).Runs[0]
	if len(run.Results) != 3 {
		t.Fatalf("%d results", len(run.Results))
	}
	for i, want := range []int{0, 1, 1} {
		if given := run.Results[i].Suppressions; given == nil || len(*given) != want {
			t.Errorf("result %d: %v", i, given)
		}
	}
	why := (*run.Results[1].Suppressions)[0].Justification
	if want := "Twelve developers port the integration (allowed by @vp-alliances on 2026-03-02 until 2026-12-31)"; why != want {
		t.Errorf("%q, want %q", why, want)
	}
	report.Waived = nil
	if text := written(t, "sarif", report, options); strings.Contains(text, "suppressions") {
		t.Errorf("nothing is waived: %s", text)
	}
}
