package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// manualSources returns what the manual of a site is made of.
func manualSources(space *workspace, root *cobra.Command) (site.Sources, error) {
	rules, err := space.state.Rules()
	return site.Sources{Files: space.state.Files, Examples: rules.Schemas, Commands: commandsOf(root)}, err
}

// commandsOf returns what the help says of each command below one.
func commandsOf(above *cobra.Command) (all []site.Command) {
	for _, command := range above.Commands() {
		if !command.IsAvailableCommand() && command.Name() != "help" {
			continue
		}
		all = append(all, explained(command))
		all = append(all, commandsOf(command)...)
	}
	return all
}

// explained returns what the help says of a command.
func explained(command *cobra.Command) site.Command {
	_, name, _ := strings.Cut(command.CommandPath(), " ")
	about := site.Command{Name: name, Usage: command.UseLine(), Short: command.Short, Long: command.Long, Example: command.Example}
	command.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		about.Flags = append(about.Flags, explainedFlag(f))
	})
	return about
}

// explainedFlag returns what the help says of a flag, and its default, unless that is
// what leaving it out means anyway.
func explainedFlag(f *pflag.Flag) site.Flag {
	value, usage := pflag.UnquoteUsage(f)
	flag := site.Flag{Name: "--" + f.Name, Value: value, Usage: usage}
	if f.Shorthand != "" {
		flag.Short = "-" + f.Shorthand
	}
	switch f.DefValue {
	case "", "0", "[]", "false":
	default:
		flag.Usage += " (default " + f.DefValue + ")"
	}
	return flag
}
