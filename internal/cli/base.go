package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"sync"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// unset is what to do about an empty revision.
const unset = "name a branch or a commit (a variable may be unset; CI_MERGE_REQUEST_DIFF_BASE_SHA is set in merge requests alone)"

// A comparison is what the working tree is compared with.
type comparison struct {
	*check.Base
	git    *gitfs.Repo
	before fs.FS  // the files of the commit
	commit string // its full id
}

// compare compares the working tree with the merge base of rev and HEAD.
func (w *workspace) compare(ctx context.Context, rev string) (*comparison, error) {
	if rev == "" {
		return nil, errors.New("--base is empty: " + unset)
	}
	git, err := gitfs.Open(ctx, w.dir)
	if err != nil {
		return nil, err
	}
	c := &comparison{git: git}
	if err := c.load(ctx, w, rev); err != nil {
		return nil, errors.Join(err, git.Close())
	}
	return c, nil
}

func (c *comparison) load(ctx context.Context, w *workspace, rev string) (err error) {
	if c.commit, err = c.git.Base(ctx, rev, "HEAD"); err != nil {
		return err
	}
	if c.before, err = treeAt(ctx, c.git, c.commit); err != nil {
		return err
	}
	paths, err := changedSince(ctx, c.before, w.tree, c.git, c.commit)
	c.Base = &check.Base{Tree: repo.New(c.before), Paths: paths}
	return err
}

// Close gives the repository back.
func (c *comparison) Close() error { return c.git.Close() }

// tree returns the files of the commit, or nil where there is nothing to compare
// with.
func (c *comparison) tree() fs.FS {
	if c == nil {
		return nil
	}
	return c.before
}

// scope says in the summary what was judged, if that is not everything. some
// tells that only named folders were.
func (c *comparison) scope(some bool) string {
	switch {
	case c == nil:
		return ""
	case c.TouchesRules() && some:
		return "whatever changed in them, since what judges them has changed since " + short(c.commit)
	case c.TouchesRules():
		return "all of them, since what judges them has changed since " + short(c.commit)
	}
	return "in the folders that the change since " + short(c.commit) + " touches"
}

// nothing says that there was nothing to judge.
func (c *comparison) nothing(some bool) string {
	if some {
		return "the change since " + short(c.commit) + " touches none of the folders that are named: there is nothing to judge"
	}
	return "the change since " + short(c.commit) + " touches no partner's folder: there is nothing to judge"
}

// short returns what people call a commit.
func short(commit string) string { return commit[:min(8, len(commit))] }

// treeAt returns the files of a commit, which must hold partners/.
func treeAt(ctx context.Context, git *gitfs.Repo, commit string) (fs.FS, error) {
	tree, err := git.FS(ctx, commit)
	if err != nil {
		return nil, err
	}
	info, err := fs.Stat(tree, repo.Root)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil, fmt.Errorf("there is no folder %s/ in the commit %s; name one that holds records", repo.Root, short(commit))
	}
	return tree, err
}

// changedSince returns the paths of the files in the working tree that differ
// from a commit's, untracked ones among them: every record, and of what judges
// the records what git does not ignore.
func changedSince(ctx context.Context, before, after fs.FS, git *gitfs.Repo, commit string) ([]string, error) {
	var changed, untracked, records []string
	var errs [3]error
	var work sync.WaitGroup
	work.Go(func() { changed, errs[0] = git.Changed(ctx, commit, append(repo.Judges(), repo.Root)...) })
	work.Go(func() { untracked, errs[1] = git.Untracked(ctx, repo.Judges()...) })
	work.Go(func() { records, errs[2] = unseenRecords(ctx, after, git) })
	work.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	records = slices.DeleteFunc(records, func(name string) bool { return same(before, after, name) })
	paths := slices.Concat(changed, untracked, records)
	slices.Sort(paths)
	return slices.Compact(paths), nil
}

// same reports whether a plain file is the same in two trees.
func same(before, after fs.FS, name string) bool {
	was, err := fs.Lstat(before, name)
	if err != nil || !was.Mode().IsRegular() {
		return false
	}
	is, err := fs.Lstat(after, name)
	if err != nil || !is.Mode().IsRegular() || is.Size() != was.Size() {
		return false
	}
	old, err := fs.ReadFile(before, name)
	if err != nil {
		return false
	}
	text, err := fs.ReadFile(after, name)
	return err == nil && bytes.Equal(old, text)
}

// unseenRecords returns the paths of the files in partners/ of whose changes git
// does not tell: those that it does not know, ignored ones among them, since a
// record that git ignores is judged, too; and those that it has been told to
// pass over.
func unseenRecords(ctx context.Context, tree fs.FS, git *gitfs.Repo) ([]string, error) {
	var files, tracked, hidden []string
	var listed, asked error
	var work sync.WaitGroup
	work.Go(func() { tracked, hidden, asked = git.Tracked(ctx, repo.Root) })
	work.Go(func() { files, listed = repo.New(tree).Files(ctx, runtime.GOMAXPROCS(0)) })
	work.Wait()
	if err := errors.Join(asked, listed); err != nil {
		return nil, err
	}
	unseen := slices.DeleteFunc(files, func(name string) bool {
		_, known := slices.BinarySearch(tracked, name)
		return known
	})
	for _, name := range hidden {
		if _, err := fs.Lstat(tree, name); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s is not in this checkout, and git is told to pass over that: get it with `git sparse-checkout disable`, or `git update-index --no-skip-worktree`", name)
		}
	}
	return append(unseen, hidden...), nil
}
