package gitfs

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAmbiguousRevisions holds that no name that stands for two things is taken
// for one of them.
func TestAmbiguousRevisions(t *testing.T) {
	for name, test := range map[string]struct {
		add   func(g testRepo, id string)
		words []string
	}{
		"a tag":           {func(g testRepo, id string) { g.Git("tag", "main", id) }, []string{"refs/heads/main or refs/tags/main"}},
		"another ref":     {func(g testRepo, id string) { g.Git("update-ref", "refs/main", id) }, []string{"refs/heads/main or refs/main"}},
		"a remote":        {func(g testRepo, id string) { g.Git("update-ref", "refs/remotes/main/HEAD", id) }, []string{"refs/heads/main or refs/remotes/main/HEAD"}},
		"a file of git's": {func(g testRepo, id string) { g.Write(".git/main", id+"\n") }, []string{"refs/heads/main or the file main in git's own folder"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newRepo(t)
			first := g.commit("a", "1")
			second := g.commit("a", "2")
			test.add(g, first)
			r := g.open()
			for _, rev := range []string{"main", "main~1", "main^{commit}"} {
				_, err := r.Commit(t.Context(), rev)
				fails(t, rev, err, append(test.words, `"main" could be `, "in full, such as refs/heads/main")...)
			}
			for _, rev := range []string{"refs/heads/main", "HEAD", second} {
				got, err := r.Commit(t.Context(), rev)
				equal(t, rev, CommitID(second), got, err)
			}
		})
	}
	t.Run("an object's id", func(t *testing.T) {
		g := newRepo(t)
		first := g.commit("a", "1")
		g.commit("a", "2")
		g.Git("branch", first[:8])
		_, err := g.open().Commit(t.Context(), first[:8])
		fails(t, "id", err, "or an object's id", "such as refs/heads/"+first[:8])
	})
}

// TestGrafts holds that a commit has the parents that it names, and no others.
func TestGrafts(t *testing.T) {
	g := newRepo(t)
	first := g.commit("a", "1")
	second := g.commit("a", "2")
	third := g.commit("a", "3")
	grafts := third + " " + first + "\n"
	g.Write(".git/info/grafts", grafts, "grafts", grafts)
	t.Setenv("GIT_GRAFT_FILE", filepath.Join(g.Dir, "grafts"))
	got, err := g.open().Base(t.Context(), second, third)
	equal(t, "merge base", CommitID(second), got, err)
}

// TestForgedObjects gives objects the bytes of others of their kind.
func TestForgedObjects(t *testing.T) {
	for name, read := range map[string]func(t *testing.T, g testRepo, id CommitID) error{
		"blob": func(t *testing.T, g testRepo, id CommitID) error {
			g.forge("HEAD:a", "HEAD:other")
			_, err := fs.ReadFile(g.fs(string(id)), "a")
			return err
		},
		"tree": func(t *testing.T, g testRepo, id CommitID) error {
			fsys := g.fs(string(id))
			g.forge("HEAD:dir", "HEAD:elsewhere")
			_, err := fs.ReadDir(fsys, "dir")
			return err
		},
		"tree of a comparison": func(t *testing.T, g testRepo, id CommitID) error {
			r := g.open()
			first := g.id("HEAD~1")
			g.forge("HEAD:dir", "HEAD~1:dir")
			_, err := r.Diff(t.Context(), first, id)
			return err
		},
		"contents": func(t *testing.T, g testRepo, _ CommitID) error {
			blob := g.Git("rev-parse", "HEAD:a")
			g.forge("HEAD:a", "HEAD:other")
			return g.open().Blobs(t.Context(), []string{blob}, func(int, []byte) error { return nil })
		},
		"commit": func(t *testing.T, g testRepo, id CommitID) error {
			r := g.open()
			g.forge("HEAD", "HEAD~1")
			_, err := r.FS(t.Context(), id)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newRepo(t)
			g.commit("a", "1", "other", "2", "dir/a", "1", "elsewhere/b", "2")
			id := CommitID(g.commit("dir/a", "3"))
			fails(t, name, read(t, g, id), "are not what its id says", "git fsck")
		})
	}
}

// forge puts what one name means in the place of what another means.
func (g testRepo) forge(name, by string) {
	g.Helper()
	file := func(rev string) string {
		id := g.Git("rev-parse", rev)
		return filepath.Join(g.Dir, ".git/objects", id[:2], id[2:])
	}
	text, err := os.ReadFile(file(by))
	if err != nil {
		g.Fatal(err)
	}
	target := file(name)
	if err := os.Chmod(target, 0o666); err != nil {
		g.Fatal(err)
	}
	if err := os.WriteFile(target, text, 0o666); err != nil {
		g.Fatal(err)
	}
}

// TestModules holds that a submodule is known whether or not it is fetched, and
// that the quick look at the index never overlooks one.
func TestModules(t *testing.T) {
	for _, version := range []string{"2", "4"} {
		g := newRepo(t)
		head := g.commit("partners/a", "1", "b", "1")
		g.Git("update-index", "--index-version", version)
		if MayHoldModules(g.Dir) {
			t.Errorf("version %s: the index holds a submodule", version)
		}
		g.Git("update-index", "--add", "--cacheinfo", "160000,"+head+",partners/m")
		g.Git("update-index", "--add", "--cacheinfo", "160000,"+head+",elsewhere")
		if !MayHoldModules(g.Dir) {
			t.Errorf("version %s: the index holds no submodule", version)
		}
		got, err := g.open().Modules(t.Context(), "partners")
		equal(t, "modules", []string{"partners/m"}, got, err)
		g.Git("config", "user.name", "Ann")
		g.Git("worktree", "add", "--quiet", "--detach", g.Dir+"/linked")
		g.Write("linked/c", "")
		if !MayHoldModules(filepath.Join(g.Dir, "linked")) {
			t.Error("a linked working tree has no submodule for sure")
		}
	}
	if MayHoldModules(t.TempDir()) {
		t.Error("a folder that is in no repository has submodules")
	}
}

func TestDiffOfKinds(t *testing.T) {
	g := newRepo(t)
	first := CommitID(g.commit("a/b/c", "1", "d", "1", "e.x", "1", "e/f", "1"))
	g.remove("a", "d")
	second := CommitID(g.commit("a", "now a file", "d/now", "a folder", "e.y", "1", "e/g", "1"))
	r := g.open()
	got, err := r.Diff(t.Context(), first, second)
	equal(t, "there", "a a/b/c d d/now e.y e/g", strings.Join(got, " "), err)
	got, err = r.Diff(t.Context(), second, first)
	equal(t, "and back", "a a/b/c d d/now e.y e/g", strings.Join(got, " "), err)
	g.Git("update-index", "--add", "--cacheinfo", "160000,"+string(first)+",module/m")
	g.Git("commit", "--quiet", "--message=A submodule")
	got, err = r.Diff(t.Context(), second, g.id("HEAD"))
	equal(t, "a submodule", "module/m", strings.Join(got, " "), err)
	got, err = r.Diff(t.Context(), first, second, "e", "gone", "a/b")
	equal(t, "below", "a/b/c e/g", strings.Join(got, " "), err)
}
