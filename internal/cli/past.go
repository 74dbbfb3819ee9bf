package cli

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/history"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/lookup"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/internal/state"
)

// A past is the history of a commit.
type past struct {
	git   *gitfs.Repo
	head  gitfs.CommitID
	now   *state.State // of that commit
	kinds *schema.Set  // of record, by its schemas
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
	return &past{git, head.Commit, head, kinds}, err
}

// read calls yield with what happened, the newest first.
func (p *past) read(ctx context.Context, options history.Options, yield func(history.Entry) error) error {
	return history.Read(ctx, p.git, p.head, p.kinds, options, yield)
}

// partner returns the path of the folder of a partner that there is or was.
func (p *past) partner(ctx context.Context, name string) (string, error) {
	if strings.ContainsAny(name, `/\`) || name == "." || name == ".." {
		return "", fmt.Errorf("--partner takes the name of a folder in %s/ or of a partner, not %q", layout.Partners, name)
	}
	folder, unknown := lookup.Partner(p.now.Tree(), name)
	if unknown == nil {
		return path.Join(layout.Partners, folder), nil
	}
	return p.once(ctx, path.Join(layout.Partners, name), unknown)
}

// named returns the path of what somebody named, that there is or was.
func (p *past) named(ctx context.Context, repository *state.Repository, what string) (string, error) {
	name, err := below(repository, what)
	isBelow := err == nil && strings.HasPrefix(name, layout.Partners+"/")
	if name == layout.Partners {
		return name, nil
	}
	if isBelow {
		if known, err := p.knows(ctx, name); known || err != nil {
			return name, err
		}
	}
	found, unknown := lookup.Path(ctx, p.now.Tree(), what)
	switch {
	case unknown == nil:
		return found, nil
	case errors.Is(unknown, lookup.ErrSeveral):
		return "", unknown
	case err != nil:
		return "", err
	case isBelow:
		return "", fmt.Errorf("there is and was nothing at %s%s", source.Visible(name), lookup.Hint(unknown))
	}
	nothing := fmt.Errorf("%s is not in %s/, where the records are, and no partner or record has that name%s",
		source.Visible(what), layout.Partners, lookup.Hint(unknown))
	if strings.Contains(what, "/") {
		return "", nothing
	}
	return p.once(ctx, path.Join(layout.Partners, what), nothing)
}

// once returns a path at which there was something once, or else the error.
func (p *past) once(ctx context.Context, name string, unknown error) (string, error) {
	if known, err := p.knows(ctx, name); known || err != nil {
		return name, err
	}
	return "", unknown
}

// knows reports whether there ever was anything at a path or below it.
func (p *past) knows(ctx context.Context, path string) (bool, error) {
	if p.now.Has(path) {
		return true, nil
	}
	for commit, err := range p.git.History(ctx, p.head, path) {
		if err != nil || len(commit.Changes) > 0 {
			return err == nil, err
		}
	}
	return false, nil
}
