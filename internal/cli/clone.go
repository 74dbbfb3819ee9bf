package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// A clone is a git repository that holds records, perhaps without a checkout of
// them.
type clone struct {
	*gitfs.Repo
	dir string // absolute
}

// openClone opens the repository in dir, or, where dir is empty, the one in this
// folder or the nearest one above it that holds partners/. A bare clone holds
// them in its commits alone.
func (p *Program) openClone(ctx context.Context, dir string) (*clone, error) {
	at, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if !isFolder(at) {
		return nil, fmt.Errorf("%s is no folder; name the repository with -C DIR", at)
	}
	git, err := gitfs.Open(ctx, at)
	if err != nil {
		return nil, err
	}
	if above, err := findAbove(at); dir == "" && !git.Bare() && err == nil && above != at {
		if err := git.Close(); err != nil {
			return nil, err
		}
		at = above
		if git, err = gitfs.Open(ctx, at); err != nil {
			return nil, err
		}
	}
	return &clone{git, at}, nil
}

// states returns what head has over the merge base of base and head: the
// working tree, where head is empty.
func (c *clone) states(ctx context.Context, base, head string) (states *two, err error) {
	states = &two{}
	from := "HEAD"
	if head != "" {
		from = head
	}
	if states.base, err = c.Base(ctx, base, from); err != nil {
		return nil, err
	}
	if states.before, err = treeAt(ctx, c.Repo, states.base); err != nil {
		return nil, err
	}
	if head == "" {
		return states, c.workingTree(ctx, states)
	}
	if states.head, err = c.Commit(ctx, head); err != nil {
		return nil, err
	}
	if states.after, err = c.FS(ctx, states.head); err != nil {
		return nil, err
	}
	states.paths, err = c.Diff(ctx, states.base, states.head, repo.Root, "schemas", "policies")
	return states, err
}

// workingTree takes the working tree as what the change leads to.
func (c *clone) workingTree(ctx context.Context, states *two) (err error) {
	if c.Bare() {
		return errors.New("a bare clone has no working tree; name a commit to compare, such as `alliances diff main HEAD`")
	}
	tree := os.DirFS(c.dir)
	states.after = tree
	states.paths, err = changedSince(ctx, states.before, tree, c.Repo, states.base)
	return err
}
