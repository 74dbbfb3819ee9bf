package release

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/gitfs/gittest"
)

// An origin is a repository that holds the working tree in one commit, which has the
// tag, and of which the changelog says something.
type origin struct{ gittest.Repo }

const notes = "- All that there is."

func newOrigin(t *testing.T) origin {
	t.Helper()
	o := origin{gittest.New(t)}
	list := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	list.Dir = "../.."
	names, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(names), "\x00"), "\x00") {
		o.copy(name)
	}
	o.replace("CHANGELOG.md", "## [Unreleased]\n", "## [Unreleased]\n\n- To come.\n\n## [1.2.3] - 2026-11-29\n\n"+notes+"\n\n## [1.2.2]\n\n## [1.2.1]\n")
	if len(targets()) == 1 {
		o.replace(".goreleaser.yaml", "goos: [linux, darwin, windows]", "goos: ["+runtime.GOOS+"]")
		o.replace(".goreleaser.yaml", "goarch: [amd64, arm64]", "goarch: ["+runtime.GOARCH+"]")
	}
	o.Commit("Release it")
	o.Git("tag", tag)
	return o
}

// copy copies a file of the working tree, unless it has been deleted there.
func (o origin) copy(name string) {
	o.Helper()
	from, to := filepath.Join("../..", name), filepath.Join(o.Dir, name)
	about, err := os.Lstat(from)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		o.Fatal(err)
	}
	text, err := os.ReadFile(from)
	if err != nil {
		o.Fatal(err)
	}
	o.Write(name, string(text))
	if err := os.Chmod(to, about.Mode().Perm()); err != nil {
		o.Fatal(err)
	}
}

func (o origin) replace(name, old, new string) {
	o.Helper()
	text, err := os.ReadFile(filepath.Join(o.Dir, name))
	if err != nil {
		o.Fatal(err)
	}
	if !strings.Contains(string(text), old) {
		o.Fatalf("%s has no %q", name, old)
	}
	o.Write(name, strings.Replace(string(text), old, new, 1))
}

// A clone is a folder in which a release is made.
type clone struct{ gittest.Repo }

func (o origin) clone(name string, flags ...string) *clone {
	o.Helper()
	dir := filepath.Join(o.TempDir(), name)
	o.Git(slices.Concat([]string{"clone", "--quiet"}, flags, []string{o.Dir, dir})...)
	return &clone{gittest.Repo{T: o.T, Dir: dir}}
}

// run runs a program in the clone.
func (c *clone) run(program string, env []string, args ...string) (out string, err error) {
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Env = c.Dir, append(append(os.Environ(), "CI_COMMIT_TAG="+tag), env...)
	text, err := cmd.CombinedOutput()
	return string(text), err
}

func (c *clone) mustRun(program string, env []string, args ...string) string {
	c.Helper()
	out, err := c.run(program, env, args...)
	if err != nil {
		c.Fatalf("%s %q: %v\n%s", program, args, err, out)
	}
	return out
}

// script returns the path of the script that makes releases.
func (c *clone) script() string { return filepath.Join(c.Dir, ".ci", "release") }

// path returns that of a file which is released.
func (c *clone) path(name string) string { return filepath.Join(c.Dir, "dist", name) }

func (c *clone) read(name string) string {
	c.Helper()
	text, err := os.ReadFile(c.path(name))
	if err != nil {
		c.Fatal(err)
	}
	return string(text)
}
