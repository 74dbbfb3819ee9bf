package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gitlab.com/gitlab-com/alliances/internal/spelling"
)

// A choice is the value of a flag that takes one of some words.
type choice struct {
	chosen *string
	noun   string // what each word is
	words  []string
}

// addChoice adds a flag that takes one of some words, the first where it is not
// given. The shell completes them.
func addChoice(command *cobra.Command, chosen *string, name, noun string, words []string, usage string) {
	*chosen = words[0]
	command.Flags().Var(&choice{chosen, noun, words}, name, usage)
	complete := cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
	if err := command.RegisterFlagCompletionFunc(name, complete); err != nil {
		panic(err) // a mistake in this package: the flag was there before
	}
}

// addFormat adds --format to a command, which writes what it tells in one of
// these formats.
func addFormat(command *cobra.Command, chosen *string, formats []string, usage string) {
	addChoice(command, chosen, "format", "format", formats, usage+" as `FORMAT`: "+strings.Join(formats, ", "))
}

// Set takes the word that somebody has chosen.
func (c *choice) Set(word string) error {
	if !slices.Contains(c.words, word) {
		return spelling.Unknown(c.noun, word, c.words)
	}
	*c.chosen = word
	return nil
}

// String returns the word that is chosen.
func (c *choice) String() string {
	if c.chosen == nil {
		return ""
	}
	return *c.chosen
}

// Type returns what help calls the value where the flag's usage does not say.
func (c *choice) Type() string { return "string" }

// flagError says what is wrong with a flag, and where help is.
func flagError(command *cobra.Command, err error) error {
	meant := cmp.Or(flagMeant(command.Flags(), err), commandMeant(command, err))
	return fmt.Errorf("%w%s; see `%s --help`", valueError(err), meant, command.CommandPath())
}

// valueError puts into plain words what is wrong with the value of a flag. What a
// choice says of a word stands for itself.
func valueError(err error) error {
	var invalid *pflag.InvalidValueError
	if !errors.As(err, &invalid) {
		return err
	}
	flag := invalid.GetFlag()
	if _, ok := flag.Value.(*choice); ok {
		return invalid.Unwrap()
	}
	if flag.Value.Type() == "int" {
		return fmt.Errorf("--%s takes a whole number, not %q", flag.Name, invalid.GetValue())
	}
	return err
}

// flagMeant returns which flag may have been meant where err says that there is
// no such flag, to be put behind it, or "".
func flagMeant(flags *pflag.FlagSet, err error) string {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return ""
	}
	var names []string
	flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	typed := unknown.GetSpecifiedName()
	near := spelling.Nearest(typed, names, (len(typed)+2)/4) // beyond that, it is another word
	if len(near) == 0 {
		return ""
	}
	return "; did you mean `--" + strings.Join(near, "` or `--") + "`?"
}

// commandMeant is flagMeant for who typed a command as a flag, as in --version.
func commandMeant(command *cobra.Command, err error) string {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return ""
	}
	for _, below := range command.Commands() {
		if below.Name() == unknown.GetSpecifiedName() {
			return "; did you mean `" + below.CommandPath() + "`?"
		}
	}
	return ""
}
