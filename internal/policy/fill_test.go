package policy

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestRuleSaysWhatTheHandbookDoes makes sure that what is a company's own gets into what
// METADATA says from the newest handbook, and that nothing else in braces is touched.
func TestRuleSaysWhatTheHandbookDoes(t *testing.T) {
	fsys := goodPolicies()
	fsys["handbook/company.yaml"] = &fstest.MapFile{Data: []byte(`
url: https://handbook.example/
company: Example Corp
document: {name: "{partner} and Example Corp"}
sections: {Things: All things}
`)}
	fsys["handbook/2027-01-01/company.yaml"] = &fstest.MapFile{Data: []byte("company: Example Group\n")}
	fsys[ruleFile].Data = []byte(strings.NewReplacer(
		"Large things do not fit.", "At {handbook.company} is no room, in {handbook.missing} neither.",
		"Take a smaller one.", "Ask {handbook.company} for {handbook.largest}.",
		`"size: 1"`, `"{size: 1, name: {handbook.document.name}}"`,
	).Replace(goodRule))
	rule := load(t, fsys).Rules()[0]
	got := []string{rule.Description, rule.Help, rule.Right["partners/example/things/a.yaml"], rule.Handbook, rule.HandbookURL}
	want := []string{
		"At Example Group is no room, in {handbook.missing} neither.", "Ask Example Group for 5.",
		"{size: 1, name: Example CI and Example Corp}", "All things", "https://handbook.example/#all-things",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
