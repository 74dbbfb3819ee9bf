package state

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"sync"

	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// A Change is what leads from one state to another.
type Change struct {
	Before, After *State
	Paths         repo.Paths // of the files that differ, as far as they are records or judge them
}

// ErrBare says that there is no working tree to look at.
var ErrBare = errors.New("a bare clone has no working tree")

// Since returns what the working tree has over the merge base of rev and HEAD,
// committed or not.
func (r *Repository) Since(ctx context.Context, rev string) (*Change, error) {
	before, err := r.mergeBase(ctx, rev, "HEAD")
	if err != nil {
		return nil, err
	}
	if r.git.Bare() {
		return nil, ErrBare
	}
	after, err := r.WorkingTree()
	if err != nil {
		return nil, err
	}
	c := &Change{Before: before, After: after}
	c.Paths, err = c.paths(ctx, r.git)
	return c, err
}

// Between returns what the commit head has over the merge base of rev and it.
func (r *Repository) Between(ctx context.Context, rev, head string) (*Change, error) {
	before, err := r.mergeBase(ctx, rev, head)
	if err != nil {
		return nil, err
	}
	return r.changeFrom(ctx, before, head)
}

// FromTo returns what differs between two commits, wherever their history parted.
func (r *Repository) FromTo(ctx context.Context, from, to string) (*Change, error) {
	before, err := r.RulesAt(ctx, from)
	if err != nil {
		return nil, err
	}
	if err := before.readPast(); err != nil {
		return nil, err
	}
	return r.changeFrom(ctx, before, to)
}

func (r *Repository) changeFrom(ctx context.Context, before *State, to string) (*Change, error) {
	after, err := r.At(ctx, to)
	if err != nil {
		return nil, err
	}
	c := &Change{Before: before, After: after}
	c.Paths, err = r.git.Diff(ctx, before.Commit, after.Commit, watched()...)
	return c, err
}

// mergeBase returns the state at which the history of head left that of rev.
func (r *Repository) mergeBase(ctx context.Context, rev, head string) (*State, error) {
	git, err := r.Git(ctx)
	if err != nil {
		return nil, err
	}
	id, err := git.Base(ctx, rev, head)
	if err != nil {
		return nil, err
	}
	base, err := r.filesOf(ctx, id)
	if err != nil {
		return nil, err
	}
	return base, base.readPast()
}

// watched returns what a change is told of: the records, and what judges them.
func watched() []string { return append(layout.Judges(), layout.Partners) }

// paths returns the paths of the files in the working tree that differ from
// those of the commit before, untracked ones among them: every record, and of
// what judges the records what git does not ignore.
func (c *Change) paths(ctx context.Context, git *gitfs.Repo) (repo.Paths, error) {
	var changed, untracked, records []string
	var errs [3]error
	var work sync.WaitGroup
	work.Go(func() { changed, errs[0] = git.Changed(ctx, c.Before.Commit, watched()...) })
	work.Go(func() { untracked, errs[1] = git.Untracked(ctx, layout.Judges()...) })
	work.Go(func() { records, errs[2] = c.After.unseen(ctx, git) })
	work.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	modules, err := c.After.modules()
	if err != nil {
		return nil, err
	}
	records = slices.DeleteFunc(append(records, modules...), c.same)
	paths := slices.Concat(changed, untracked, records)
	slices.Sort(paths)
	return slices.Compact(paths), nil
}

// same reports whether a plain file is the same on both sides.
func (c *Change) same(name string) bool {
	was, err := fs.Lstat(c.Before.Files, name)
	if err != nil || !was.Mode().IsRegular() {
		return false
	}
	is, err := fs.Lstat(c.After.Files, name)
	if err != nil || !is.Mode().IsRegular() || is.Size() != was.Size() {
		return false
	}
	old, err := fs.ReadFile(c.Before.Files, name)
	if err != nil {
		return false
	}
	text, err := fs.ReadFile(c.After.Files, name)
	return err == nil && bytes.Equal(old, text)
}

// unseen returns the paths of the files in partners/ of whose changes git does
// not tell: those that it does not know, ignored ones among them, since a record
// that git ignores is judged, too; and those that it has been told to pass over.
func (s *State) unseen(ctx context.Context, git *gitfs.Repo) ([]string, error) {
	var files, tracked, hidden []string
	var listed, asked error
	var work sync.WaitGroup
	work.Go(func() { tracked, hidden, asked = git.Tracked(ctx, layout.Partners) })
	work.Go(func() { files, listed = s.tree.Files(ctx, runtime.GOMAXPROCS(0)) })
	work.Wait()
	if err := errors.Join(asked, listed); err != nil {
		return nil, err
	}
	unseen := slices.DeleteFunc(files, func(name string) bool {
		_, known := slices.BinarySearch(tracked, name)
		return known
	})
	for _, name := range hidden {
		if _, err := fs.Lstat(s.Files, name); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s is not in this checkout, and git is told to pass over that: get it with `git sparse-checkout disable`, or `git update-index --no-skip-worktree`", name)
		}
	}
	return append(unseen, hidden...), nil
}
