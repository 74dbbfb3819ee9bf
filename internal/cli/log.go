package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/history"
	"gitlab.com/gitlab-com/alliances/internal/lookup"
	"gitlab.com/gitlab-com/alliances/internal/state"
)

// logFlags are what `alliances log` can be told.
type logFlags struct {
	dir, format, since, until, partner, kind string
}

func (p *Program) logCommand() *cobra.Command {
	var flags logFlags
	command := &cobra.Command{
		Use:   "log [PATH…]",
		Short: "Tell who did what, and when: the audit trail",
		Long: `Log reads the history of the records as an audit trail, the newest first: what
was granted, revoked, approved, changed or deleted, when it came to this branch,
who wrote the change, who merged it, by which merge request and in which commit.

With PATH, it tells of these files and folders alone. A record's file is
followed to where it was before it was renamed, and so is a partner's folder: that
it has another name is told once, by its partner.yaml, for all its records. Times
are in UTC; a day begins at midnight.

Of everything, from the last entry to the first, it leads from nothing to what
the branch holds now. In JSON, each entry has all values that it changes. CSV
has a line for each event, and opens in a spreadsheet without running a formula.`,
		Example: `  alliances log
  alliances log --partner example-ci --since 2026-01-01
  alliances log partners/example-ci/licenses/2026-03-test-reports.yaml
  alliances log --kind license --format csv > licenses.csv`,
		RunE: func(command *cobra.Command, args []string) error {
			for _, name := range []string{"since", "until", "partner", "kind"} {
				if flag := command.Flags().Lookup(name); flag.Changed && flag.Value.String() == "" {
					return fmt.Errorf("--%s is empty: leave it out to be told everything; see `alliances log --help`", name)
				}
			}
			return p.log(command.Context(), flags, args)
		},
	}
	command.Flags().StringVarP(&flags.dir, "dir", "C", "", dirUsage)
	addFormat(command, &flags.format, history.Formats(), "write it")
	command.Flags().StringVar(&flags.since, "since", "", "leave out what happened before this `DAY` (2026-03-02) or time (2026-03-02T15:04:05Z)")
	command.Flags().StringVar(&flags.until, "until", "", "leave out what happened after this `DAY`, or from this time on")
	command.Flags().StringVar(&flags.partner, "partner", "", "tell of one partner, by its `NAME` or that of its folder")
	command.Flags().StringVar(&flags.kind, "kind", "", "tell of records of one `KIND`, such as license")
	return command
}

func (p *Program) log(ctx context.Context, flags logFlags, paths []string) error {
	p.tuneMemory(usualMemory)
	repository, err := p.repository(flags.dir)
	if err != nil {
		return err
	}
	defer repository.Close()
	past, err := pastOf(ctx, repository, "HEAD")
	if err != nil {
		return err
	}
	options, err := flags.options(ctx, repository, past, paths)
	if err != nil {
		return fmt.Errorf("%w; see `alliances log --help`", err)
	}
	return p.writeLog(ctx, past, flags.format, options)
}

func (p *Program) writeLog(ctx context.Context, past *past, format string, options history.Options) error {
	out, err := history.NewWriter(format, past.head, p.Stdout)
	if err != nil {
		return err
	}
	entries := 0
	err = past.read(ctx, options, func(e history.Entry) error {
		entries++
		return out.Entry(e)
	})
	if err = errors.Join(err, out.Close()); err != nil {
		return err
	}
	if entries == 0 {
		fmt.Fprintln(p.Stderr, "alliances: nothing of that kind has happened")
	}
	return nil
}

func (f *logFlags) options(ctx context.Context, repository *state.Repository, past *past, paths []string) (options history.Options, err error) {
	if f.kind != "" {
		if options.Kind, err = lookup.Kind(past.kinds, f.kind); err != nil {
			return options, err
		}
	}
	if options.Since, _, err = f.time("--since", f.since); err != nil {
		return options, err
	}
	until, day, err := f.time("--until", f.until)
	if err != nil {
		return options, err
	}
	if options.Until = until; day {
		options.Until = until.AddDate(0, 0, 1) // the day counts
	}
	options.Paths, err = f.paths(ctx, repository, past, paths)
	return options, err
}

func (f *logFlags) time(flag, text string) (t time.Time, day bool, err error) {
	if text == "" {
		return t, false, nil
	}
	if t, day, err = history.ParseTime(text); err != nil {
		return t, day, fmt.Errorf("%s: %w", flag, err)
	}
	return t, day, nil
}

// paths returns what to tell of, from the root of the records. It need not be
// there any more, but once it must have been.
func (f *logFlags) paths(ctx context.Context, repository *state.Repository, past *past, paths []string) (names []string, err error) {
	switch {
	case f.partner != "" && len(paths) > 0:
		return nil, errors.New("name either --partner or paths")
	case f.partner != "":
		name, err := past.partner(ctx, f.partner)
		return []string{name}, err
	}
	for _, what := range paths {
		name, err := past.named(ctx, repository, what)
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}
