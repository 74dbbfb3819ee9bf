package gitfs

import (
	"context"
	"errors"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gitlab.com/gitlab-com/alliances/internal/gitfs/gittest"
)

// TestMain makes the tests' repositories the same everywhere: whatever is set
// around them does not count.
func TestMain(m *testing.M) {
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "GIT_") {
			os.Unsetenv(name)
		}
	}
	for name, value := range map[string]string{
		"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_DEFAULT_HASH": "sha1",
		"GIT_AUTHOR_NAME": "Ann Example", "GIT_AUTHOR_EMAIL": "ann@example.example", "GIT_AUTHOR_DATE": "1600000000 +0130",
		"GIT_COMMITTER_NAME": "Carl", "GIT_COMMITTER_EMAIL": "carl@example.example", "GIT_COMMITTER_DATE": "1600000001 -0800",
	} {
		os.Setenv(name, value)
	}
	os.Exit(m.Run())
}

// A testRepo is a repository to test with.
type testRepo struct{ gittest.Repo }

func newRepo(t *testing.T, flags ...string) testRepo {
	t.Helper()
	return testRepo{gittest.New(t, flags...)}
}

// commit writes files, commits everything and returns the commit's id.
func (g testRepo) commit(namesAndTexts ...string) string {
	g.Helper()
	g.Write(namesAndTexts...)
	return g.Commit("A commit")
}

// id returns the commit that rev names.
func (g testRepo) id(rev string) CommitID {
	g.Helper()
	return CommitID(g.Git("rev-parse", rev))
}

func (g testRepo) mkdir(name string) {
	g.Helper()
	if err := os.Mkdir(filepath.Join(g.Dir, name), 0o777); err != nil {
		g.Fatal(err)
	}
}

func (g testRepo) remove(names ...string) {
	g.Helper()
	for _, name := range names {
		if err := os.RemoveAll(filepath.Join(g.Dir, name)); err != nil {
			g.Fatal(err)
		}
	}
}

func (g testRepo) link(target, name string) {
	g.Helper()
	if err := os.Symlink(target, filepath.Join(g.Dir, name)); err != nil {
		g.Fatal(err)
	}
}

// clone returns a clone over a transport, as one from a server.
func (g testRepo) clone(flags ...string) testRepo {
	g.Helper()
	c := testRepo{gittest.Repo{T: g.T, Dir: g.TempDir()}}
	c.Git(slices.Concat([]string{"clone", "--quiet"}, flags, []string{"file://" + g.Dir, "."})...)
	return c
}

func (g testRepo) open(below ...string) *Repo {
	g.Helper()
	r, err := Open(g.Context(), filepath.Join(append([]string{g.Dir}, below...)...))
	if err != nil {
		g.Fatal(err)
	}
	g.Cleanup(func() {
		if err := r.Close(); err != nil {
			g.Errorf("close: %v", err)
		}
	})
	return r
}

// equal reports got if it differs from want. An empty list is as good as none.
func equal[T any](t *testing.T, what string, want, got T, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", what, err)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// fails reports an error that does not hold each of the words.
func fails(t *testing.T, what string, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("%s: no error, want one with %q", what, words)
		return
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%s: %v\nwant %q in it", what, err, word)
		}
	}
}

// fake puts a shell script in the place of git. In it, "$git" is the real one.
func fake(t *testing.T, script string) {
	t.Helper()
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	text := "#!/bin/sh\ngit=" + git + "\n" + script + "\n"
	if err := os.WriteFile(filepath.Join(dir, "git"), []byte(text), 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
}

func TestOpen(t *testing.T) {
	g := newRepo(t)
	first := g.commit("partners/a.yaml", "a", "sub/partners/b.yaml", "b")
	g.Git("worktree", "add", "--quiet", "linked")
	bare := g.clone("--bare")
	outer := newRepo(t)
	outer.Git("submodule", "--quiet", "add", "file://"+g.Dir, "module")
	for name, test := range map[string]struct {
		dir   string
		bare  bool
		files []string // in partners/
	}{
		"the top":          {g.Dir, false, []string{"partners/a.yaml"}},
		"a folder":         {filepath.Join(g.Dir, "sub"), false, []string{"partners/b.yaml"}},
		"a linked tree":    {filepath.Join(g.Dir, "linked"), false, []string{"partners/a.yaml"}},
		"its folder":       {filepath.Join(g.Dir, "linked", "sub"), false, []string{"partners/b.yaml"}},
		"a submodule":      {filepath.Join(outer.Dir, "module"), false, []string{"partners/a.yaml"}},
		"a bare clone":     {bare.Dir, true, nil},
		"in a bare clone":  {filepath.Join(bare.Dir, "objects"), true, nil},
		"the git folder":   {filepath.Join(g.Dir, ".git"), false, nil},
		"behind a symlink": {symlinkTo(t, filepath.Join(g.Dir, "sub")), false, []string{"partners/b.yaml"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := testRepo{gittest.Repo{T: t, Dir: test.dir}}.open()
			if r.Bare() != test.bare {
				t.Errorf("bare: %v", r.Bare())
			}
			id, err := r.Commit(t.Context(), "HEAD")
			equal(t, "HEAD", CommitID(first), id, err)
			files, _, err := r.Tracked(t.Context(), "partners")
			if test.files == nil {
				fails(t, "tracked", err, "is in no working tree", "git worktree add")
				return
			}
			equal(t, "tracked", test.files, files, err)
		})
	}
}

func symlinkTo(t *testing.T, target string) string {
	name := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(target, name); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestOpenDetached(t *testing.T) {
	g := newRepo(t)
	first := g.commit("a", "1")
	g.commit("a", "2")
	g.Git("checkout", "--quiet", "--detach", "HEAD~1")
	id, err := g.open().Commit(t.Context(), "HEAD")
	equal(t, "HEAD", CommitID(first), id, err)
}

// In a hook, variables say where the repository is.
func TestOpenInAHook(t *testing.T) {
	g := newRepo(t)
	g.commit("a", "1", "sub/b", "2")
	t.Setenv("GIT_DIR", filepath.Join(g.Dir, ".git"))
	t.Setenv("GIT_WORK_TREE", g.Dir)
	t.Setenv("GIT_ICASE_PATHSPECS", "1")
	files, _, err := g.open("sub").Tracked(t.Context(), ".")
	equal(t, "tracked", []string{"b"}, files, err)
}

func TestOpenErrors(t *testing.T) {
	for name, test := range map[string]struct {
		script string
		words  []string
	}{
		"no repository": {`exec "$git" "$@"`, []string{"not a git repository", "git clone"}},
		"old":           {`echo "git version 2.24.4 (Apple Git-1)"`, []string{"2.24", "too old", "2.25"}},
		"very old":      {`echo "git version 1.99"`, []string{"1.99", "too old", "2.25"}},
		"no version":    {`echo hello`, []string{`"hello\n"`, "2.25"}},
		"no number":     {`echo git version 99999999999999999999.1`, []string{"out of range", "2.25"}},
		"broken":        {`echo broken >&2; exit 3`, []string{"broken", "exit status 3"}},
		"silent":        {`exit 3`, []string{"without a word", "exit status 3"}},
		"killed":        {`kill -9 $$`, []string{"without a word", "killed"}},
		"terse":         {`case "$*" in *version) exec "$git" version;; esac; echo false`, []string{"too little"}},
		"other ids": {`case "$*" in *version) exec "$git" version;; esac; printf 'false\ntrue\nfalse\nsha512\n\n'`,
			[]string{"sha512"}},
		"long": {`case "$*" in *version) exec "$git" version;; esac
			for i in 1 2 3 4 5 6 7 8 9; do printf '%9000s\n' warning >&2; done
			printf 'fatal: bad\n%s\n' "$(printf '%990s' | tr ' ' x)é" >&2; exit 128`, []string{": fatal: bad xxx", "x… (exit status 128)"}},
	} {
		t.Run(name, func(t *testing.T) {
			fake(t, test.script)
			r, err := Open(t.Context(), t.TempDir())
			fails(t, "open", err, test.words...)
			if r != nil {
				t.Error("there is a repository besides the error")
			}
		})
	}
	t.Run("no git", func(t *testing.T) {
		t.Setenv("PATH", "")
		_, err := Open(t.Context(), t.TempDir())
		fails(t, "open", err, "git is not installed, or not on the PATH", "needs it")
	})
	t.Run("no folder", func(t *testing.T) {
		_, err := Open(t.Context(), filepath.Join(t.TempDir(), "gone"))
		fails(t, "open", err, "gone", "no such file")
	})
}

func TestPathsOutside(t *testing.T) {
	g := newRepo(t)
	head := g.commit("a", "1", "sub/b", "2")
	r := g.open("sub")
	for _, path := range []string{"..", "../a", "/etc", "a/../../a", "b\x00c"} {
		_, _, err := r.Tracked(t.Context(), path)
		fails(t, "tracked", err, "is no path below")
		_, err = r.Changed(t.Context(), CommitID(head), "b", path)
		fails(t, "changed", err, "is no path below")
		fails(t, "history", last(r.History(t.Context(), CommitID(head), path)), "is no path below")
	}
}

// Nothing hangs once its context is done, not even where git started something
// that holds on to its output.
func TestCancel(t *testing.T) {
	fake(t, `case " $* " in *" $(cat .hangs 2>/dev/null || echo nothing) "*) sleep 100;; esac; exec "$git" "$@"`)
	for command, call := range map[string]func(context.Context, *Repo, string) error{
		"cat-file --batch": func(ctx context.Context, r *Repo, id string) error { _, err := r.Commit(ctx, id); return err },
		"--batch --buffer": func(ctx context.Context, r *Repo, id string) error {
			return r.Blobs(ctx, []string{id}, func(int, []byte) error { return nil })
		},
		"ls-files":  func(ctx context.Context, r *Repo, _ string) error { _, _, err := r.Tracked(ctx, "."); return err },
		"rev-list":  lastError,
		"diff-tree": lastError,
	} {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			g := newRepo(t)
			id := g.commit("a", "1")
			g.Write(".hangs", command)
			r := g.open()
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			if err := call(ctx, r, id); !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "was stopped") {
				t.Errorf("%v", err)
			}
		})
	}
}

func lastError(ctx context.Context, r *Repo, id string) error {
	return last(r.History(ctx, CommitID(id)))
}

// last returns the error that a history ends with.
func last(history iter.Seq2[*Commit, error]) (err error) {
	for _, err = range history {
	}
	return err
}
