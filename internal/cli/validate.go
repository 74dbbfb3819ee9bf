package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/report"
)

// validateFlags are what `alliances validate` can be told.
type validateFlags struct {
	lookFlags
	format    string
	formatted bool // whether --format is given
	reports   []string
	failOn    string
	jobs      int
	fix       bool
	dryRun    bool
	verbose   bool
	shard     string
	cache     string
	waived    bool
	asOf      string
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
everything that they refer to is still read. A partner goes by its name, too.

What a record in waivers/ allows is waived: it does not count, and is told in the
summary alone; with --show-waived, the text report tells all of it, with who
allowed it and why. A waiver ends on a day, and no verdict depends on the clock:
with --as-of DAY, those that have ended by then no longer hold.

With --verbose, the text report quotes what the YAML parser says of a file that it
cannot read; the JSON report always does, as "detail".

With --base, the records are compared with those of another commit: the merge
base of REV and HEAD. What a change must not do (raise a grant, delete a record,
touch records and rules at once) is then judged as well, and only in the
partners' folders that the change touches; all of them where it touches schemas/
or policies/. The working tree is the change's side, committed or not.

With --head, it is the commit REV that is judged, as git has it: what is not
committed does not count, and no working tree is needed. With --rules-from, the
schemas and policies of another commit judge the records; the word base is the
merge base of --base. No change is then judged by what it brings along, and of
the folders only those that it touches are.

With --fix, what a rule or the schema knows the right value of (the end of a
licence, a total, the name of a document, a misspelt field, a partner's former
name) is put right in the files that are judged, one value at a time and nothing
else in them; then they are judged again. What was changed is shown on standard
error. With --fix --dry-run nothing is written: standard output gets a patch for
git apply, and the exit status is that of the records as it makes them.

With --shard I/N, the I-th of N parts of the partners' folders is judged: N jobs
judge everything, each a part, and ` + "`alliances merge`" + ` joins their JSON reports. A
folder is in one part, whatever the other folders are. With --base, it is a part of
what the change can affect, and the parts are parts of a commit (--head).

With --cache, what was found clean is not judged again as long as nothing changes that
its verdict depends on. What is found is the same. The folder DIR is made where it is
missing; whoever can write to it can have anything pass.

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 the job could not be
done (nothing to judge, a file that cannot be read, a policy that does not
compile): the message says what to do.`,
		Example: `  alliances validate
  alliances validate partners/example-ci/licenses/2026-03-test-reports.yaml
  alliances validate "Example CI"
  alliances validate --base origin/main
  alliances validate --base origin/main --head HEAD --rules-from base
  alliances validate -C ../alliances --format json
  alliances validate --report junit=junit.xml --report codequality=codequality.json
  alliances validate --fail-on warning
  alliances validate --shard 2/4 --report json=part-2.json
  alliances validate --head HEAD --cache .cache
  alliances validate --show-waived --as-of 2027-01-01
  alliances validate --fix partners/example-ci
  alliances validate --fix --dry-run | git apply`,
		RunE: func(command *cobra.Command, args []string) error {
			flags.formatted = command.Flags().Changed("format")
			if err := flags.check(args); err != nil {
				return fmt.Errorf("%w; see `alliances validate --help`", err)
			}
			if flags.given("as-of") {
				if err := checkDay(flags.asOf); err != nil {
					return err
				}
			}
			return p.validate(command.Context(), flags, args)
		},
	}
	flags.add(command)
	return command
}

// add gives the command its flags.
func (f *validateFlags) add(command *cobra.Command) {
	set := command.Flags()
	f.addDir(set)
	f.addBase(set, "judge what changed since the merge base of `REV` and HEAD")
	f.addHead(set)
	f.addRulesFrom(set)
	addFormat(command, &f.format, report.Formats(), "write the findings to standard output")
	addReports(command, &f.reports)
	addFailOn(command, &f.failOn)
	addVerbose(command, &f.verbose)
	addShowWaived(command, &f.waived)
	set.StringVar(&f.asOf, "as-of", "", "let waivers end that have ended on this `DAY`, such as 2026-03-02")
	set.StringVar(&f.shard, "shard", "", "judge the part `I/N`: the I-th of N parts of the folders, from 1 on")
	set.StringVar(&f.cache, "cache", "", "keep in the folder `DIR` what is found clean, and do not judge it again")
	addJobs(set, &f.jobs, "judge `N` folders at a time")
	set.BoolVar(&f.fix, "fix", false, "put right in the files what is known to be right, and judge again")
	set.BoolVar(&f.dryRun, "dry-run", false, "with --fix: write no file, but a patch of what it would change")
}

// addJobs adds a flag for how much is done at a time. Its help is the same on every
// machine.
func addJobs(set *pflag.FlagSet, jobs *int, usage string) {
	set.IntVar(jobs, "jobs", runtime.GOMAXPROCS(0), usage+" (default: as many as there are processors)")
	set.Lookup("jobs").DefValue = "0"
}

func addReports(command *cobra.Command, reports *[]string) {
	command.Flags().StringArrayVar(reports, "report", nil, "write them into a file as well, given as `FORMAT=FILE`; repeat it for more files")
}

func addFailOn(command *cobra.Command, failOn *string) {
	addChoice(command, failOn, "fail-on", "severity", []string{string(finding.Error), string(finding.Warning)},
		"exit with 1 on findings of this `SEVERITY` or above: error or warning")
}

func addVerbose(command *cobra.Command, verbose *bool) {
	command.Flags().BoolVar(verbose, "verbose", false, "show as text what the YAML parser says as well")
}

func addShowWaived(command *cobra.Command, show *bool) {
	command.Flags().BoolVar(show, "show-waived", false, "show as text what is waived as well, by whom and why")
}

func (f *validateFlags) check(paths []string) error {
	switch {
	case f.jobs < 1:
		return fmt.Errorf("--jobs is at least 1, not %d", f.jobs)
	case f.fix && f.given("head"):
		return errors.New("--fix writes the working tree: leave out --head")
	case f.dryRun && !f.fix:
		return errors.New("--dry-run shows what --fix would change: give both")
	case f.dryRun && (f.formatted || len(f.reports) > 0):
		return errors.New("--fix --dry-run writes a patch and no report: leave out --format and --report")
	}
	return errors.Join(f.checkShard(paths), f.checkCache())
}

func (p *Program) validate(ctx context.Context, flags validateFlags, paths []string) error {
	begin := p.Now()
	limit := int64(judgeMemory)
	if flags.given("base") || flags.given("cache") {
		limit = usualMemory // git's folders, and partners on both sides, or what is remembered
	}
	p.tuneMemory(limit)
	files, err := p.parseReports(flags.reports)
	if err != nil {
		return fmt.Errorf("%w; see `alliances validate --help`", err)
	}
	space, err := p.look(ctx, &flags.lookFlags)
	if err != nil {
		return err
	}
	defer space.Close()
	options, err := flags.options(ctx, space, paths)
	if err != nil {
		return err
	}
	judge := p.judgeOnce
	if flags.fix {
		var stop context.CancelFunc
		ctx, stop = interruptible(ctx)
		defer stop()
		judge = p.fix
	}
	result, err := judge(ctx, space, &flags, options)
	if err != nil {
		return err
	}
	p.saveMemory(options.Memory)
	if space.change != nil && len(result.Records)+len(result.Findings) == 0 {
		fmt.Fprintf(p.Stderr, "alliances: %s\n", space.nothing(len(paths) > 0, options.Shard))
	}
	if other := space.otherRules(); other != "" {
		fmt.Fprintf(p.Stderr, "alliances: %s\n", other)
	}
	if flags.dryRun {
		return verdict(result.Findings, finding.Severity(flags.failOn))
	}
	return p.report(space, flags, files, begin, &result, options.Shard, space.scope(len(paths) > 0))
}

// options returns what of the workspace to judge, and how.
func (f *validateFlags) options(ctx context.Context, space *workspace, paths []string) (options check.Options, err error) {
	options.Jobs, options.Base, options.AsOf = f.jobs, space.base(), f.asOf
	if options.Only, err = space.folders(ctx, paths); err != nil {
		return options, err
	}
	if f.given("shard") {
		if options.Shard, err = parseShard(f.shard); err != nil {
			return options, err
		}
		options.Digest = space.state.Commit == "" // which says itself what records these are
	}
	if f.given("cache") {
		options.Memory, err = space.memory(f.cache)
	}
	return options, err
}

// judgeOnce judges the records as they are.
func (p *Program) judgeOnce(ctx context.Context, space *workspace, _ *validateFlags, options check.Options) (check.Result, error) {
	return p.judge(ctx, space, options)
}

// judge judges the records of a workspace, and tells a person at a terminal how
// far it is.
func (p *Program) judge(ctx context.Context, space *workspace, options check.Options) (check.Result, error) {
	progress := p.startProgress()
	defer progress.stop()
	options.Progress = progress.update
	if options.Read == nil {
		options.Read = p.takeMemory
	}
	tree := space.state.Tree()
	tree.OnLarge(p.takeText)
	return check.Run(ctx, tree, space.rulebook, options)
}

// report writes what a run found, and returns errFindings if it is to fail.
func (p *Program) report(space *workspace, flags validateFlags, files []reportFile, begin time.Time, result *check.Result, shard check.Shard, scope string) error {
	found := reportOf(result)
	found.Scope = scope
	options := p.reportOptions(space, begin)
	options.FailOn, options.Verbose, options.ShowWaived = finding.Severity(flags.failOn), flags.verbose, flags.waived
	if shard.IsPart() {
		run, err := space.runOf(&found, result, options)
		if err != nil {
			return err
		}
		run.AsOf = flags.asOf
		found.Part = &report.Part{Index: shard.Index, Count: shard.Count, Run: run}
	}
	if err := p.write(flags.format, files, &found, options); err != nil {
		return fmt.Errorf("the report cannot be written: %w", err)
	}
	return verdict(result.Findings, options.FailOn)
}

func reportOf(result *check.Result) report.Report {
	return report.Report{
		Records: len(result.Records), Partners: result.Partners, Findings: result.Findings, Waived: result.Waived,
		Files: result.Records, Rules: result.Rules.Catalogue(),
	}
}

// verdict returns errFindings where there is a finding that the run fails on.
func verdict(findings []finding.Finding, failOn finding.Severity) error {
	if slices.ContainsFunc(findings, func(f finding.Finding) bool { return f.Severity.AtLeast(failOn) }) {
		return errFindings
	}
	return nil
}
