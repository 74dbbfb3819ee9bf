package check

import (
	"slices"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// A licence that was copied from another partner's folder is found where all are
// judged, once in each of the two, and beside what else is wrong with it.
func TestCopiedLicenses(t *testing.T) {
	rules, err := realRules()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(rules.Policies.Rules(), func(r *policy.Rule) bool { return r.ID == "license/copied" })
	files := rules.Policies.Rules()[i].Wrong
	for name, test := range map[string]struct {
		options Options
		want    int
	}{
		"all":  {Options{Jobs: 2}, 2},
		"one":  {Options{Jobs: 1, Only: []string{"example-ci"}}, 0},
		"base": {Options{Jobs: 1, Base: base(files, files)}, 0},
	} {
		result, err := Run(t.Context(), repo.New(tree(files)), realRules, test.options)
		if err != nil {
			t.Fatal(name, err)
		}
		ids := ruleIDs(result.Findings)
		if len(result.Findings) != test.want || test.want > 0 && !slices.Equal(ids, []string{"license/copied"}) {
			t.Errorf("%s: %d findings of %v, want %d", name, len(result.Findings), ids, test.want)
		}
	}
}
