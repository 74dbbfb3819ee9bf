package gitfs

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/gitfs/gittest"
)

var oddNames = []string{
	"partners/ leading", "partners/\"quoted\"", "partners/-x", "partners/:(glob)**", "partners/a*b?[c]", "partners/back\\slash",
	"partners/line\nbreak", "partners/tab\there", "partners/日本", "partners/\xff",
}

func TestTrackedAndUntracked(t *testing.T) {
	g := newRepo(t)
	r := g.open()
	names, _, err := r.Tracked(t.Context(), "partners")
	equal(t, "nothing at all", nil, names, err)
	for _, name := range oddNames {
		g.Write(name, "1")
	}
	g.Write("other", "1", "partnersx", "1")
	names, err = r.Untracked(t.Context(), "partners")
	equal(t, "untracked", oddNames, names, err)
	g.commit()
	names, _, err = r.Tracked(t.Context(), "partners")
	equal(t, "tracked", oddNames, names, err)
	for _, name := range oddNames {
		names, _, err = r.Tracked(t.Context(), name)
		equal(t, "tracked", []string{name}, names, err)
	}
	names, _, err = g.open("partners").Tracked(t.Context(), ".")
	equal(t, "tracked below", len(oddNames), len(names), err)
	names, err = r.Untracked(t.Context())
	equal(t, "none untracked", nil, names, err)
}

func TestUntracked(t *testing.T) {
	g := newRepo(t)
	g.commit(".gitignore", "*.log\n/partners/ignored/\n", "partners/tracked", "1", "a", "1")
	g.Write("partners/b", "1", "partners/new/c", "1", "partners/x.log", "1", "partners/ignored/y", "1", "d", "1", "e", "1")
	g.link("nowhere", "partners/link")
	g.Git("init", "--quiet", "partners/nested")
	testRepo{gittest.Repo{T: t, Dir: filepath.Join(g.Dir, "partners", "nested")}}.commit("f", "1")
	for _, test := range []struct {
		below, path string
		want        []string
	}{
		{"", "partners", []string{"partners/b", "partners/link", "partners/new/c"}},
		{"", "d", []string{"d"}},
		{"partners", ".", []string{"b", "link", "new/c"}},
		{"partners", "new", []string{"new/c"}},
		{"", "gone", nil},
	} {
		names, err := g.open(test.below).Untracked(t.Context(), test.path)
		equal(t, test.below+":"+test.path, test.want, names, err)
	}
	names, err := g.open("partners").Untracked(t.Context())
	equal(t, "below a folder", []string{"b", "link", "new/c"}, names, err)
	names, err = g.open().Untracked(t.Context(), "d", "e", "partners/new")
	equal(t, "some paths", []string{"d", "e", "partners/new/c"}, names, err)
}

// Each test changes something in a repository whose commit has the files a to
// d, dir/e and a link to a, and where u is untracked.
func TestChanged(t *testing.T) {
	for name, test := range map[string]struct {
		step func(g testRepo)
		want []string
	}{
		"nothing":             {func(testRepo) {}, nil},
		"touched":             {func(g testRepo) { g.touch("a", "dir/e") }, nil},
		"contents":            {func(g testRepo) { g.Write("a", "other") }, []string{"a"}},
		"same length":         {func(g testRepo) { g.Write("a", "A") }, []string{"a"}},
		"staged":              {func(g testRepo) { g.Write("a", "A"); g.Git("add", "a") }, []string{"a"}},
		"staged and undone":   {func(g testRepo) { g.Write("a", "A"); g.Git("add", "a"); g.Write("a", "a") }, nil},
		"staged twice":        {func(g testRepo) { g.Write("a", "A"); g.Git("add", "a"); g.Write("a", "AA") }, []string{"a"}},
		"deleted":             {func(g testRepo) { g.remove("a") }, []string{"a"}},
		"deleted and staged":  {func(g testRepo) { g.Git("rm", "--quiet", "a") }, []string{"a"}},
		"folder deleted":      {func(g testRepo) { g.remove("dir") }, []string{"dir/e"}},
		"only in the index":   {func(g testRepo) { g.Git("rm", "--quiet", "--cached", "a") }, nil},
		"not so, and changed": {func(g testRepo) { g.Git("rm", "--quiet", "--cached", "a"); g.Write("a", "A") }, []string{"a"}},
		"index gone":          {func(g testRepo) { g.remove(".git/index") }, nil},
		"added":               {func(g testRepo) { g.Git("add", "u") }, []string{"u"}},
		"meant to be added":   {func(g testRepo) { g.Git("add", "-N", "u") }, []string{"u"}},
		"added and deleted":   {func(g testRepo) { g.Git("add", "u"); g.remove("u") }, nil},
		"renamed":             {func(g testRepo) { g.Git("mv", "a", "z") }, []string{"a", "z"}},
		"executable":          {func(g testRepo) { g.chmod("a") }, nil},
		"executable, staged":  {func(g testRepo) { g.chmod("a"); g.Git("add", "a") }, nil},
		"now a link":          {func(g testRepo) { g.remove("a"); g.link("b", "a") }, []string{"a"}},
		"now a link, staged":  {func(g testRepo) { g.remove("a"); g.link("b", "a"); g.Git("add", "a") }, []string{"a"}},
		"now a folder":        {func(g testRepo) { g.remove("a"); g.Write("a/x", "a"); g.Git("add", "a") }, []string{"a", "a/x"}},
		"link touched":        {func(g testRepo) { g.remove("link"); g.link("a", "link") }, nil},
		"link changed":        {func(g testRepo) { g.remove("link"); g.link("b", "link") }, []string{"link"}},
		"link now a file":     {func(g testRepo) { g.remove("link"); g.Write("link", "a") }, []string{"link"}},
		"link out of index":   {func(g testRepo) { g.Git("rm", "--quiet", "--cached", "link") }, nil},
		"folder now a link":   {func(g testRepo) { g.remove("dir"); g.Write("dir2/e", "e"); g.link("dir2", "dir") }, []string{"dir/e"}},
		"unreadable":          {func(g testRepo) { g.remove("a"); g.mkfifo("a") }, []string{"a"}},
		"line ends":           {func(g testRepo) { g.Write("b", "b\r\n") }, []string{"b"}},
		"a submodule":         {func(g testRepo) { g.Git("submodule", "--quiet", "add", "file://"+g.Dir, "m") }, []string{".gitmodules", "m"}},
		"a submodule, not fetched": {func(g testRepo) {
			g.Git("update-index", "--add", "--cacheinfo", "160000,"+g.Git("rev-parse", "HEAD")+",m")
			g.mkdir("m")
		}, []string{"m"}},
		"a submodule in the index alone": {func(g testRepo) {
			g.Git("update-index", "--add", "--cacheinfo", "160000,"+g.Git("rev-parse", "HEAD")+",m")
		}, nil}, // Modules tells of it
		"times set back": {func(g testRepo) {
			g.Git("config", "core.trustctime", "false")
			g.Git("config", "core.checkStat", "minimal")
			g.setBack("a", "A")
		}, []string{"a"}},
		"a conflict":          {conflict, nil},
		"a conflict, changed": {func(g testRepo) { conflict(g); g.Write("a", "A") }, []string{"a"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newRepo(t)
			g.Write("a", "a", "b", "b", "c", "c", "d", "d", "dir/e", "e")
			g.link("a", "link")
			base := g.commit()
			g.elsewhere()
			g.Write("u", "u")
			test.step(g)
			r := g.open()
			got, err := r.Changed(t.Context(), CommitID(base))
			equal(t, "changed", test.want, got, err)
			for _, head := range []string{"refs/heads/other", "refs/heads/unborn"} { // where HEAD is does not matter
				g.Git("symbolic-ref", "HEAD", head)
				got, err = r.Changed(t.Context(), CommitID(base))
				equal(t, "changed, with HEAD at "+head, test.want, got, err)
			}
		})
	}
}

// elsewhere makes a branch other that has everything in another way, and leaves
// it again.
func (g testRepo) elsewhere() {
	g.Helper()
	g.Git("checkout", "--quiet", "-b", "other")
	g.remove("b", "c", "d", "link", "dir")
	g.link("b", "c")
	g.commit("a", "A", "u", "u", "link", "a", "dir", "no folder", "d/x", "d", "m", "m", "z", "z")
	g.Git("checkout", "--quiet", "main")
}

func (g testRepo) chmod(name string) {
	g.Helper()
	if err := os.Chmod(filepath.Join(g.Dir, name), 0o777); err != nil {
		g.Fatal(err)
	}
}

// conflict leaves a, as the commit has it, with no version of it decided on.
func conflict(g testRepo) {
	id := g.Git("rev-parse", "HEAD:a")
	g.Git("update-index", "--force-remove", "a")
	cmd := exec.Command("git", "update-index", "--index-info")
	cmd.Dir, cmd.Stdin = g.Dir, strings.NewReader(fmt.Sprintf("100644 %s 1\ta\n100644 %[1]s 2\ta\n100644 %[1]s 3\ta\n", id))
	if out, err := cmd.CombinedOutput(); err != nil {
		g.Fatalf("%v\n%s", err, out)
	}
}

// setBack gives a file another text of the same length, and the time that it had.
func (g testRepo) setBack(name, text string) {
	g.Helper()
	time.Sleep(1100 * time.Millisecond) // git is not in doubt about a file that is older than its index
	g.Git("update-index", "--refresh")
	before, err := os.Stat(filepath.Join(g.Dir, name))
	if err != nil {
		g.Fatal(err)
	}
	g.Write(name, text)
	if err := os.Chtimes(filepath.Join(g.Dir, name), before.ModTime(), before.ModTime()); err != nil {
		g.Fatal(err)
	}
}

func TestChangedBelow(t *testing.T) {
	g := newRepo(t)
	var files []string
	for _, name := range oddNames {
		files = append(files, name, "1")
	}
	base := g.commit(append(files, "other", "1", "sub/partners/a", "1")...)
	for _, name := range oddNames {
		g.Write(name, "2")
	}
	g.Write("other", "2", "sub/partners/a", "2")
	r := g.open()
	got, err := r.Changed(t.Context(), CommitID(base), "partners")
	equal(t, "partners", oddNames, got, err)
	for _, name := range oddNames {
		got, err = r.Changed(t.Context(), CommitID(base), name)
		equal(t, "one", []string{name}, got, err)
	}
	g.touch(oddNames...)
	got, err = r.Changed(t.Context(), CommitID(base), "partners", "other")
	equal(t, "partners and other", append([]string{"other"}, oddNames...), got, err)
	got, err = g.open("sub").Changed(t.Context(), CommitID(base))
	equal(t, "below sub", []string{"partners/a"}, got, err)
	got, err = g.open("sub").Changed(t.Context(), CommitID(base), "partners")
	equal(t, "below sub", []string{"partners/a"}, got, err)
	g.commit()
	got, err = r.Diff(t.Context(), CommitID(base), g.id("HEAD"), "partners")
	equal(t, "between commits", oddNames, got, err)
	got, err = g.open("sub").Diff(t.Context(), CommitID(base), g.id("HEAD"))
	equal(t, "between commits, below sub", []string{"partners/a"}, got, err)
}

// After cp -r of a clone, the index knows the times of no file.
func TestChangedInACopy(t *testing.T) {
	g := newRepo(t)
	var files []string
	for i := range 50 {
		files = append(files, fmt.Sprintf("partners/p%02d/partner.yaml", i), fmt.Sprint(i))
	}
	base := g.commit(files...)
	c := testRepo{gittest.Repo{T: t, Dir: t.TempDir()}}
	if err := os.CopyFS(c.Dir, os.DirFS(g.Dir)); err != nil {
		t.Fatal(err)
	}
	if out := c.Git("diff-index", base); strings.Count(out, "\n") != 49 {
		t.Fatalf("git is not in doubt: %q", out)
	}
	c.Write("partners/p07/partner.yaml", "8")
	got, err := c.open().Changed(t.Context(), CommitID(base), "partners")
	equal(t, "changed", []string{"partners/p07/partner.yaml"}, got, err)
}

func TestChangedErrors(t *testing.T) {
	g := newRepo(t)
	g.commit("a", "1")
	r := g.open()
	for rev, word := range map[string]string{"gone": "there is no revision", "--cached": "there is no revision", "HEAD:a": "names a blob"} {
		_, err := r.Commit(t.Context(), rev)
		fails(t, rev, err, word)
	}
	gone := CommitID(strings.Repeat("1", 40))
	_, err := r.Changed(t.Context(), gone)
	fails(t, "changed", err, "bad object")
	_, err = r.Diff(t.Context(), gone, g.id("HEAD"))
	fails(t, "diff", err, "is not in this clone")
	bare := g.clone("--bare").open()
	_, err = bare.Changed(t.Context(), g.id("HEAD"))
	fails(t, "bare", err, "is in no working tree")
	_, err = bare.Untracked(t.Context())
	fails(t, "bare", err, "is in no working tree")
	g.Write(".git/index", "damaged, and more than long enough to have a header")
	_, err = r.Changed(t.Context(), g.id("HEAD"))
	fails(t, "damaged index", err, "git diff-index: ", "fatal: index file corrupt", "(exit status 128)")
	_, _, err = r.Tracked(t.Context(), ".")
	fails(t, "damaged index", err, "git ls-files: ", "index file corrupt")
}

func TestDiff(t *testing.T) {
	g := newRepo(t)
	g.Write("a", "a", "b", "b", "c", "c", "dir/e", "e")
	first := g.commit()
	g.chmod("b")
	g.Git("mv", "c", "renamed")
	g.Write("dir/e", "other", "new", "new")
	g.remove("a")
	g.link("b", "a")
	second := g.commit()
	for _, r := range []*Repo{g.open(), g.clone("--bare").open()} {
		for _, ends := range [][2]string{{first, second}, {second, first}} {
			got, err := r.Diff(t.Context(), CommitID(ends[0]), CommitID(ends[1]))
			equal(t, "diff", []string{"a", "c", "dir/e", "new", "renamed"}, got, err)
		}
		got, err := r.Diff(t.Context(), CommitID(first), g.id("HEAD"), "dir", "new")
		equal(t, "some paths", []string{"dir/e", "new"}, got, err)
		got, err = r.Diff(t.Context(), CommitID(second), g.id("main"))
		equal(t, "the same", nil, got, err)
	}
}
