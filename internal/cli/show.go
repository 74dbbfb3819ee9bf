package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/grant"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/profile"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/report"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// showFlags are what `alliances show` can be told.
type showFlags struct {
	lookFlags
	format, asOf string
}

func (p *Program) showCommand() *cobra.Command {
	var flags showFlags
	command := &cobra.Command{
		Use:   "show PATH",
		Short: "Show a record in its context, and what comes next",
		Long: `Show tells of one record what it says, and what follows from it on a day: whether
a licence runs and for how long, how many seats the partner uses, how far a
campaign has come. It lists what is wrong with it, what of that is waived and by
whom, and what the handbook has to be done next, with this record's values filled
in. Of a waiver it shows what it sets aside.

PATH is a record's file, or its name without folder and ending, or a partner: its
folder, its name or one of its other names.`,
		Example: `  alliances show example-ci
  alliances show 2026-03-test-reports
  alliances show partners/example-ci/licenses/2026-03-test-reports.yaml
  alliances show --as-of 2027-01-01 --format json partners/example-ci/licenses/2026-03-test-reports.yaml`,
		Args: arguments(1, 1, "name one record, such as `alliances show partners/example-ci/partner.yaml`, or a partner's folder"),
		RunE: func(command *cobra.Command, args []string) error {
			if err := p.dayOf(command, &flags.asOf); err != nil {
				return err
			}
			return p.show(command.Context(), flags, args[0])
		},
	}
	flags.addDir(command.Flags())
	flags.addHead(command.Flags())
	addFormat(command, &flags.format, profile.Formats(), "show it")
	command.Flags().StringVar(&flags.asOf, "as-of", "", "tell what follows on this `DAY`, such as 2026-03-02 (default today)")
	return command
}

// dayOf makes sure that --as-of names a day, which is today where it is not
// given.
func (p *Program) dayOf(command *cobra.Command, asOf *string) error {
	if !command.Flags().Changed("as-of") {
		*asOf = p.today()
	}
	return checkDay(*asOf)
}

func (p *Program) today() string { return p.Now().Format(time.DateOnly) }

// checkDay makes sure that --as-of names a day.
func checkDay(asOf string) error {
	if !record.IsDay(asOf) {
		return fmt.Errorf("--as-of: %q is no day such as 2026-03-02", asOf)
	}
	return nil
}

func (p *Program) show(ctx context.Context, flags showFlags, what string) error {
	space, err := p.look(ctx, &flags.lookFlags)
	if err != nil {
		return err
	}
	defer space.Close()
	name, err := space.recordNamed(ctx, what)
	if err != nil {
		return err
	}
	if !layout.IsRecord(name) {
		return fmt.Errorf("%s is no record", source.Visible(what))
	}
	folder, _ := layout.FolderOf(name)
	var judged *check.Folder
	options := check.Options{Jobs: 1, Only: []string{folder}, Local: true, AsOf: flags.asOf, Visit: func(f *check.Folder) { judged = f }}
	result, err := check.Run(ctx, space.state.Tree(), space.rulebook, options)
	if err != nil {
		return err
	}
	subject, err := subjectOf(judged, result.Rules, name)
	if err != nil {
		return err
	}
	subject.AsOf = flags.asOf
	shown := profile.Of(subject)
	shown.Partial = result.Partial
	shown.Findings = slices.DeleteFunc(result.Findings, func(f finding.Finding) bool { return f.File != name })
	shown.Waived = slices.DeleteFunc(result.Waived, func(w finding.Waived) bool { return w.File != name && w.Waiver.File != name })
	how := report.Options{Source: space.state.Source, Color: p.color(p.Stdout)}
	return profile.Write(flags.format, p.Stdout, &shown, profile.Options{
		Schemas: result.Rules.Schemas,
		Findings: func(w io.Writer, findings []finding.Finding) error {
			return report.WriteFindings(w, &report.Report{Findings: findings}, how)
		},
		Waived: func(w io.Writer, waived []finding.Waived) error {
			return report.WriteWaived(w, &report.Report{Waived: waived}, how)
		},
	})
}

// recordNamed returns the path of the record that somebody named, a partner's by
// its folder, too. It may have been there before the change alone.
func (w *workspace) recordNamed(ctx context.Context, what string) (string, error) {
	name, err := w.named(ctx, what)
	if err != nil {
		return "", err
	}
	if within := path.Join(name, layout.PartnerFile); w.state.Has(within) {
		name = within
	}
	return name, nil
}

// subjectOf returns a record and the folder that it is in.
func subjectOf(folder *check.Folder, rules *check.Rulebook, name string) (profile.Subject, error) {
	listed := folder.Listed
	s := profile.Subject{Folder: listed.Name, Schemas: rules.Schemas, Handbook: rules.Policies.Handbook, Holds: map[string]int{}}
	for _, item := range folder.Records {
		rec := item.Record
		switch {
		case rec == nil && item.Path == name:
			return s, fmt.Errorf("%s:%d: %s", item.Path, item.Problems[0].Span.Start.Line, item.Problems[0].Message)
		case rec == nil:
			continue
		}
		s.Holds[item.Kind]++
		if item.Path == name {
			s.Record, s.Kind = rec, item.Kind
		}
		if item.Path == listed.PartnerPath() && item.Kind == layout.PartnerKind && layout.IsPartners(listed.Name) {
			s.Partner = rec.Root
		}
		if g, ok := grant.Read(rec.Root); ok && item.Kind == grant.Kind {
			s.Grants = append(s.Grants, g)
		}
	}
	if s.Record == nil || s.Kind == "" {
		return s, errors.New(source.Visible(name) + " is no record of a known kind; `alliances validate` says why")
	}
	return s, nil
}
