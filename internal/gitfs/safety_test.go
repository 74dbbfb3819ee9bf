package gitfs

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// hostile makes the repository's configuration name a program wherever it can
// name one, and returns where that program would leave its mark.
func (g testRepo) hostile() (mark string) {
	g.Helper()
	mark = filepath.Join(g.TempDir(), "mark")
	program := filepath.Join(g.TempDir(), "program")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho \"$0 $*\" >>"+mark+"\ncat\n"), 0o777); err != nil {
		g.Fatal(err)
	}
	for _, key := range []string{
		"core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.gitProxy", "core.askPass", "core.alternateRefsCommand",
		"diff.external", "diff.x.textconv", "diff.x.command", "gpg.program", "gpg.ssh.program", "interactive.diffFilter",
		"filter.x.clean", "filter.x.smudge", "filter.x.process", "filter.a=b.c d.clean", "filter.a=b.c d.process", "filter.UP.clean",
		"filter.second.clean", "credential.helper", "remote.origin.uploadpack", "uploadpack.packObjectsHook", "merge.x.driver",
		"pager.rev-list", "pager.diff-tree", "pager.diff-index", "pager.ls-files", "pager.cat-file", "sequence.editor",
	} {
		g.Git("config", key, program)
	}
	for _, command := range []string{"rev-parse", "cat-file", "rev-list", "diff-tree", "diff-index", "ls-files", "merge-base", "config"} {
		g.Git("config", "alias."+command, "!"+program)
	}
	for key, value := range map[string]string{
		"log.showSignature": "true", "filter.x.required": "true", "filter.a=b.c d.required": "true", "core.hooksPath": g.Dir + "/hooks",
		"remote.origin.url": "ext::" + program, "protocol.ext.allow": "always", "remote.origin.promisor": "true",
		"extensions.partialClone": "origin", "core.repositoryFormatVersion": "1", "core.untrackedCache": "true",
	} {
		g.Git("config", key, value)
	}
	for _, hook := range []string{"post-index-change", "fsmonitor-watchman", "reference-transaction", "pre-auto-gc"} {
		for _, dir := range []string{"hooks", ".git/hooks"} {
			g.Write(dir+"/"+hook, "#!/bin/sh\nexec "+program+" "+hook+"\n")
			g.chmod(dir + "/" + hook)
		}
	}
	return mark
}

// racy makes git unable to tell from times whether the files changed: as if
// the index had been written when they were.
func (g testRepo) racy(names ...string) {
	g.Helper()
	past := time.Unix(1600000000, 0)
	for _, name := range append(names, ".git/index") {
		if err := os.Chtimes(filepath.Join(g.Dir, name), past, past); err != nil {
			g.Fatal(err)
		}
	}
}

// victim is a repository in which every attribute is set, and whose index is
// as old as its files.
func victim(t *testing.T) testRepo {
	g := newRepo(t)
	g.Write("filtered", "1", "named", "1", "upper", "1", "other", "1", "changed", "1")
	g.Write(".gitattributes", "* diff=x filter=x merge=x\nupper filter=UP\nother filter=second\nnamed filter=a=b.c\n")
	g.commit()
	g.Git("config", "core.trustctime", "false")
	past := time.Unix(1600000000, 0)
	for _, name := range []string{"filtered", "named", "upper", "other", "changed"} {
		if err := os.Chtimes(filepath.Join(g.Dir, name), past, past); err != nil {
			t.Fatal(err)
		}
	}
	g.Git("update-index", "--refresh")
	return g
}

// callAll calls everything that a Repo can do.
func (g testRepo) callAll() {
	g.Helper()
	ctx, r := g.Context(), g.open()
	var errs []error
	note := func(_ any, err error) { errs = append(errs, err) }
	note(r.Commit(ctx, "HEAD"))
	note(r.Base(ctx, "HEAD", "main"))
	_, _, err := r.Tracked(ctx, ".")
	note(nil, err)
	note(r.Untracked(ctx))
	note(r.Diff(ctx, g.id("HEAD~1"), g.id("HEAD")))
	note(r.Changed(ctx, g.id("HEAD~1")))
	note(r.Changed(ctx, g.id("HEAD"), "filtered", "named"))
	note(nil, last(r.History(ctx, g.id("HEAD"))))
	note(nil, r.Blobs(ctx, []string{g.Git("rev-parse", "HEAD:filtered")}, func(int, []byte) error { return nil }))
	fsys, err := r.FS(ctx, g.id("HEAD"))
	note(fsys, err)
	equal(g.T, "file", "1", string(must(fs.ReadFile(fsys, "filtered"))), nil)
	for i, err := range errs {
		if err != nil {
			g.Errorf("call %d: %v", i, err)
		}
	}
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// TestNothingRuns holds that no program of the repository's choice runs.
func TestNothingRuns(t *testing.T) {
	for name, disturb := range map[string]func(g testRepo){
		"clean":            func(testRepo) {},
		"racy":             func(g testRepo) { g.racy("filtered", "named", "upper", "other", "changed") },
		"racy and changed": func(g testRepo) { g.Write("changed", "2"); g.racy("filtered", "named", "upper", "other", "changed") },
		"touched":          func(g testRepo) { g.touch("filtered", "named", "upper", "other") },
		"changed":          func(g testRepo) { g.Write("changed", "other", "other", "2") },
		"index gone":       func(g testRepo) { g.remove(".git/index") },
	} {
		t.Run(name, func(t *testing.T) {
			g := victim(t)
			g.Git("commit", "--quiet", "--allow-empty", "--message=Second")
			disturb(g)
			mark := g.hostile()
			before := must(os.ReadDir(filepath.Join(g.Dir, ".git")))
			g.callAll()
			if ran, err := os.ReadFile(mark); err == nil {
				t.Errorf("these ran:\n%s", ran)
			}
			equal(t, "the git folder", fmt.Sprint(before), fmt.Sprint(must(os.ReadDir(filepath.Join(g.Dir, ".git")))), nil)
		})
	}
}

// TestTheTrapWorks holds that TestNothingRuns would notice: an ordinary git runs
// a filter on the same files.
func TestTheTrapWorks(t *testing.T) {
	g := victim(t)
	g.racy("filtered", "named", "upper", "other", "changed")
	mark := g.hostile()
	g.Git("config", "--unset", "core.fsmonitor")
	g.Git("config", "--unset", "filter.x.process")
	g.Git("diff-index", "HEAD")
	if ran, err := os.ReadFile(mark); err != nil || !strings.Contains(string(ran), "program") {
		t.Errorf("nothing ran: %q, %v", ran, err)
	}
}

// Nor does a program run to fetch what is missing.
func TestNothingIsFetched(t *testing.T) {
	origin := newRepo(t)
	origin.Git("config", "uploadpack.allowFilter", "true")
	origin.commit("a", "1", "dir/b", "2")
	for _, filter := range []string{"blob:none", "tree:0"} {
		g := origin.clone("--filter="+filter, "--no-checkout")
		mark := filepath.Join(t.TempDir(), "mark")
		g.Git("config", "remote.origin.uploadpack", "touch "+mark+"; git-upload-pack")
		r := g.open()
		fsys, err := r.FS(t.Context(), g.id("HEAD"))
		if err == nil {
			_, err = fs.ReadFile(fsys, "dir/b")
		}
		fails(t, filter, err, "is not in this clone", "git fetch origin ")
		id := origin.Git("rev-parse", "HEAD:a")
		fails(t, filter, r.Blobs(t.Context(), []string{id}, nil), "is not in this clone")
		for range r.History(t.Context(), g.id("HEAD")) {
		}
		if _, err := os.Stat(mark); err == nil {
			t.Errorf("%s: git fetched", filter)
		}
		g.Git("cat-file", "blob", id)
		if _, err := os.Stat(mark); err != nil {
			t.Errorf("%s: an ordinary git does not fetch either: %v", filter, err)
		}
	}
}

// Settings that the environment has already stay.
func TestSettingsOfTheEnvironment(t *testing.T) {
	g := newRepo(t)
	t.Setenv("GIT_CONFIG_VALUE_0", filepath.Join(g.Dir, "ignored"))
	t.Setenv("GIT_CONFIG_KEY_0", "core.excludesFile")
	t.Setenv("GIT_CONFIG_COUNT", "1")
	base := g.commit("ignored", "*.log\n", "a", "1")
	g.Write("b.log", "1")
	g.Git("config", "filter.x=y.clean", "false")
	g.touch("a")
	r := g.open()
	untracked, err := r.Untracked(t.Context())
	equal(t, "untracked", nil, untracked, err)
	changed, err := r.Changed(t.Context(), CommitID(base))
	equal(t, "changed", nil, changed, err)
	git, err := r.git.withoutFilters(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out, err := git.output(t.Context(), "config", "core.excludesFile")
	equal(t, "the setting", g.Dir+"/ignored\n", string(out), err)
	out, err = git.output(t.Context(), "config", "filter.x=y.clean")
	equal(t, "the filter", "\n", string(out), err)
}

// An old git takes no settings with an equals sign in their name.
func TestFilterThatCannotBeKeptFromRunning(t *testing.T) {
	g := newRepo(t)
	g.commit("a", "1")
	fake(t, `case "$*" in *version) echo git version 2.30.2;; *) exec "$git" "$@";; esac`)
	r := g.open()
	g.Git("config", "filter.plain.clean", "false")
	_, err := r.Changed(t.Context(), g.id("HEAD"))
	equal(t, "plain", nil, err, nil)
	g.Git("config", "filter.a=b.clean", "false")
	_, err = r.Changed(t.Context(), g.id("HEAD"))
	fails(t, "odd", err, "git 2.30 cannot be kept from running", "filter.a=b.", "2.31")
}
