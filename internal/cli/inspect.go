package cli

import (
	"context"
	"errors"
	"fmt"
	"path"
	"runtime"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/format"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/lookup"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// inspectFlags are what `alliances inspect` can be told.
type inspectFlags struct {
	lookFlags
	data bool
}

func (p *Program) inspectCommand() *cobra.Command {
	var flags inspectFlags
	command := &cobra.Command{
		Use:   "inspect PATH",
		Short: "Show what the policies see of a record",
		Long: `Inspect prints as JSON the input that the policies get for the record at PATH, or
for the partner that it names: the record, its partner, and all records of the
folder. It is for whoever writes
a rule: with plain OPA (opa eval, opa run) a rule finds the same in it as with
alliances validate.

With --base, the input also has what was there before the change: the record and
its folder at the merge base of REV and HEAD. PATH can then be a record that the
change deletes.

With --data, it prints what policies read as data and policies/ does not hold
itself: data.partners, the name, aliases, type and status of every partner of
the repository, data.alike, what of that is like another's, and data.catalogue,
of every rule whether it can be waived. The handbook's numbers are not in it: OPA
reads them with the rules, from policies/handbook/ and the folders of the days in
it, and does not take a second copy of them. Ask it for
data.lib.handbook.in_force to see the handbook by which the record is judged.

Exit status: 0, or 2 if the policies see no such record (there is no such file,
it cannot be read, its kind is not known): the message says why.`,
		Example: `  alliances inspect partners/example-ci/partner.yaml
  alliances inspect --base origin/main partners/example-ci/partner.yaml

  alliances inspect partners/example-ci/partner.yaml > input.json
  alliances inspect --data partners/example-ci/partner.yaml > data.json
  opa eval --data policies --data data.json --input input.json data.rules.partner.priority.violation`,
		Args: arguments(1, 1, "name one record, such as `alliances inspect partners/example-ci/partner.yaml`"),
		RunE: func(command *cobra.Command, args []string) error {
			return p.inspect(command.Context(), flags, args[0])
		},
	}
	flags.addDir(command.Flags())
	flags.addBase(command.Flags(), "also show what was there before, at the merge base of `REV` and HEAD")
	flags.addHead(command.Flags())
	flags.addRulesFrom(command.Flags())
	command.Flags().BoolVar(&flags.data, "data", false, "print the data that policies/ does not hold, in place of the input")
	return command
}

func (p *Program) inspect(ctx context.Context, flags inspectFlags, what string) error {
	p.tuneMemory(usualMemory)
	space, err := p.look(ctx, &flags.lookFlags)
	if err != nil {
		return err
	}
	defer space.Close()
	name, err := space.recordPath(ctx, what)
	if err != nil {
		return err
	}
	rules, err := space.rulebook()
	if err != nil {
		return err
	}
	document, err := space.inspect(ctx, rules, flags.data, name)
	if err != nil {
		return err
	}
	return format.JSON(p.Stdout, document)
}

// inspect returns what policies see: the input for a record, or the data.
func (w *workspace) inspect(ctx context.Context, rules *check.Rulebook, data bool, name string) (any, error) {
	if data {
		return check.Data(ctx, w.state.Tree(), rules, runtime.GOMAXPROCS(0))
	}
	return check.Inspect(w.state.Tree(), rules, name, w.base())
}

// recordPath returns the path of the record that somebody named. It need not be
// there any more.
func (w *workspace) recordPath(ctx context.Context, what string) (string, error) {
	name, err := w.recordNamed(ctx, what)
	switch gone, outside := below(w.Repository, what); {
	case errors.Is(err, lookup.ErrSeveral):
		return "", err
	case errors.Is(outside, errOutside) && err != nil:
		return "", outside
	case err != nil && path.Ext(gone) == layout.RecordExt:
		return gone, nil // what it is not is told later
	case err != nil:
		return "", err
	case w.state.IsFolder(name):
		return "", fmt.Errorf("%s is a folder; name a record in it", source.Visible(what))
	}
	return name, nil
}
