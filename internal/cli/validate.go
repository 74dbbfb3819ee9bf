package cli

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/report"
)

// validateFlags are what `alliances validate` can be told.
type validateFlags struct {
	dir     string
	format  string
	reports []string
	failOn  string
	jobs    int
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

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 the job could not be
done (nothing to judge, a file that cannot be read, a policy that does not
compile): the message says what to do.`,
		Example: `  alliances validate
  alliances validate partners/example-ci/licenses/2026-03-runner.yaml
  alliances validate -C ~/alliances --format json
  alliances validate --report junit=junit.xml --report codequality=codequality.json
  alliances validate --fail-on warning`,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := flags.check(); err != nil {
				return fmt.Errorf("%w; see `alliances validate --help`", err)
			}
			return p.validate(flags, args)
		},
	}
	command.Flags().StringVarP(&flags.dir, "dir", "C", "", "work on the repository in `DIR` (default: this folder, or the nearest above it that holds partners/)")
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

func (p *Program) validate(flags validateFlags, paths []string) error {
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
	only, err := space.folders(paths)
	if err != nil {
		return err
	}
	progress := p.startProgress()
	result, err := check.Run(context.Background(), repo.New(space.tree), space.rules, check.Options{
		Jobs: flags.jobs, Only: only, Progress: progress.update,
	})
	progress.stop()
	if err != nil {
		return err
	}
	found := report.Report{
		Records: len(result.Records), Partners: result.Partners, Findings: result.Findings,
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
