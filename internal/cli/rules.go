package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/catalogue"
	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/lookup"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

func (p *Program) rulesCommand() *cobra.Command {
	var dir, format string
	command := &cobra.Command{
		Use:   "rules [ID]",
		Short: "List the rules, or explain one",
		Long: `Rules lists what records are judged by, with the severity and the title of each
rule: what the validator itself demands of a file's text (yaml), of a record's
fields (schema) and of the files in partners/ (repo), and then the rules of the
policies, by the kind of record that they judge.

With ID, it explains one rule: why there is such a rule, how to put right what
breaks it, the section of the handbook that it comes from, the file that holds
it, and examples of what is wrong and what is right, for a rule on changes also
of what was there before. ID is what a finding has in brackets, or the part of
it behind the slash where no other rule has the same. The name of a kind lists
the rules of that kind.

Of a rule that can be waived, it names the waivers that there are. In JSON, every rule
is there with all there is to say of it.`,
		Example: `  alliances rules
  alliances rules license
  alliances rules license/seat_cap
  alliances rules seat_cap --format markdown`,
		Args: arguments(0, 1, "name one rule, such as `alliances rules license/seat_cap`, or none to list them all"),
		RunE: func(command *cobra.Command, args []string) error {
			return p.rules(command.Context(), dir, format, args)
		},
	}
	command.Flags().StringVarP(&dir, "dir", "C", "", dirUsage)
	addFormat(command, &format, catalogue.Formats(), "write them")
	return command
}

func (p *Program) rules(ctx context.Context, dir, format string, names []string) error {
	p.tuneMemory(usualMemory)
	space, err := p.openAnywhere(dir)
	if err != nil {
		return err
	}
	defer space.Close()
	rules, err := space.rulebook()
	if err != nil {
		return err
	}
	all := catalogue.New(rules)
	for _, name := range names {
		selected, err := all.Select(name)
		if kind, unknown := lookup.Kind(rules.Schemas, name); err != nil && unknown == nil {
			selected, err = all.Select(kind)
		}
		if err != nil {
			return err
		}
		all = selected
	}
	if rule := all.One(); rule != nil && rule.Waivable {
		if rule.Waivers, err = check.Waivers(ctx, space.state.Tree(), rules, rule.ID); err != nil && !errors.Is(err, repo.ErrNoRecords) {
			return err
		}
	}
	return catalogue.Write(format, p.Stdout, all, catalogue.Options{Color: p.color(p.Stdout)})
}
