// Package gittest makes git repositories to test with.
package gittest

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A Repo is a folder in which git runs.
type Repo struct {
	*testing.T
	Dir string
	Env []string // what git is given besides the process's own environment
}

// New returns an empty repository whose branch is main. flags are those of git init.
// Where there is no git, the test is skipped.
func New(t *testing.T, flags ...string) Repo {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	r := Repo{T: t, Dir: t.TempDir()}
	r.Git(append([]string{"init", "--quiet", "--initial-branch=main"}, flags...)...)
	return r
}

// Git runs a git command and returns what it prints.
func (r Repo) Git(args ...string) string {
	r.Helper()
	settings := []string{"-c", "protocol.file.allow=always", "-c", "user.name=Ann Example", "-c", "user.email=ann@company.example"}
	cmd := exec.Command("git", slices.Concat(settings, args)...)
	cmd.Dir, cmd.Env = r.Dir, append(os.Environ(), r.Env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// Write writes files, given as name and text in turn.
func (r Repo) Write(namesAndTexts ...string) {
	r.Helper()
	for pair := range slices.Chunk(namesAndTexts, 2) {
		name := filepath.Join(r.Dir, pair[0])
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			r.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(pair[1]), 0o666); err != nil {
			r.Fatal(err)
		}
	}
}

// Commit commits everything and returns the commit's id.
func (r Repo) Commit(message string) string {
	r.Helper()
	r.Git("add", "--all")
	r.Git("commit", "--quiet", "--allow-empty", "--message="+message)
	return r.Git("rev-parse", "HEAD")
}
