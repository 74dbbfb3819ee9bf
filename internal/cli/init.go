package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/form"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/scaffold"
)

// initFlags are what `alliances init` can be told.
type initFlags struct {
	company string
	dryRun  bool
}

func (p *Program) initCommand() *cobra.Command {
	var flags initFlags
	command := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Begin a repository of your own company's alliances",
		Long: `Init writes a new repository of alliances into DIR, or into this folder: the
schemas, the rules, a handbook with numbers to put your own in the place of, a
pipeline that judges every change, forms for issues and merge requests, settings
for editors, and a README that tells what to do next. On a terminal, it asks what
is missing.

It never overwrites a file, and writes all of it or nothing. A folder that is in
no git repository becomes one, with nothing committed yet. Later versions of all
this come by ` + "`alliances upgrade`" + `.`,
		Example: `  alliances init --company "Example Corp" --dry-run example-alliances
  alliances init --company "Example Corp" example-alliances`,
		Args: arguments(0, 1, "name one folder, such as `alliances init example-alliances`, or none for this one"),
		RunE: func(command *cobra.Command, args []string) error {
			dir := "."
			if len(args) > 0 {
				dir = args[0]
			}
			return p.init(command.Context(), dir, &flags)
		},
	}
	command.Flags().StringVar(&flags.company, "company", "", "the `NAME` of the company whose alliances these are")
	command.Flags().BoolVar(&flags.dryRun, "dry-run", false, "list the files, and write nothing")
	return command
}

func (p *Program) init(ctx context.Context, dir string, flags *initFlags) error {
	ctx, stop := interruptible(ctx)
	defer stop()
	company, err := p.company(flags.company)
	if err != nil {
		return err
	}
	origin := scaffold.Origin{Version: release(), Company: company}
	files, err := p.sources().Files(origin)
	if err != nil {
		return err
	}
	b, err := newBeginning(dir, files)
	if err != nil {
		return err
	}
	if flags.dryRun {
		files[layout.SumFile] = nil
		_, err := fmt.Fprintln(p.Stdout, strings.Join(slices.Sorted(maps.Keys(files)), "\n"))
		return err
	}
	if err := b.write(ctx, origin); err != nil {
		return fmt.Errorf("nothing was written into %s: %w", b.named, err)
	}
	return p.tellBegun(b, company)
}

func (p *Program) sources() scaffold.Sources {
	return scaffold.Sources{Schemas: p.Schemas, Policies: p.Policies, Forms: p.Forms}
}

// company returns the name that is given, or asks for one.
func (p *Program) company(given string) (string, error) {
	if given != "" {
		return given, scaffold.CheckCompany(given)
	}
	terminal := p.terminal()
	if terminal == nil {
		return "", errors.New("say whose alliances these are, such as --company \"Example Corp\"; see `alliances init --help`")
	}
	answer, err := terminal.Ask(form.Question{
		Title: "Company", Description: "Whose alliances these are. The name stands in the handbook and in the README.",
		Check: scaffold.CheckCompany,
	})
	return answer, errors.Join(err, terminal.Close())
}

// tellBegun says what was written, and what to do next.
func (p *Program) tellBegun(b *beginning, company string) error {
	enter := ""
	switch {
	case strings.HasPrefix(b.named, "-"): // no option
		enter = "\n  cd -- " + shellQuoted(b.named)
	case b.named != ".":
		enter = "\n  cd " + shellQuoted(b.named)
	}
	_, err := fmt.Fprintf(p.Stdout, `The repository of %s was written into %s.

What comes next: commit it as it is, for upgrades to know what you edit from then on, and go by README.md.%s
  alliances validate
  git add --all
  git commit --message "Begin"
`, company, b.named, enter)
	return err
}
