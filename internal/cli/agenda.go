package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/agenda"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/internal/state"
)

// agendaFlags are what `alliances agenda` can be told.
type agendaFlags struct {
	dir, format, asOf, lead string
	within                  int
}

func (p *Program) agendaCommand() *cobra.Command {
	var flags agendaFlags
	command := &cobra.Command{
		Use:   "agenda",
		Short: "Tell what is due: what ends, and what waits for whom",
		Long: `Agenda tells what has to be seen to on a day: first what should have been done
by then, such as the approval of a campaign that has begun, then what waits, such
as a request without a lead, then what comes within some days, such as the end of
a licence. Of each it names the record, and what to do about it.

What is due of which kind of record is said by its schema, in x-due, and what
comes next by the handbook's steps. A record that cannot be read is left out, and
named.`,
		Example: `  alliances agenda
  alliances agenda --lead @alliance-manager --within 14
  alliances agenda --as-of 2026-07-01 --format json
  alliances agenda --format ics > agenda.ics`,
		Args: arguments(0, 0, "name no record: `alliances agenda` tells of all of them, and --lead of one person's"),
		RunE: func(command *cobra.Command, _ []string) error {
			if err := p.dayOf(command, &flags.asOf); err != nil {
				return err
			}
			if err := flags.check(command); err != nil {
				return err
			}
			return p.agenda(command.Context(), flags)
		},
	}
	command.Flags().StringVarP(&flags.dir, "dir", "C", "", dirUsage)
	addFormat(command, &flags.format, agenda.Formats(), "write it")
	command.Flags().StringVar(&flags.asOf, "as-of", "", "tell what is due on this `DAY`, such as 2026-03-02 (default today)")
	command.Flags().IntVar(&flags.within, "within", agenda.Soon, "tell of what comes within so many `DAYS`, too")
	command.Flags().StringVar(&flags.lead, "lead", "", "tell only of what the person with this `HANDLE` leads, or whose partner they look after")
	return command
}

// check returns an error where a flag cannot be meant.
func (f *agendaFlags) check(command *cobra.Command) error {
	if f.within < 0 {
		return fmt.Errorf("--within: %d is no number of days to come", f.within)
	}
	if command.Flags().Changed("lead") && f.lead == "" {
		return errors.New("--lead is empty: leave it out to be told of everybody's; see `alliances agenda --help`")
	}
	return nil
}

func (p *Program) agenda(ctx context.Context, flags agendaFlags) error {
	p.tuneMemory(usualMemory)
	space, err := p.open(flags.dir)
	if err != nil {
		return err
	}
	defer space.Close()
	collector, err := collectorOf(space.state)
	if err != nil {
		return err
	}
	collector.AsOf, collector.Within, collector.Lead = flags.asOf, flags.within, flags.lead
	due, left, err := collector.Collect(ctx, space.state.Tree())
	if err != nil {
		return err
	}
	for _, why := range left {
		fmt.Fprintf(p.Stderr, "alliances: %s\n", source.Visible(why))
	}
	return agenda.Write(flags.format, p.Stdout, due, agenda.Options{Link: p.linkBase(space.Dir, p.Env("CI_COMMIT_SHA"))})
}

// collectorOf returns what makes agendas by the schemas and the handbook of a
// state. Nothing is judged, so no policy is compiled.
func collectorOf(s *state.State) (*agenda.Collector, error) {
	files, err := s.Rules()
	if err != nil {
		return nil, err
	}
	kinds, err := schema.Load(files.Schemas)
	if err != nil {
		return nil, err
	}
	handbook, err := policy.ReadHandbook(files.Policies)
	if err != nil {
		return nil, err
	}
	return &agenda.Collector{Schemas: kinds, Handbook: handbook, Jobs: runtime.GOMAXPROCS(0)}, nil
}
