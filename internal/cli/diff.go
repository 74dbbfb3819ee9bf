package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/review"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/state"
)

func (p *Program) diffCommand() *cobra.Command {
	var dir, format string
	command := &cobra.Command{
		Use:   "diff BASE [HEAD]",
		Short: "Tell what a change means",
		Long: `Diff tells what a change means, partner by partner: which licences it grants and
revokes and how many seats of the partner then run, which campaigns it proposes
and approves, which facts of a partner it changes, and what it deletes. Of a
change of schemas or policies it tells which records become right or wrong.

The change is what HEAD has over the merge base of BASE and HEAD. Without HEAD
it is the working tree, committed or not.`,
		Example: `  alliances diff origin/main
  alliances diff main HEAD
  alliances diff --format markdown origin/main > changes.md`,
		Args: arguments(1, 2, "name what to compare with, such as `alliances diff origin/main`"),
		RunE: func(command *cobra.Command, args []string) error {
			if args[0] == "" {
				return errors.New("the BASE is empty: " + unset)
			}
			head := ""
			if len(args) == 2 {
				head = args[1]
			}
			return p.diff(command.Context(), dir, format, args[0], head)
		},
	}
	command.Flags().StringVarP(&dir, "dir", "C", "", dirUsage)
	addFormat(command, &format, review.Formats(), "tell it")
	return command
}

// arguments demands so many arguments, and says what to do about others.
func arguments(least, most int, advice string) cobra.PositionalArgs {
	return func(command *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return fmt.Errorf("%s; see `%s --help`", advice, command.CommandPath())
		}
		return nil
	}
}

func (p *Program) diff(ctx context.Context, dir, format, base, head string) error {
	p.tuneMemory(usualMemory)
	repository, err := p.repository(dir)
	if err != nil {
		return err
	}
	defer repository.Close()
	change, err := between(ctx, repository, base, head)
	if err != nil {
		return err
	}
	found, err := p.review(ctx, change)
	if err != nil {
		return err
	}
	return review.Write(format, p.Stdout, found, review.Options{
		BaseLink:    p.linkBase(repository.Dir, string(found.Base)),
		HeadLink:    p.linkBase(repository.Dir, cmp.Or(string(found.Head), p.Env("CI_COMMIT_SHA"))),
		HistoryLink: p.addressOf(repository.Dir, p.Env("CI_PROJECT_URL"), "commits", p.Env("CI_DEFAULT_BRANCH")),
	})
}

// between returns what head has over the merge base of base and head: the
// working tree, where head is empty.
func between(ctx context.Context, repository *state.Repository, base, head string) (*state.Change, error) {
	if head != "" {
		return repository.Between(ctx, base, head)
	}
	change, err := repository.Since(ctx, base)
	if errors.Is(err, state.ErrBare) {
		return nil, fmt.Errorf("%w; name a commit to compare, such as `alliances diff main HEAD`", err)
	}
	return change, err
}

// review tells what a change means.
func (p *Program) review(ctx context.Context, c *state.Change) (*review.Review, error) {
	told := review.Change{Change: c, Jobs: runtime.GOMAXPROCS(0)}
	if !c.Paths.TouchRules() {
		files, err := c.After.Rules()
		if err != nil {
			return nil, err
		}
		if told.Schemas, err = schema.Load(files.Schemas); err != nil {
			return nil, err
		}
		if told.Handbook, err = policy.ReadHandbook(files.Policies); err != nil {
			return nil, err
		}
		return told.Review(ctx)
	}
	rules, err := load(c.After)
	if err != nil {
		return nil, err
	}
	c.After.Tree().Keep(c.Paths.Folders()) // told of, and judged
	told.Schemas, told.Handbook = rules.Schemas, rules.Policies.Handbook
	found, err := told.Review(ctx)
	if err != nil {
		return nil, err
	}
	found.Rules, err = review.CompareRules(ctx, c, rules, told.Jobs)
	return found, err
}
