package state

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/gitfs/gittest"
)

// builtin are rules that can be told from all others.
var builtin = RuleFiles{Schemas: fstest.MapFS{}, Policies: fstest.MapFS{"builtin": {}}}

// newClone returns a repository with the files, given as path and text in turn,
// in its first commit.
func newClone(t *testing.T, pathsAndTexts ...string) gittest.Repo {
	t.Helper()
	for _, variable := range os.Environ() {
		if name, value, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "GIT_") {
			t.Setenv(name, value) // put back at the end
			os.Unsetenv(name)
		}
	}
	c := gittest.New(t)
	c.Write(pathsAndTexts...)
	c.Commit("A commit")
	return c
}

// open returns the repository in the folder dir.
func open(t *testing.T, dir string) *Repository {
	t.Helper()
	r, err := Open(dir, builtin)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

const partner = "partners/example-ci/partner.yaml"

func TestOpenFindsTheFolderAbove(t *testing.T) {
	dir := t.TempDir()
	below := filepath.Join(dir, "partners/example-ci/licenses")
	if err := os.MkdirAll(below, 0o777); err != nil {
		t.Fatal(err)
	}
	t.Chdir(below)
	r := open(t, "")
	if want, _ := filepath.EvalSymlinks(dir); r.Dir != want || r.Base == r.Dir {
		t.Errorf("it is in %s, and paths are relative to %s", r.Dir, r.Base)
	}
	t.Chdir(t.TempDir())
	if _, err := open(t, "").WorkingTree(); err == nil || !strings.Contains(err.Error(), "there is no folder partners/") {
		t.Errorf("%v", err)
	}
}

// TestBareRepository holds that a commit is a state of its own: with records and
// rules, and no working tree.
func TestBareRepository(t *testing.T) {
	c := newClone(t, partner, "name: One\n", "schemas/a", "1", "policies/b", "1")
	c.Write(partner, "name: Two\n", "cmd/main.go", "", "README.md", "")
	c.Commit("A commit")
	bare := gittest.Repo{T: t, Dir: t.TempDir()}
	bare.Git("clone", "--quiet", "--bare", c.Dir, ".")
	r := open(t, bare.Dir)
	change, err := r.Between(t.Context(), "main~1", "main")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"cmd/main.go", partner}, []string(change.Paths)); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
	for want, s := range map[string]*State{"name: One\n": change.Before, "name: Two\n": change.After} {
		if text := s.Source(partner); text == nil || string(text.Text()) != want {
			t.Errorf("%s holds %v, want %q", s.Name, text, want)
		}
		if s.Name != "the commit "+s.Commit.Short() || !s.Has(partner) || s.Has("partners/gone") || s.Has("../x") {
			t.Errorf("%s has not what it holds, or more", s.Name)
		}
		if rules, err := s.Rules(); err != nil || rules.Policies == builtin.Policies {
			t.Errorf("%s is judged by the rules built in, %v", s.Name, err)
		}
	}
	if _, err := r.Since(t.Context(), "main~1"); !errors.Is(err, ErrBare) {
		t.Errorf("%v", err)
	}
}

// TestSince tells of whatever is not as it was, committed or not, known to git or
// not.
func TestSince(t *testing.T) {
	c := newClone(t, partner, "name: One\n", "partners/example-ci/same.yaml", "1", ".gitignore", "ignored.yaml\n")
	c.Write("partners/example-ci/committed.yaml", "1")
	c.Commit("A commit")
	c.Write(partner, "name: Two\n", "partners/example-ci/ignored.yaml", "1", "partners/example-ci/new.yaml", "1",
		"cmd/new", "1", "other", "1")
	change, err := open(t, c.Dir).Since(t.Context(), "HEAD~1")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"cmd/new", "partners/example-ci/committed.yaml", "partners/example-ci/ignored.yaml", "partners/example-ci/new.yaml", partner}
	if diff := cmp.Diff(want, []string(change.Paths)); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
	if change.After.Commit != "" || change.Before.Commit == "" {
		t.Errorf("from %q to %q", change.Before.Commit, change.After.Commit)
	}
}

func TestNoRecords(t *testing.T) {
	c := newClone(t, "README.md", "")
	if _, err := open(t, c.Dir).At(t.Context(), "HEAD"); err == nil || !strings.Contains(err.Error(), "there is no folder partners/ in the commit ") {
		t.Errorf("%v", err)
	}
}

func TestRules(t *testing.T) {
	for name, test := range map[string]struct {
		files fstest.MapFS
		want  string
	}{
		"neither": {fstest.MapFS{partner: {}}, ""},
		"both":    {fstest.MapFS{"schemas/a": {}, "policies/a": {}}, ""},
		"schemas": {fstest.MapFS{"schemas/a": {}}, "here has schemas/ but no policies/; it needs both"},
		"policies": {fstest.MapFS{"schemas": {Data: []byte("a file")}, "policies/a": {}},
			"schemas in here is no folder"},
	} {
		rules, err := newState("here", test.files, test.files, builtin).Rules()
		switch {
		case test.want != "":
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("%s: %v", name, err)
			}
		case err != nil:
			t.Errorf("%s: %v", name, err)
		case (name == "neither") != hasFile(rules, "builtin"):
			t.Errorf("%s: judged by others", name)
		}
	}
}

func hasFile(rules RuleFiles, name string) bool {
	file, err := rules.Policies.Open(name)
	return err == nil && file.Close() == nil
}

// TestRulesBehindALink holds that no rules are read from outside of the folder.
func TestRulesBehindALink(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	for _, name := range []string{"partners", "schemas"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(dir, "policies")); err != nil {
		t.Skip(err)
	}
	if _, err := open(t, dir).WorkingTree(); err == nil || !strings.Contains(err.Error(), "policies in ") {
		t.Errorf("%v", err)
	}
}

func TestSourceBehindALink(t *testing.T) {
	files := fstest.MapFS{partner: {Data: []byte("a")}, "partners/link": {Data: []byte("example-ci"), Mode: os.ModeSymlink}}
	s := newState("here", files, files, builtin)
	if s.Source(partner) == nil || s.Source("partners/link/partner.yaml") != nil || s.Source("partners/link") != nil {
		t.Error("a text is missing, or shown from behind a link")
	}
	other := s.With(fstest.MapFS{})
	if other.Source(partner) != nil || other.Name != s.Name {
		t.Error("other files are the same, or go by another name")
	}
}
