package pipeline

import (
	"regexp"
	"strings"
	"testing"
)

// scriptOfValidate is what the parallel jobs take the place of.
var scriptOfValidate = regexp.MustCompile(`(?s)(\nvalidate:\n  extends: \.base\n)  script:\n.*?\n(  artifacts:\n)`)

// TestParallel has merge requests judged in parts, as .gitlab/parallel.gitlab-ci.yml
// says.
func TestParallel(t *testing.T) {
	needsRunner(t)
	alliances := program(t)
	for name, test := range map[string]struct {
		change func(p *project)
		passed bool
		words  []string
	}{
		"a right grant": {func(p *project) { p.Write(grant, strings.ReplaceAll(seats, "11", "5")) }, true, []string{"part 4 of 4", "by the rules of the commit"}},
		"eleven seats":  {func(p *project) { p.Write(grant, seats) }, false, []string{"part 1 of 4", "license/seat_cap", "1 error"}},
		"a cap that old records break": {func(p *project) {
			p.Write("policies/handbook/license.yaml", strings.Replace(p.read("policies/handbook/license.yaml"), "seat_cap: 10", "seat_cap: 1", 1))
		}, false, []string{"above the cap of 1", "all of them, since what judges them has changed"}},
		"rules that do not load": {func(p *project) { p.Write("policies/rules/license/seat_cap/seat_cap.rego", "package nothing") }, false, []string{"seat_cap.rego"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProject(t)
			test.change(p)
			p.Commit("Change it")
			p.Write("parts.yml", "include: /.gitlab/parallel.gitlab-ci.yml\n"+scriptOfValidate.ReplaceAllString(p.read(".gitlab-ci.yml"), "$1$2"))
			output, passed := p.runNeeded("parts.yml", "validate", "ALLIANCES="+alliances)
			if passed != test.passed {
				t.Errorf("passed is %v, want %v, in\n%s", passed, test.passed, output)
			}
			for _, word := range test.words {
				if !strings.Contains(output, word) {
					t.Errorf("there is no %q in\n%s", word, output)
				}
			}
		})
	}
}
