package pipeline

import (
	"strings"
	"testing"
)

// ended is a waiver of the grant that no longer holds from a day on.
const ended = `kind: waiver
rule: license/seat_cap
record: licenses/2031-01-more.yaml
reason: Eleven developers port the runner before the old interface goes
approved_by: "@vp-alliances"
approved_on: 2030-12-20
expires_at: 2031-03-01
`

const waiver = "partners/example-ci/waivers/2030-12-seat-cap.yaml"

// TestParallelSchedule has a schedule tell, in parts, which waivers have ended.
func TestParallelSchedule(t *testing.T) {
	needsRunner(t)
	p := newProject(t)
	p.Write(grant, seats)
	p.Write(waiver, ended)
	p.Commit("Grant it")
	p.inParts()
	alliances := "ALLIANCES=" + program(t)
	for created, passes := range map[string]bool{"2031-02-28T23:59:59Z": true, "2031-03-01T00:00:00Z": false} {
		output, passed := p.runNeeded("parts.yml", "validate", alliances, "CI_MERGE_REQUEST_DIFF_BASE_SHA=",
			"CI_PIPELINE_SOURCE=schedule", "CI_PIPELINE_CREATED_AT="+created)
		if passed != passes || passed == strings.Contains(output, "the waiver of it ended on 2031-03-01") {
			t.Errorf("at %s, passed is %v, want %v, in\n%s", created, passed, passes, output)
		}
	}
}

// inParts writes the pipeline that judges in parts.
func (p *project) inParts() {
	const own = "\nvariables:\n"
	p.Write("parts.yml", strings.Replace(p.read(".gitlab-ci.yml"), own, "  - local: /.gitlab/parallel.gitlab-ci.yml\n"+own, 1))
}

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
			p.inParts()
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
