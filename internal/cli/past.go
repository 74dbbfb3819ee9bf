package cli

import (
	"context"
	"errors"

	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/history"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/state"
)

// A past is the history of a commit.
type past struct {
	git   *gitfs.Repo
	head  gitfs.CommitID
	kinds *schema.Set // of record, by its schemas
}

var errShallow = errors.New("this clone has not the whole history, and what its oldest commit holds would seem to be new in it; run `git fetch --unshallow`, or in GitLab CI set GIT_DEPTH to 0")

// pastOf returns the past of the commit that rev names, if all of it is there.
func pastOf(ctx context.Context, repository *state.Repository, rev string) (*past, error) {
	git, err := repository.Git(ctx)
	if err != nil {
		return nil, err
	}
	if git.Shallow() {
		return nil, errShallow
	}
	head, err := repository.At(ctx, rev)
	if err != nil {
		return nil, err
	}
	rules, err := head.Rules()
	if err != nil {
		return nil, err
	}
	kinds, err := schema.Load(rules.Schemas)
	return &past{git, head.Commit, kinds}, err
}

// read calls yield with what happened, the newest first.
func (p *past) read(ctx context.Context, options history.Options, yield func(history.Entry) error) error {
	return history.Read(ctx, p.git, p.head, p.kinds, options, yield)
}
