package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/review"
	"gitlab.com/gitlab-com/alliances/internal/schema"
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
  alliances diff v1.0 v1.1
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

// two are the two states that a change leads from and to.
type two struct {
	before, after fs.FS
	base, head    string // ids of the commits; head is "" for the working tree
	paths         []string
}

func (p *Program) diff(ctx context.Context, dir, format, base, head string) error {
	p.tuneMemory()
	clone, err := p.openClone(ctx, dir)
	if err != nil {
		return err
	}
	defer clone.Close()
	states, err := clone.states(ctx, base, head)
	if err != nil {
		return err
	}
	found, err := p.review(ctx, states)
	if err != nil {
		return err
	}
	return review.Write(format, p.Stdout, found, review.Options{
		BaseLink: p.linkBase(clone.dir, states.base),
		HeadLink: p.linkBase(clone.dir, cmp.Or(states.head, p.Env("CI_COMMIT_SHA"))),
	})
}

// review tells what the change between two states means.
func (p *Program) review(ctx context.Context, states *two) (*review.Review, error) {
	rules, err := p.rulesIn(states.after, states.headName())
	if err != nil {
		return nil, err
	}
	kinds, err := schema.Load(rules.schemas)
	if err != nil {
		return nil, err
	}
	handbook, err := policy.ReadHandbook(rules.policies)
	if err != nil {
		return nil, err
	}
	base := &check.Base{Paths: states.paths}
	change := review.Change{
		Before: repo.New(states.before), After: repo.New(states.after), Paths: states.paths, Folders: base.Touched(),
		Schemas: kinds, SeatCap: handbook.Whole("license", "seat_cap"), Jobs: runtime.GOMAXPROCS(0),
	}
	found, err := change.Review(ctx)
	if err != nil {
		return nil, err
	}
	found.Base, found.Head = states.base, states.head
	if base.TouchesRules() {
		found.Rules, err = p.compareRules(ctx, states, rules)
	}
	return found, err
}

// compareRules tells what becomes of the rules.
func (p *Program) compareRules(ctx context.Context, states *two, after ruleFiles) (*review.RuleChanges, error) {
	before, err := p.rulesIn(states.before, "the commit "+short(states.base))
	if err != nil {
		return &review.RuleChanges{Problem: err.Error()}, nil
	}
	return review.CompareRules(ctx, review.RuleFiles{Schemas: before.schemas, Policies: before.policies},
		review.RuleFiles{Schemas: after.schemas, Policies: after.policies}, states.before, states.after, runtime.GOMAXPROCS(0))
}

// headName is what an error calls what the change leads to.
func (t *two) headName() string {
	if t.head == "" {
		return "the working tree"
	}
	return "the commit " + short(t.head)
}
