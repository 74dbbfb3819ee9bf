package pipeline

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/gitfs/gittest"
)

// TestInit has merge requests judged by the pipeline of a repository that init has
// written. The component that it includes is fetched as the runner fetches it, from a
// clone in the place of the project on GitLab.
func TestInit(t *testing.T) {
	needsRunner(t)
	alliances := program(t)
	component := gittest.New(t)
	if err := os.CopyFS(filepath.Join(component.Dir, "templates"), os.DirFS("../../templates")); err != nil {
		t.Fatal(err)
	}
	component.Commit("Release")
	t.Setenv("GIT_CONFIG_COUNT", "1")
	t.Setenv("GIT_CONFIG_KEY_0", "url."+component.Dir+".insteadOf")
	t.Setenv("GIT_CONFIG_VALUE_0", "https://gitlab.example:443/gitlab-com/alliances.git")

	for name, test := range map[string]struct {
		seats, job string
		passed     bool
		words      []string
	}{
		"a right grant":       {"5", "validate", true, []string{"no errors", "by the rules of the commit"}},
		"eleven seats":        {"11", "validate", false, []string{"license/seat_cap"}},
		"what a change means": {"5", "changes", true, []string{"Example Partner"}},
		"the site":            {"5", "pages", true, []string{"public"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := begun(t, alliances)
			p.Write("partners/example-partner/licenses/2031-01-more.yaml", strings.ReplaceAll(seats, "11", test.seats))
			p.Commit("Change it")
			variables := []string{"ALLIANCES=" + alliances}
			if test.job == "pages" {
				p.Git("branch", "--force", "main")
				p.Git("switch", "--quiet", "main")
				variables = append(variables, "CI_PIPELINE_SOURCE=push", "CI_MERGE_REQUEST_DIFF_BASE_SHA=")
			}
			output, passed := p.run(".gitlab-ci.yml", test.job, variables...)
			if passed != test.passed {
				t.Errorf("passed is %v, want %v", passed, test.passed)
			}
			for _, word := range test.words {
				if !strings.Contains(output, word) {
					t.Errorf("there is no %q", word)
				}
			}
			if t.Failed() {
				t.Log(output)
			}
		})
	}
}

// begun returns a project whose default branch holds what init writes.
func begun(t *testing.T, alliances string) *project {
	t.Helper()
	p := &project{Repo: gittest.Repo{T: t, Dir: t.TempDir()}}
	begin := exec.Command(alliances, "init", "--company", "Example Corp")
	begin.Dir = p.Dir
	if out, err := begin.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	p.Git("remote", "add", "origin", origin)
	p.base = p.Commit("Begin")
	p.Git("switch", "--quiet", "--create", "change")
	return p
}
