// Package pipeline holds tests alone: that GitLab's pipelines of this repository,
// run as GitLab's runner would, let no merge request past the rules that it is
// judged by, and that other projects can include what judges.
package pipeline

import (
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/gitfs/gittest"
)

// origin is where a project was cloned from.
const origin = "https://gitlab.example/alliances/records.git"

// A project is a clone with a merge request checked out.
type project struct {
	gittest.Repo
	base string
}

// built is the validator, which the first test that needs it builds in a folder that
// TestMain takes away.
var built = sync.OnceValues(func() (string, error) {
	binary := filepath.Join(folder, "alliances")
	if out, err := exec.Command("go", "build", "-o", binary, "../../cmd/alliances").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return binary, nil
})

var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "pipeline"); err != nil {
		log.Fatal(err)
	}
	status := m.Run()
	if err := os.RemoveAll(folder); err != nil {
		log.Fatal(err)
	}
	os.Exit(status)
}

// program returns the path of the validator.
func program(t *testing.T) string {
	t.Helper()
	binary, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return binary
}

// newProject returns a project whose default branch holds the repository's own
// records, rules and pipelines.
func newProject(t *testing.T) *project {
	t.Helper()
	return begin(t, []string{"partners", "schemas", "policies"}, ".gitlab-ci.yml", ".gitlab/parallel.gitlab-ci.yml", template)
}

// begin returns a project whose default branch holds some of this repository.
func begin(t *testing.T, folders []string, files ...string) *project {
	t.Helper()
	p := &project{Repo: gittest.New(t)}
	p.bringFolders(folders...)
	p.bring(files...)
	p.Git("remote", "add", "origin", origin)
	p.base = p.Commit("Begin")
	p.Git("update-ref", "refs/remotes/origin/main", p.base) // with which gitlab-ci-local compares, for `changes`
	p.Git("switch", "--quiet", "--create", "change")
	return p
}

// bringFolders copies folders of this repository.
func (p *project) bringFolders(names ...string) {
	p.Helper()
	for _, name := range names {
		if err := os.CopyFS(filepath.Join(p.Dir, name), os.DirFS(filepath.Join("../..", name))); err != nil {
			p.Fatal(err)
		}
	}
}

// bring copies files of this repository.
func (p *project) bring(names ...string) {
	p.Helper()
	for _, name := range names {
		p.Write(name, read(p.T, name))
	}
}

// shallow returns a clone without history, as GitLab's runner makes it.
func (p *project) shallow() *project {
	p.Helper()
	clone := &project{Repo: gittest.Repo{T: p.T, Dir: p.TempDir()}, base: p.base}
	from := "file://" + p.Dir
	p.Git("config", "uploadpack.allowAnySHA1InWant", "true") // as GitLab does
	clone.Git("clone", "--quiet", "--depth=1", from, ".")
	clone.Git("remote", "set-url", "origin", origin)
	clone.Git("config", "url."+from+".insteadOf", origin)
	return clone
}

// read returns the text of a file of this repository.
func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../..", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// run runs a job of a pipeline file for the merge request, and returns what it
// prints and whether it passed.
func (p *project) run(file, job string, variables ...string) (output string, passed bool) {
	p.Helper()
	return p.start(file, []string{job}, variables)
}

// runNeeded runs a job as run does, and before it those that it needs.
func (p *project) runNeeded(file, job string, variables ...string) (output string, passed bool) {
	p.Helper()
	return p.start(file, []string{"--needs", job}, variables)
}

func (p *project) start(file string, jobs, variables []string) (output string, passed bool) {
	p.Helper()
	args := []string{"--file", file, "--force-shell-executor", "--home", p.TempDir(),
		"--variable", "CI_PIPELINE_SOURCE=merge_request_event", "--variable", "CI_MERGE_REQUEST_DIFF_BASE_SHA=" + p.base}
	for _, variable := range variables {
		args = append(args, "--variable", variable)
	}
	cmd := exec.Command(os.Getenv("ALLIANCES_GITLAB_CI_LOCAL"), append(args, jobs...)...)
	cmd.Dir = p.Dir
	out, err := cmd.CombinedOutput()
	return string(out), err == nil
}

// seats is a grant of more seats than the cap allows.
const seats = `kind: license
product: self-managed
plan: ultimate
seats_requested: 11
seats: 11
starts_at: 2031-01-01
expires_at: 2031-07-01
purpose: Build and test the runner integration
`

const grant = "partners/example-ci/licenses/2031-01-more.yaml"

func needsRunner(t *testing.T) {
	t.Helper()
	if os.Getenv("ALLIANCES_GITLAB_CI_LOCAL") == "" {
		t.Skip("the variable ALLIANCES_GITLAB_CI_LOCAL does not name the command gitlab-ci-local, as .ci/run has it do")
	}
}

// TestValidate has merge requests judged by the pipeline that they bring along.
func TestValidate(t *testing.T) {
	needsRunner(t)
	for name, test := range map[string]struct {
		change func(p *project)
		passed bool
		words  []string
	}{
		"a right grant": {func(p *project) { p.Write(grant, strings.ReplaceAll(seats, "11", "5")) }, true, []string{"by the rules of the commit"}},
		"eleven seats, and a cap of twelve": {func(p *project) {
			p.Write(grant, seats)
			p.Write("policies/handbook/license.yaml", strings.Replace(p.read("policies/handbook/license.yaml"), "seat_cap: 10", "seat_cap: 12", 1))
		}, false, []string{"license/seat_cap", "repo/mixed_change"}},
		"a cap that old records break": {func(p *project) {
			p.Write("policies/handbook/license.yaml", strings.Replace(p.read("policies/handbook/license.yaml"), "seat_cap: 10", "seat_cap: 1", 1))
		}, false, []string{"there is nothing to judge", "above the cap of 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProject(t)
			test.change(p)
			p.Commit("Change it")
			p.addValidator()
			output, passed := p.run(".gitlab-ci.yml", "validate", "GOPATH="+goEnv(t, "GOPATH"), "GOCACHE="+goEnv(t, "GOCACHE"))
			if passed != test.passed {
				t.Errorf("passed is %v, want %v", passed, test.passed)
			}
			for _, word := range test.words {
				if !strings.Contains(output, word) {
					t.Errorf("there is no %q in\n%s", word, output)
				}
			}
		})
	}
}

// TestShallow has a merge request judged in a clone that lacks the commit that it
// starts from.
func TestShallow(t *testing.T) {
	needsRunner(t)
	p := newProject(t)
	p.Write(grant, seats)
	p.Commit("Grant it")
	output, passed := p.shallow().run(".gitlab-ci.yml", "validate", "ALLIANCES="+program(t))
	if passed || !strings.Contains(output, "in the folders that the change since "+p.base[:8]+" touches") {
		t.Errorf("passed is %v in\n%s", passed, output)
	}
}

// addValidator adds what the pipeline builds the validator of, in no commit.
func (p *project) addValidator() {
	p.Helper()
	p.bringFolders("cmd", "internal", ".gitlab/issue_templates", ".gitlab/merge_request_templates")
	p.bring("go.mod", "go.sum", ".gitlab/embed.go")
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// TestJudge has merge requests judged by the pipeline that is kept elsewhere.
func TestJudge(t *testing.T) {
	needsRunner(t)
	alliances := program(t)
	for name, test := range map[string]struct {
		change func(p *project)
		passed bool
		word   string
	}{
		"a right grant": {func(p *project) { p.Write(grant, strings.ReplaceAll(seats, "11", "5")) }, true, "no errors"},
		"eleven seats":  {func(p *project) { p.Write(grant, seats) }, false, "license/seat_cap"},
		"everything replaced": {func(p *project) {
			p.Write(grant, seats)
			p.letEverythingPass()
		}, false, "license/seat_cap"},
		"rules that old records break": {func(p *project) {
			p.Write("policies/handbook/license.yaml", strings.Replace(p.read("policies/handbook/license.yaml"), "seat_cap: 10", "seat_cap: 1", 1))
		}, false, "above the cap of 1"},
		"rules that do not load": {func(p *project) { p.Write("policies/rules/license/seat_cap/seat_cap.rego", "package nothing") }, false, "seat_cap.rego"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProject(t)
			test.change(p)
			p.Commit("Change it")
			p.bring(template) // in no commit
			p.Write("judge.yml", fetched(read(t, ".gitlab/judge.gitlab-ci.yml")))
			output, passed := p.run("judge.yml", "validate", "ALLIANCES="+alliances)
			if passed != test.passed || !strings.Contains(output, test.word) {
				t.Errorf("passed is %v, want %v, and %q in\n%s", passed, test.passed, test.word, output)
			}
		})
	}
}

func (p *project) read(name string) string {
	p.Helper()
	text, err := os.ReadFile(filepath.Join(p.Dir, name))
	if err != nil {
		p.Fatal(err)
	}
	return string(text)
}

// letEverythingPass replaces all that a project has to judge by.
func (p *project) letEverythingPass() {
	p.Helper()
	p.Write(".gitlab-ci.yml", "validate:\n  script: [\"true\"]\n")
	p.Write("cmd/alliances/main.go", "package main\n\nfunc main() {}\n")
	p.Write("go.mod", "module gitlab.com/gitlab-com/alliances\n\ngo 1.26\n")
	err := filepath.WalkDir(filepath.Join(p.Dir, "policies/rules"), func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Name() == "seat_cap" {
			return os.RemoveAll(name)
		}
		return nil
	})
	if err != nil {
		p.Fatal(err)
	}
	p.Write("schemas/license.schema.json", strings.Replace(p.read("schemas/license.schema.json"), `"additionalProperties": false`, `"additionalProperties": true`, 1))
}
