// Package cli is the command line: flags, exit codes, colours, files, the
// clock and the environment, that is, all that touches the outside.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/lsp"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// Exit statuses.
const (
	ExitOK       = 0 // nothing at or above --fail-on
	ExitFindings = 1 // findings
	ExitFailure  = 2 // the job could not be done; nothing is reported as passed
)

// errFindings is what a command returns that found what must not be; it has
// already said so.
var errFindings = errors.New("findings")

// A Program is what the command line works with. It is all that the commands
// know of the world, so that tests need no process.
type Program struct {
	Stdin             io.Reader // to answer questions, where it is a terminal
	Stdout, Stderr    io.Writer
	Env               func(name string) string // an environment variable, or ""
	Now               func() time.Time
	Schemas, Policies fs.FS // built in, for folders that have none of their own
	Forms             fs.FS // for issues and merge requests, built in for new repositories
}

// Main runs the command that args name and returns the exit status.
func (p *Program) Main(args []string) int {
	root := p.root()
	root.SetArgs(args)
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)
	switch err := root.ExecuteContext(context.Background()); {
	case err == nil:
		return ExitOK
	case errors.Is(err, errFindings), errors.Is(err, lsp.ErrNoShutdown): // as the protocol has it
		return ExitFindings
	case errors.Is(err, errRefused):
		return ExitFailure
	default:
		message := "alliances: " + visibleLines(err.Error())
		fmt.Fprintln(p.Stderr, source.Wrap(message, width(p.Stderr, math.MaxInt)))
		return ExitFailure
	}
}

func (p *Program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "alliances",
		Short: "Keep partners, licence grants and campaigns as code",
		Long: `Alliances keeps a company's partners, the free licences it grants them and the
campaigns it runs with them as YAML files in a git repository, and judges every
change by the alliances handbook.`,
		Example: `  alliances validate                       judge every record
  alliances validate partners/example-ci   judge one partner's records
  alliances diff main                      tell what a change means
  alliances validate --help                say more about a command`,
		SuggestionsMinimumDistance: 2,
		SilenceErrors:              true,
		SilenceUsage:               true,
		Args:                       cobra.ArbitraryArgs,
		RunE: func(command *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("say what to do, such as `alliances validate`; `alliances --help` lists the commands")
			}
			return unknownCommand(command, args[0])
		},
	}
	root.AddCommand(p.validateCommand(), p.mergeCommand(), p.newCommand(), p.importCommand(), p.exportCommand(), p.proposeCommand(), p.showCommand(), p.agendaCommand(), p.diffCommand(), p.logCommand(), p.siteCommand(), p.rulesCommand(), p.initCommand(), p.upgradeCommand(), p.inspectCommand(), p.lspCommand(), p.preReceiveCommand(), p.versionCommand())
	root.SetHelpCommand(helpCommand())
	root.SetFlagErrorFunc(flagError)
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), "FlagUsages ", fmt.Sprintf("FlagUsagesWrapped %d ", p.helpWidth())))
	root.InitDefaultCompletionCmd()
	describeCompletion(root)
	return root
}

// describeCompletion has cobra's command speak as the others do.
func describeCompletion(root *cobra.Command) {
	const short = "Print what has a shell complete commands, flags and names"
	completion, _, err := root.Find([]string{"completion"})
	if err != nil {
		panic(err) // a mistake in this package: the command was added before
	}
	completion.Short = short
	completion.Long = short + ". The help of each shell says where it goes."
	completion.Args = cobra.ArbitraryArgs
	completion.RunE = func(*cobra.Command, []string) error {
		return errors.New("say for which shell, such as `alliances completion bash`; see `alliances completion --help`")
	}
	for _, shell := range completion.Commands() {
		shell.Short = short + " in " + shell.Name()
		shell.Long = strings.ReplaceAll(shell.Long, "#### ", "")
	}
}

// helpWidth returns how many cells a line of help may take.
func (p *Program) helpWidth() int { return width(p.Stdout, 100) }

// helpCommand is cobra's, but for a command that there is not.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Say more about a command",
		RunE: func(command *cobra.Command, args []string) error {
			about, rest, err := command.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(command.Root(), args[0])
			}
			return about.Help()
		},
	}
}

func unknownCommand(root *cobra.Command, name string) error {
	message := fmt.Sprintf("there is no command %q", name)
	if meant := root.SuggestionsFor(name); len(meant) > 0 {
		return fmt.Errorf("%s; did you mean `alliances %s`?", message, meant[0])
	}
	return fmt.Errorf("%s; `alliances --help` lists the commands", message)
}

// visibleLines makes what an error quotes harmless, line by line.
func visibleLines(text string) string {
	lines := splitLines(text)
	for i, line := range lines {
		lines[i] = source.Visible(line)
	}
	return strings.Join(lines, "\n")
}
