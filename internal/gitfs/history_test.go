package gitfs

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/gitfs/gittest"
)

// outline returns a history, a line for each commit: its message, and what it
// changed as path:before>after, with the first letters of the contents.
func (g testRepo) outline(history iter.Seq2[*Commit, error]) string {
	g.Helper()
	var lines []string
	for commit, err := range history {
		if err != nil {
			g.Fatal(err)
		}
		line := strings.TrimSpace(commit.Message)
		for _, change := range commit.Changes {
			line += fmt.Sprintf(" %s:%s>%s", change.Path, g.blob(change.Before), g.blob(change.After))
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func (g testRepo) blob(id string) string {
	if id == "" {
		return ""
	}
	return g.Git("cat-file", "blob", id)
}

func (g testRepo) step(message string, namesAndTexts ...string) string {
	g.Helper()
	g.Write(namesAndTexts...)
	g.Git("add", "--all")
	g.Git("commit", "--quiet", "--allow-empty", "--message="+message)
	return g.Git("rev-parse", "HEAD")
}

// manyKinds is a history with all that one can have.
func manyKinds(t *testing.T) testRepo {
	g := newRepo(t)
	g.step("root", "partners/a", "1", "partners/b", "1", "other", "1", "sub/partners/s", "1")
	g.step("change", "partners/a", "2")
	g.step("elsewhere", "other", "2")
	g.step("nothing")
	g.Git("mv", "partners/b", "partners/renamed")
	g.step("rename")
	g.chmod("partners/a")
	g.step("executable")
	g.Git("checkout", "--quiet", "-b", "side", "HEAD~3")
	g.step("side", "partners/side", "1", "partners/odd \"name\"\n日本", "1")
	g.Git("checkout", "--quiet", "main")
	g.step("mainline", "sub/partners/s", "2")
	g.Git("merge", "--quiet", "--no-ff", "--message=merge", "side")
	g.remove("partners/a")
	g.link("renamed", "partners/a")
	g.step("link")
	g.remove("partners/a", "partners/renamed")
	g.step("unlink")
	return g
}

func TestHistory(t *testing.T) {
	g := manyKinds(t)
	for _, r := range []*Repo{g.open(), g.clone("--bare").open()} {
		equal(t, "partners", strings.Join([]string{
			"unlink partners/renamed:1>",
			"link partners/a:2>",
			"merge partners/odd \"name\"\n日本:>1 partners/side:>1",
			"side partners/odd \"name\"\n日本:>1 partners/side:>1",
			"mainline", "executable",
			"rename partners/b:1> partners/renamed:>1",
			"nothing", "elsewhere",
			"change partners/a:1>2",
			"root partners/a:>1 partners/b:>1",
		}, "\n"), g.outline(r.History(t.Context(), g.id("HEAD"), "partners")), nil)
	}
	r := g.open()
	equal(t, "everything", "nothing\nelsewhere other:1>2\nchange partners/a:1>2\n"+
		"root other:>1 partners/a:>1 partners/b:>1 sub/partners/s:>1", g.outline(r.History(t.Context(), g.id("main~6"))), nil)
	equal(t, "two paths", "nothing\nelsewhere other:1>2\nchange\nroot other:>1 partners/b:>1",
		g.outline(r.History(t.Context(), g.id("main~6"), "other", "partners/b")), nil)
	want := "mainline partners/s:1>2\nexecutable\nrename\nnothing\nelsewhere\nchange\nroot partners/s:>1"
	sub := g.open("sub")
	equal(t, "below a folder", want, g.outline(sub.History(t.Context(), g.id("main~2^{/mainline}"))), nil)
	equal(t, "below a folder", want, g.outline(sub.History(t.Context(), g.id("main~2^{/mainline}"), "partners")), nil)
}

// With more commits than go from hand to hand at a time, and with clocks that
// are wrong, children come before their parents.
func TestLongHistory(t *testing.T) {
	g := newRepo(t)
	const n = 3*batch + 7
	var stream strings.Builder
	for i := range n {
		fmt.Fprintf(&stream, "commit refs/heads/main\nauthor A <a> %d +0000\ncommitter A <a> %[1]d +0000\ndata 5\n%05d", 2e9-i, i)
		if i%300 != 1 {
			fmt.Fprintf(&stream, "\nM 644 inline f%d\ndata 1\n%d\n", i%3, i%7)
		}
	}
	cmd := exec.Command("git", "fast-import", "--quiet")
	cmd.Dir, cmd.Stdin = g.Dir, strings.NewReader(stream.String())
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	r := g.open()
	i := n
	var child *Commit
	for commit, err := range r.History(t.Context(), g.id("main")) {
		if err != nil {
			t.Fatal(err)
		}
		i--
		if commit.Message != fmt.Sprintf("%05d", i) || len(commit.Changes) > 1 || child != nil && child.Parents[0] != commit.ID {
			t.Fatalf("%d: %+v after %+v", i, commit, child)
		}
		child = commit
	}
	equal(t, "commits left", 0, i, nil)
	for range r.History(t.Context(), g.id("main")) {
		i++
		if i == batch+1 {
			break
		}
	}
}

func TestHistoryOfAShallowClone(t *testing.T) {
	g := manyKinds(t)
	c := g.clone("--depth=3")
	r := c.open()
	var last *Commit
	for commit, err := range r.History(t.Context(), g.id("HEAD"), "partners") {
		if err != nil {
			t.Fatal(err)
		}
		if last = commit; len(commit.Parents) == 0 && len(commit.Changes) < 2 {
			t.Errorf("%+v has no parents here: all of its files are new", commit)
		}
	}
	if last == nil || len(last.Parents) > 0 {
		t.Errorf("the last one is %+v", last)
	}
	equal(t, "cut off", "link partners/a:2>", strings.SplitN(c.outline(r.History(t.Context(), g.id("HEAD"), "partners")), "\n", 3)[1], nil)
}

func TestHistoryPeople(t *testing.T) {
	g := newRepo(t)
	t.Setenv("GIT_AUTHOR_NAME", "Änne O'Example")
	g.Git("config", "i18n.commitEncoding", "ISO-8859-1")
	t.Setenv("GIT_AUTHOR_NAME", "\xc4nne O'Example")
	first := g.step("Subject\n\nBody: \xe4\n\n  indented\ncommit 0123\n")
	for commit, err := range g.open().History(t.Context(), g.id("HEAD")) {
		zone := func(hours float64) *time.Location { return time.FixedZone("", int(hours*3600)) }
		equal(t, "commit", &Commit{
			ID: CommitID(first), Message: "Subject\n\nBody: ä\n\n  indented\ncommit 0123\n",
			Author:    Person{"Änne O'Example", "ann@example.example", time.Unix(1600000000, 0).In(zone(1.5))},
			Committer: Person{"Carl", "carl@example.example", time.Unix(1600000001, 0).In(zone(-8))},
		}, commit, err)
		equal(t, "time", "2020-09-13T13:56:40+01:30", commit.Author.Time.Format(time.RFC3339), nil)
	}
}

func TestParseTime(t *testing.T) {
	for raw, want := range map[string]string{
		"1600000000 +0000": "2020-09-13T12:26:40Z", "1600000000 -0330": "2020-09-13T08:56:40-03:30",
		"1600000000 +1400": "2020-09-14T02:26:40+14:00", "1600000000 +9999": "2020-09-13T12:26:40Z",
		"1600000000 -99999999": "2020-09-13T12:26:40Z", "1600000000 x": "2020-09-13T12:26:40Z", "1600000000": "2020-09-13T12:26:40Z",
		"-1 +0000": "1969-12-31T23:59:59Z", "": "0001-01-01T00:00:00Z", "x": "0001-01-01T00:00:00Z",
		"99999999999999999999 +0000": "0001-01-01T00:00:00Z",
	} {
		equal(t, raw, want, parseTime(raw).Format(time.RFC3339), nil)
	}
}

// A commit can be written by hand, and hold nonsense.
func TestHistoryOfNonsense(t *testing.T) {
	g := newRepo(t)
	id := g.commit("a", "1")
	tree := g.Git("rev-parse", "HEAD^{tree}")
	for _, person := range []string{"", "<>", "A <a> x y", "A <a> 99999999999999999999999 +0000", "A <a> 1 +999999999999", "a > b < c"} {
		cmd := exec.Command("git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin")
		cmd.Dir = g.Dir
		cmd.Stdin = strings.NewReader("tree " + tree + "\nparent " + id + "\nauthor " + person + "\ncommitter " + person + "\n\nm\x00n")
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, err := range g.open().History(t.Context(), CommitID(strings.TrimSpace(string(out)))) {
			if n++; err != nil {
				t.Errorf("%q: %v", person, err)
			}
		}
		equal(t, person, 2, n, nil)
	}
}

func TestHistoryErrors(t *testing.T) {
	g := newRepo(t)
	_, err := g.open().Commit(t.Context(), "HEAD")
	fails(t, "unborn", err, `the branch "main" has no commit yet`)
	first := g.commit("a", "1")
	g.commit("a", "2")
	r := g.open()
	fails(t, "gone", last(r.History(t.Context(), CommitID(strings.Repeat("1", 40)))), "bad object")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for _, err := range r.History(ctx, g.id("HEAD")) {
		cancel()
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	if err := last(r.History(ctx, g.id("HEAD"))); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := os.Remove(g.Dir + "/.git/objects/" + first[:2] + "/" + first[2:]); err != nil {
		t.Fatal(err)
	}
	fails(t, "missing parent", last(r.History(t.Context(), g.id("HEAD"))), "git rev-list: ", first, "(exit status 128)")
}

func TestHistoryWithDyingGits(t *testing.T) {
	g := newRepo(t)
	for i := range 5 {
		g.commit("a", fmt.Sprint(i))
	}
	for name, test := range map[string]struct{ script, word string }{
		"rev-list at once":      {`*rev-list*) echo "fatal: bad luck" >&2; exit 128;;`, "git rev-list: fatal: bad luck (exit status 128)"},
		"rev-list in a commit":  {`*rev-list*) "$git" "$@" | head -c 600; exit 3;;`, "git rev-list ended without a word (exit status 3)"},
		"rev-list, politely":    {`*rev-list*) "$git" "$@" | head -c 600; exit 0;;`, "git rev-list ended in the middle"},
		"diff-tree at once":     {`*diff-tree*) echo "fatal: bad luck" >&2; exit 128;;`, "git diff-tree: fatal: bad luck (exit status 128)"},
		"diff-tree in a change": {`*diff-tree*) "$git" "$@" | head -c 60; exit 3;;`, "git diff-tree ended without a word (exit status 3)"},
		"diff-tree, politely":   {`*diff-tree*) "$git" "$@" | head -c 60; exit 0;;`, "git diff-tree ended in the middle"},
		"diff-tree of another":  {`*diff-tree*) read id; printf '0123\0'; exec sleep 100;;`, `git diff-tree: "0123\x00" is none of the commits`},
		"diff-tree, no heading": {`*diff-tree*) read id; printf ':1\0a\0'; exec sleep 100;;`, "is none of the commits"},
		"diff-tree, no change":  {`*diff-tree*) read id rest; printf "$id\0:what\0"; exec sleep 100;;`, `":what\x00" is no difference`},
	} {
		t.Run(name, func(t *testing.T) {
			fake(t, `case "$*" in `+test.script+` esac; exec "$git" "$@"`)
			fails(t, "history", last(testRepo{gittest.Repo{T: t, Dir: g.Dir}}.open().History(t.Context(), "HEAD")), test.word)
		})
	}
}
