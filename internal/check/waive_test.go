package check

import (
	"fmt"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

const (
	waivedLicense = `kind: license
product: self-managed
plan: ultimate
seats_requested: 12
seats: 12
starts_at: 2026-03-02
expires_at: 2026-09-02
purpose: Build and test the runner integration
`
	seatsWaiver = `kind: waiver
rule: license/seat_cap
record: licenses/2026-03.yaml
reason: Twelve developers port the integration
approved_by: "@vp-alliances"
approved_on: 2026-03-02
`
	waiverFile = "partners/example-ci/waivers/2026-03.yaml"
)

// withWaivers returns a partner with a grant of too many seats, and files by
// their paths from its folder.
func withWaivers(files map[string]string) map[string]string {
	all := map[string]string{
		"partners/example-ci/partner.yaml":          "kind: partner\nname: Example CI\ntype: integrated\nstatus: prospective\n",
		"partners/example-ci/licenses/2026-03.yaml": waivedLicense,
	}
	for name, text := range files {
		all["partners/example-ci/"+name] = text
	}
	return all
}

func TestWaivedFindingSaysWhy(t *testing.T) {
	result := judged(t, tree(withWaivers(map[string]string{"waivers/2026-03.yaml": seatsWaiver + "expires_at: 2026-12-31\n"})), Options{Jobs: 1})
	if len(result.Findings) > 0 || len(result.Waived) != 1 {
		t.Fatalf("%d findings, %d waived", len(result.Findings), len(result.Waived))
	}
	want := finding.Waiver{
		File: waiverFile, Reason: "Twelve developers port the integration",
		By: "@vp-alliances", On: "2026-03-02", Until: "2026-12-31",
	}
	if got := result.Waived[0]; got.Waiver != want || got.Rule != "license/seat_cap" {
		t.Errorf("%s is waived by %+v", got.Rule, got.Waiver)
	}
	counting := judged(t, tree(withWaivers(nil)), Options{Jobs: 1}).Findings
	if len(counting) != 1 || counting[0].Fingerprint != result.Waived[0].Fingerprint {
		t.Error("it is another finding than the one that would count")
	}
}

func TestWaiverEnds(t *testing.T) {
	first, second := seatsWaiver+"expires_at: 2026-06-01\n", strings.Replace(seatsWaiver, "2026-03-02", "2026-06-01", 1)+"expires_at: 2026-08-01\n"
	fsys := tree(withWaivers(map[string]string{"waivers/2026-03.yaml": first, "waivers/2026-06.yaml": second}))
	for day, by := range map[string]string{"": "2026-03", "2026-05-31": "2026-03", "2026-06-01": "2026-06", "2026-07-31": "2026-06"} {
		result := judged(t, fsys, Options{Jobs: 1, AsOf: day})
		if len(result.Findings) > 0 || len(result.Waived) != 1 || !strings.HasSuffix(result.Waived[0].Waiver.File, by+".yaml") {
			t.Errorf("on %q: %d findings, waived: %v", day, len(result.Findings), result.Waived)
		}
	}
	result := judged(t, fsys, Options{Jobs: 1, AsOf: "2026-08-01"})
	if len(result.Findings) != 1 || len(result.Waived) > 0 {
		t.Fatalf("on the last day: %v", result)
	}
	f := result.Findings[0]
	if want := "12 seats are above the cap of 10; the waiver of it ended on 2026-08-01"; f.Message != want {
		t.Errorf("it says %q, want %q", f.Message, want)
	}
	if len(f.Related) != 1 || f.Related[0].File != "partners/example-ci/waivers/2026-06.yaml" || f.Related[0].Span.Start.Line != 7 {
		t.Errorf("it points at %v", f.Related)
	}
}

// TestWaivedValueIsNotFixable makes sure that no program writes another value
// where somebody has allowed this one, or may have.
func TestWaivedValueIsNotFixable(t *testing.T) {
	for name, waiver := range map[string]string{
		"ended":    seatsWaiver + "expires_at: 2026-06-01\n",
		"wrong":    strings.Replace(seatsWaiver, "reason: Twelve developers port the integration", "reason: TBD", 1),
		"not read": strings.Replace(seatsWaiver, `"@vp-alliances"`, "@vp-alliances", 1),
		"misspelt": strings.Replace(seatsWaiver, "rule:", "rules:", 1),
	} {
		fsys := tree(withWaivers(map[string]string{"waivers/2026-03.yaml": waiver}))
		for _, f := range judged(t, fsys, Options{Jobs: 1, AsOf: "2026-12-31"}).Findings {
			if f.Rule == "license/seat_cap" && (f.IsFixable() || f.Expected.IsNone()) {
				t.Errorf("%s: the seats would be written anew, or what is right is not told", name)
			}
		}
	}
}

// TestWaivedDoNotCountForTheLimit makes sure that what is waived leaves room for
// what is told.
func TestWaivedDoNotCountForTheLimit(t *testing.T) {
	partner := "kind: partner\nname: Example CI\ntype: integrated\nstatus: prospective\ndocuments:\n"
	for i := range record.MaxFindings + 10 {
		partner += fmt.Sprintf("  - { name: Deck %d, url: \"https://ci.example/%d\", audience: partner, sharing: gitlab }\n", i, i)
	}
	waiver := strings.NewReplacer("license/seat_cap", "partner/document_name", "licenses/2026-03.yaml", "partner.yaml").Replace(seatsWaiver)
	files := map[string]string{"partner.yaml": partner, "waivers/2026-03.yaml": waiver, "waivers/2026-04.yaml": seatsWaiver}
	result := judged(t, tree(withWaivers(files)), Options{Jobs: 1})
	if got := ruleIDs(result.Findings); strings.Join(got, " ") != "partner/document_sharing yaml/limit" {
		t.Errorf("there count %v", got)
	}
	if want := record.MaxFindings + 10 + 1; len(result.Waived) != want {
		t.Errorf("%d are waived, want %d", len(result.Waived), want)
	}
}

// TestWaivedStaysWaivedWhenJudgedAgain makes sure that a copied licence, which is
// judged twice, keeps its exception.
func TestWaivedStaysWaivedWhenJudgedAgain(t *testing.T) {
	files := withWaivers(map[string]string{"waivers/2026-03.yaml": seatsWaiver})
	copied := "issue: https://gitlab.example/alliances/licenses/-/issues/1\n"
	files["partners/example-ci/licenses/2026-03.yaml"] += copied
	files["partners/example-2/partner.yaml"] = "kind: partner\nname: Other\ntype: integrated\nstatus: prospective\n"
	files["partners/example-2/licenses/2026-03.yaml"] = strings.ReplaceAll(waivedLicense, "12", "2") + copied
	result := judged(t, tree(files), Options{Jobs: 1})
	if got := ruleIDs(result.Findings); strings.Join(got, " ") != "license/copied" || len(result.Waived) != 1 {
		t.Errorf("there count %v, and %d are waived", got, len(result.Waived))
	}
}
