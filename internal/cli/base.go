package cli

import (
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

// A comparison is what the working tree is compared with.
type comparison struct {
	*check.Base
	git    *gitfs.Repo
	commit string // its full id
}

// compare compares the working tree with the merge base of rev and HEAD.
func (w *workspace) compare(ctx context.Context, rev string) (*comparison, error) {
	if rev == "" {
		return nil, errors.New("--base is empty: name a branch or a commit (a variable may be unset; CI_MERGE_REQUEST_DIFF_BASE_SHA is set in merge requests alone)")
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
	before, err := treeAt(ctx, c.git, c.commit)
	if err != nil {
		return err
	}
	paths, err := changedSince(ctx, w.tree, c.git, c.commit)
	c.Base = &check.Base{Tree: repo.New(before), Paths: paths}
	return err
}

// Close gives the repository back.
func (c *comparison) Close() error { return c.git.Close() }

// scope says in the summary what was judged.
func (c *comparison) scope() string {
	if c.TouchesRules() {
		return "all of them, since what judges them has changed since " + short(c.commit)
	}
	return "in the folders that the change since " + short(c.commit) + " touches"
}

// touchesNothing reports whether there is no record to judge.
func (c *comparison) touchesNothing() bool {
	return !c.TouchesRules() && !slices.ContainsFunc(c.Touched(), func(name string) bool { return name != "" })
}

// short returns what people call a commit.
func short(commit string) string { return commit[:min(8, len(commit))] }

// treeAt returns the files of a commit, which must hold partners/.
func treeAt(ctx context.Context, git *gitfs.Repo, commit string) (fs.FS, error) {
	tree, err := git.FS(ctx, commit)
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(tree, repo.Root); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no folder %s/ in the commit %s; name one that holds records", repo.Root, short(commit))
	} else if err != nil {
		return nil, err
	}
	return tree, nil
}

// changedSince returns the paths of the files in the working tree that differ
// from a commit's, untracked ones among them: every record, and of what judges
// the records what git does not ignore.
func changedSince(ctx context.Context, tree fs.FS, git *gitfs.Repo, commit string) ([]string, error) {
	var changed, untracked, records []string
	var errs [3]error
	var work sync.WaitGroup
	work.Go(func() { changed, errs[0] = git.Changed(ctx, commit, append(repo.Judges(), repo.Root)...) })
	work.Go(func() { untracked, errs[1] = git.Untracked(ctx, repo.Judges()...) })
	work.Go(func() { records, errs[2] = untrackedRecords(ctx, tree, git) })
	work.Wait()
	paths := slices.Concat(changed, untracked, records)
	slices.Sort(paths)
	return slices.Compact(paths), errors.Join(errs[:]...)
}

// untrackedRecords returns the paths of the files in partners/ that git does
// not know, ignored ones among them: a record that git ignores is judged, too.
func untrackedRecords(ctx context.Context, tree fs.FS, git *gitfs.Repo) ([]string, error) {
	var files, tracked []string
	var listed, asked error
	var work sync.WaitGroup
	work.Go(func() { tracked, asked = git.Tracked(ctx, repo.Root) })
	work.Go(func() { files, listed = repo.New(tree).Files(ctx, runtime.GOMAXPROCS(0)) })
	work.Wait()
	if err := errors.Join(asked, listed); err != nil {
		return nil, err
	}
	known := make(map[string]bool, len(tracked))
	for _, name := range tracked {
		known[name] = true
	}
	return slices.DeleteFunc(files, func(name string) bool { return known[name] }), nil
}
