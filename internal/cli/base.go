package cli

import (
	"context"
	"errors"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/state"
)

// unset is what to do about an empty revision.
const unset = "name a branch or a commit (a variable may be unset; CI_MERGE_REQUEST_DIFF_BASE_SHA is set in merge requests alone)"

// A comparison is the change that a run is told to judge, or nil.
type comparison struct{ *state.Change }

// compare compares the working tree with the merge base of rev and HEAD.
func (w *workspace) compare(ctx context.Context, rev string) (*comparison, error) {
	if rev == "" {
		return nil, errors.New("--base is empty: " + unset)
	}
	change, err := w.Since(ctx, rev)
	if err != nil {
		return nil, err
	}
	return &comparison{change}, nil
}

// base returns what to compare with, or nil.
func (c *comparison) base() *check.Base {
	if c == nil {
		return nil
	}
	return &check.Base{Tree: c.Before.Tree(), Paths: c.Paths}
}

// before returns the state that the change started from, or nil.
func (c *comparison) before() *state.State {
	if c == nil {
		return nil
	}
	return c.Before
}

// scope says in the summary what was judged, if that is not everything. named
// tells that only folders that somebody named were.
func (c *comparison) scope(named bool) string {
	switch {
	case c == nil:
		return ""
	case c.Paths.TouchRules() && named:
		return "whatever changed in them, since what judges them has changed since " + c.Before.Commit.Short()
	case c.Paths.TouchRules():
		return "all of them, since what judges them has changed since " + c.Before.Commit.Short()
	}
	return "in the folders that the change since " + c.Before.Commit.Short() + " touches"
}

// nothing says that there was nothing to judge.
func (c *comparison) nothing(named bool) string {
	if named {
		return "the change since " + c.Before.Commit.Short() + " touches none of the folders that are named: there is nothing to judge"
	}
	return "the change since " + c.Before.Commit.Short() + " touches no partner's folder: there is nothing to judge"
}
