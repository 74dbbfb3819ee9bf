package gitfs

import (
	"os"
	"path/filepath"
	"testing"
)

func TestCommit(t *testing.T) {
	g := newRepo(t)
	first := g.commit("partners/a.yaml", "a", "x^{commit}", "file")
	second := g.commit("partners/a.yaml", "b")
	g.Git("tag", "--annotate", "--message=Tag", "v1", first)
	g.Git("branch", "topic/ä", first)
	r := g.open()
	for rev, want := range map[string]string{
		"HEAD": second, "@": second, "main": second, "HEAD~1": first, "main^": first, "v1": first, "topic/ä": first,
		"refs/heads/main": second, first: first, first[:12]: first, second + "^": first, ":/A commit": second,
	} {
		got, err := r.Commit(t.Context(), rev)
		equal(t, rev, CommitID(want), got, err)
	}
	gone := "0123456789012345678901234567890123456789"
	for rev, words := range map[string][]string{
		"":                          {`there is no revision ""`},
		"-h":                        {`there is no revision "-h": name`},
		"--all":                     {`there is no revision "--all": name`},
		"HEAD\n" + first:            {`there is no revision "HEAD\n`},
		"HEAD\x00":                  {`there is no revision "HEAD\x00"`},
		"a..b":                      {`there is no revision "a..b"`},
		"HEAD~1..HEAD":              {`there is no revision "HEAD~1..HEAD"`},
		"HEAD...main":               {`there is no revision "HEAD...main"`},
		"^HEAD":                     {`there is no revision "^HEAD"`},
		"HEAD~7":                    {`there is no revision "HEAD~7": name`},
		"next":                      {`there is no revision "next"`, "git fetch origin next", "origin/next"},
		"origin/next":               {`there is no revision "origin/next"`, "git fetch origin next)", "as origin/next"},
		"HEAD:partners":             {`"HEAD:partners" names a tree, not a commit`},
		"HEAD:x":                    {`"HEAD:x" names a blob, not a commit`},
		g.Git("rev-parse", "HEAD:"): {"names a tree, not a commit"},
		gone:                        {"the commit " + gone + " is not in this clone", "(git fetch origin " + gone + ")"},
		gone[:20]:                   {"there is no revision"},
	} {
		id, err := r.Commit(t.Context(), rev)
		fails(t, rev, err, words...)
		equal(t, rev, "", id, nil)
	}
}

func TestUnborn(t *testing.T) {
	g := newRepo(t)
	r := g.open()
	for _, rev := range []string{"HEAD", "@"} {
		_, err := r.Commit(t.Context(), rev)
		fails(t, rev, err, `the branch "main" has no commit yet`, "commit something")
	}
	id := g.commit("a", "1")
	got, err := r.Commit(t.Context(), "HEAD")
	equal(t, "HEAD, once there is a commit", CommitID(id), got, err)
	g.Git("checkout", "--quiet", "--orphan", "empty")
	_, err = r.Base(t.Context(), "main", "HEAD")
	fails(t, "base", err, `the branch "empty" has no commit yet`)
}

func TestMissingCommit(t *testing.T) {
	g := newRepo(t)
	id := g.commit("a", "1")
	g.remove(filepath.Join(".git", "objects", id[:2], id[2:]))
	_, err := g.open().Commit(t.Context(), "HEAD")
	fails(t, "HEAD", err, "the commit "+id+" is not in this clone")
}

func TestBase(t *testing.T) {
	g := newRepo(t)
	first := g.commit("a", "1")
	second := g.commit("a", "2")
	g.Git("checkout", "--quiet", "-b", "topic", first)
	third := g.commit("b", "3")
	g.Git("checkout", "--quiet", "--orphan", "other")
	other := g.commit("c", "4")
	r := g.open()
	for _, test := range []struct{ rev, head, want string }{
		{"main", "topic", first}, {"topic", "main", first}, {"main", "main", second}, {"topic", first, first},
		{second, third, first}, {"HEAD", other, other},
	} {
		got, err := r.Base(t.Context(), test.rev, test.head)
		equal(t, test.rev+" and "+test.head, CommitID(test.want), got, err)
	}
	for _, test := range []struct{ rev, head, words string }{
		{"main", "HEAD", `"main" and "HEAD" have no commit in common: `},
		{second, "other", "have no commit in common: "},
		{"gone", "HEAD", `there is no revision "gone"`},
		{"main", "-x", `there is no revision "-x"`},
	} {
		_, err := r.Base(t.Context(), test.rev, test.head)
		fails(t, test.rev+" and "+test.head, err, test.words)
	}
}

func TestBaseInAShallowClone(t *testing.T) {
	g := newRepo(t)
	first := g.commit("a", "1")
	g.commit("a", "2")
	base := g.Git("rev-parse", "HEAD")
	g.Git("checkout", "--quiet", "-b", "topic", first)
	g.commit("b", "3")
	g.Git("config", "uploadpack.allowAnySHA1InWant", "true")
	c := g.clone("--depth=1", "--branch=topic")
	r := c.open()
	_, err := r.Base(t.Context(), "origin/main", "HEAD")
	fails(t, "a name that is not there", err, `there is no revision "origin/main"`, "git fetch origin main")
	_, err = r.Base(t.Context(), base, "HEAD")
	fails(t, "a commit that is not there", err, "(git fetch --depth=1 origin "+base+")")
	c.Git("fetch", "--quiet", "--depth=1", "origin", base)
	got, err := r.Base(t.Context(), base, "HEAD")
	equal(t, "a commit that is there", CommitID(base), got, err)
	_, err = r.Base(t.Context(), "FETCH_HEAD", "HEAD")
	fails(t, "a name", err, `"FETCH_HEAD" and "HEAD" have no commit in common in this clone`, "git fetch --unshallow", `GIT_DEPTH: "0"`)
	_, err = r.Base(t.Context(), base[:20], "HEAD")
	fails(t, "a short id", err, "have no commit in common in this clone")
	c.Git("fetch", "--quiet", "--unshallow")
	got, err = c.open().Base(t.Context(), base, "HEAD")
	equal(t, "the whole history", CommitID(first), got, err)
}

// TestBaseBehindTheCut has a shallow clone in which git finds a commit in common
// that is older than the merge base, whose history is cut off.
func TestBaseBehindTheCut(t *testing.T) {
	g := newRepo(t)
	old := g.commit("a", "1")
	base := g.commit("a", "2")
	g.Git("checkout", "--quiet", "-b", "topic")
	for _, text := range []string{"3", "4", "5"} {
		g.commit("a", text)
	}
	merge := g.Git("commit-tree", "-p", "HEAD", "-p", old, "-m", "merge", "HEAD^{tree}")
	g.Git("reset", "--quiet", "--hard", merge)
	got, err := g.open().Base(t.Context(), "main", "HEAD")
	equal(t, "the whole history", CommitID(base), got, err)
	c := g.clone("--depth=3", "--no-single-branch", "--branch=topic")
	equal(t, "what git says", old, c.Git("merge-base", "origin/main", "HEAD"), nil)
	r := c.open()
	_, err = r.Base(t.Context(), "origin/main", "HEAD")
	fails(t, "a name", err, "have no commit in common in this clone", "git fetch --unshallow")
	got, err = r.Base(t.Context(), base, "HEAD")
	equal(t, "a full id", CommitID(base), got, err)
}

// TestSeveralBases has two branches that have been merged into each other.
func TestSeveralBases(t *testing.T) {
	g := newRepo(t)
	first := g.commit("a", "1")
	one := g.commit("a", "2")
	g.Git("checkout", "--quiet", "-b", "topic", first)
	two := g.commit("b", "3")
	for branch, other := range map[string]string{"main": two, "topic": one} {
		g.Git("checkout", "--quiet", branch)
		g.Git("merge", "--quiet", "--no-ff", "-m", "merge", other)
	}
	_, err := g.open().Base(t.Context(), "main", "topic")
	fails(t, "two bases", err, `"main" and "topic" parted more than once`, one[:shortID], two[:shortID], `merge "main" into "topic" first`)
	got, err := g.open().Base(t.Context(), one, "topic")
	equal(t, "one of them", CommitID(one), got, err)
}

func TestSHA256(t *testing.T) {
	g := newRepo(t, "--object-format=sha256")
	first := g.commit("partners/a.yaml", "a", "partners/b.yaml", "b")
	second := g.commit("partners/a.yaml", "c")
	g.touch("partners/a.yaml", "partners/b.yaml")
	r := g.open()
	got, err := r.Base(t.Context(), first, "HEAD")
	equal(t, "base", CommitID(first), got, err)
	changed, err := r.Changed(t.Context(), CommitID(first))
	equal(t, "changed", []string{"partners/a.yaml"}, changed, err)
	changed, err = r.Changed(t.Context(), CommitID(second))
	equal(t, "unchanged", nil, changed, err)
	fsys, err := r.FS(t.Context(), CommitID(first))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "files", "partners/a.yaml=a partners/b.yaml=b", contents(t, fsys), nil)
	for commit, err := range r.History(t.Context(), g.id("HEAD"), "partners/a.yaml") {
		if err != nil || len(commit.Changes) != 1 || len(commit.Changes[0].After) != 64 {
			t.Errorf("%+v %v", commit, err)
		}
	}
	_, err = r.Commit(t.Context(), "0123456789012345678901234567890123456789")
	fails(t, "an id that is too short", err, "there is no revision")
}

// touch makes files look changed to whoever looks at their times.
func (g testRepo) touch(names ...string) {
	g.Helper()
	for _, name := range names {
		name = filepath.Join(g.Dir, name)
		data, err := os.ReadFile(name)
		if err != nil {
			g.Fatal(err)
		}
		if err := os.WriteFile(name+"~", data, 0o666); err != nil {
			g.Fatal(err)
		}
		if err := os.Rename(name+"~", name); err != nil {
			g.Fatal(err)
		}
	}
}
