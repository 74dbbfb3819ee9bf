package cli

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/report"
)

const dirUsage = "work on the repository in `DIR` (default: this folder, or the nearest above it that holds partners/)"

// validateFlags are what `alliances validate` can be told.
type validateFlags struct {
	dir      string
	base     string
	compares bool // whether --base is given
	format   string
	reports  []string
	failOn   string
	jobs     int
}

func (p *Program) validateCommand() *cobra.Command {
	var flags validateFlags
	command := &cobra.Command{
		Use:   "validate [PATH…]",
		Short: "Judge the records",
		Long: `Validate judges every record in partners/ by its JSON Schema and by the policies,
and says of each finding what is wrong, on which line, how to put it right and
which section of the handbook says so.

Reports for other readers go to standard output with --format, and into files
with --report: each file is written whole or not at all, also when there are
findings.

With PATH, only the partners' folders that hold these files are judged;
everything that they refer to is still read.

With --base, the records are compared with those of another commit: the merge
base of REV and HEAD. What a change must not do (raise a grant, delete a record,
touch records and rules at once) is then judged as well, and only in the
partners' folders that the change touches; all of them where it touches schemas/
or policies/. The working tree is the change's side, committed or not.

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 the job could not be
done (nothing to judge, a file that cannot be read, a policy that does not
compile): the message says what to do.`,
		Example: `  alliances validate
  alliances validate partners/example-ci/licenses/2026-03-runner.yaml
  alliances validate --base origin/main
  alliances validate -C ~/alliances --format json
  alliances validate --report junit=junit.xml --report codequality=codequality.json
  alliances validate --fail-on warning`,
		RunE: func(command *cobra.Command, args []string) error {
			if err := flags.check(); err != nil {
				return fmt.Errorf("%w; see `alliances validate --help`", err)
			}
			flags.compares = command.Flags().Changed("base")
			return p.validate(command.Context(), flags, args)
		},
	}
	command.Flags().StringVarP(&flags.dir, "dir", "C", "", dirUsage)
	command.Flags().StringVar(&flags.base, "base", "", "judge what changed since the merge base of `REV` and HEAD")
	command.Flags().StringVar(&flags.format, "format", "text", "write the findings to standard output as `FORMAT`: "+strings.Join(report.Formats(), ", "))
	command.Flags().StringArrayVar(&flags.reports, "report", nil, "write them into a file as well, given as `FORMAT=FILE`; repeat it for more files")
	command.Flags().StringVar(&flags.failOn, "fail-on", "error", "exit with 1 on findings of this `SEVERITY` or above: error or warning")
	command.Flags().IntVar(&flags.jobs, "jobs", runtime.GOMAXPROCS(0), "judge `N` folders at a time")
	return command
}

func (f *validateFlags) check() error {
	switch {
	case !slices.Contains(report.Formats(), f.format):
		return fmt.Errorf("there is no format %q; there are %s", f.format, strings.Join(report.Formats(), ", "))
	case !finding.Severity(f.failOn).Valid():
		return fmt.Errorf("--fail-on is error or warning, not %q", f.failOn)
	case f.jobs < 1:
		return fmt.Errorf("--jobs is at least 1, not %d", f.jobs)
	}
	return nil
}

func (p *Program) validate(ctx context.Context, flags validateFlags, paths []string) error {
	begin := p.Now()
	p.tuneMemory()
	files, err := parseReports(flags.reports)
	if err != nil {
		return fmt.Errorf("%w; see `alliances validate --help`", err)
	}
	space, err := p.open(flags.dir)
	if err != nil {
		return err
	}
	defer space.Close()
	options := check.Options{Jobs: flags.jobs}
	if options.Only, err = space.folders(paths); err != nil {
		return err
	}
	scope := ""
	if flags.compares {
		base, err := space.compare(ctx, flags.base)
		if err != nil {
			return err
		}
		defer base.Close()
		options.Base, scope = base.Base, base.scope()
		if base.touchesNothing() {
			fmt.Fprintf(p.Stderr, "alliances: the change since %s touches no partner's folder: there is nothing to judge\n", short(base.commit))
		}
	}
	progress := p.startProgress()
	options.Progress = progress.update
	result, err := check.Run(ctx, repo.New(space.tree), space.rules, options)
	progress.stop()
	if err != nil {
		return err
	}
	return p.report(space, flags, files, begin, &result, scope)
}

// report writes what a run found, and returns errFindings if it is to fail.
func (p *Program) report(space *workspace, flags validateFlags, files []reportFile, begin time.Time, result *check.Result, scope string) error {
	found := report.Report{
		Records: len(result.Records), Partners: result.Partners, Scope: scope, Findings: result.Findings,
		Files: result.Records, Rules: result.Rules.Catalogue(),
	}
	options := p.reportOptions(space, begin)
	options.FailOn = finding.Severity(flags.failOn)
	options.Handbook = result.Rules.Policies.HandbookURL()
	if err := p.write(flags.format, files, &found, options); err != nil {
		return fmt.Errorf("the report cannot be written: %w", err)
	}
	if slices.ContainsFunc(result.Findings, func(f finding.Finding) bool {
		return f.Severity.AtLeast(finding.Severity(flags.failOn))
	}) {
		return errFindings
	}
	return nil
}
