package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/history"
	"gitlab.com/gitlab-com/alliances/internal/report"
	"gitlab.com/gitlab-com/alliances/internal/site"
	"gitlab.com/gitlab-com/alliances/internal/site/feed"
	"gitlab.com/gitlab-com/alliances/internal/site/page"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// siteFlags are what `alliances site` can be told.
type siteFlags struct {
	lookFlags
	out, asOf              string
	private, allowFindings bool
	jobs                   int
}

func (p *Program) siteCommand() *cobra.Command {
	var flags siteFlags
	command := &cobra.Command{
		Use:   "site --out DIR",
		Short: "Build a website of the records",
		Long: `Site renders all records into a website: pages for people, with the licences on
a time line, the campaigns by stage and the figures as charts, and JSON, CSV and
a calendar for other programs. It needs no server but one that hands out files,
and none at all where the folder is opened from a disk.

Its manual is made of the repository's guides (README.md there and in its folders,
CONTRIBUTING.md, CHANGELOG.md), its schemas and rules, and the help of the commands.

What the schemas mark private (a licence's contact, notes) is left out of every
file, unless --private asks for it: a site with it is for those who may read the
records.

In a pipeline, every record leads to its file, its history and the editor in
GitLab, and every partner to the editor on what it can get: a licence, a campaign.

It tells of one day, --as-of: the same records, history, day and addresses make the
same files, byte for byte. The history of a partner is there in a clone that has all
commits.

DIR is replaced whole, once the new site is complete: a folder that is not there
yet, an empty one, or one that this command has made. Any other is left alone,
and so is the site in it when a new one cannot be built.

Of records with errors no site is built, unless with --allow-findings; then the
pages concerned say what is wrong.

Exit status: 0 the site is built, 1 findings, 2 the job could not be done: the
message says what to do.`,
		Example: `  alliances site --out public
  alliances site --out ../site --as-of 2027-01-01
  alliances site --out preview --allow-findings
  alliances site -C ../alliances --out ../site --private`,
		Args: arguments(0, 0, "the site is of all records; name the folder to build it in with --out DIR"),
		RunE: func(command *cobra.Command, _ []string) error {
			if err := flags.check(); err != nil {
				return fmt.Errorf("%w; see `alliances site --help`", err)
			}
			if err := p.dayOf(command, &flags.asOf); err != nil {
				return err
			}
			return p.site(command, flags)
		},
	}
	flags.addDir(command.Flags())
	flags.addHead(command.Flags())
	command.Flags().StringVar(&flags.out, "out", "", "build it in this `DIR`, from this folder")
	command.Flags().StringVar(&flags.asOf, "as-of", "", "tell what is true on this `DAY`, such as 2026-03-02 (default today)")
	command.Flags().BoolVar(&flags.private, "private", false, "show what the schemas mark private, too")
	command.Flags().BoolVar(&flags.allowFindings, "allow-findings", false, "build it of records with errors, and say there what is wrong")
	addJobs(command.Flags(), &flags.jobs, "read and write `N` folders at a time")
	return command
}

func (f *siteFlags) check() error {
	switch {
	case f.out == "":
		return errors.New("say where to build the site: --out DIR")
	case f.jobs < 1:
		return fmt.Errorf("--jobs is at least 1, not %d", f.jobs)
	}
	return nil
}

func (p *Program) site(command *cobra.Command, flags siteFlags) error {
	ctx := command.Context()
	p.tuneMemory(siteMemory)
	space, err := p.look(ctx, &flags.lookFlags)
	if err != nil {
		return err
	}
	defer space.Close()
	out, err := space.outFolder(flags.out)
	if err != nil {
		return err
	}
	collector, err := p.siteCollector(space, &flags, command.Root())
	if err != nil {
		return err
	}
	result, err := p.judge(ctx, space, check.Options{Jobs: flags.jobs, Read: p.takeSiteMemory, Visit: collector.Add})
	if err != nil {
		return err
	}
	if err := p.allow(space, &flags, &result); err != nil {
		return err
	}
	shown, err := p.finish(ctx, space, collector)
	if err != nil {
		return err
	}
	return p.build(ctx, shown, out, &flags)
}

// siteCollector returns what collects a site that explains the commands below root.
func (p *Program) siteCollector(space *workspace, flags *siteFlags, root *cobra.Command) (*site.Collector, error) {
	rules, err := space.rulebook()
	if err != nil {
		return nil, err
	}
	manual, err := manualSources(space, root)
	if err != nil {
		return nil, err
	}
	commit := cmp.Or(string(space.state.Commit), p.Env("CI_COMMIT_SHA"))
	return site.NewCollector(rules, site.Options{
		AsOf: flags.asOf, Private: flags.private, Commit: commit, Links: p.siteLinks(space.Dir, commit), Manual: manual,
	})
}

// takeSiteMemory takes what so many records need: unlike a verdict, which needs those
// of one folder at a time, a site has them all in memory at once.
func (p *Program) takeSiteMemory(records, _ int) { p.raiseMemory(recordMemory * int64(records)) }

const siteMemory = 700 << 20 // bytes

// allow returns errFindings where there are errors, which it reports, unless the
// site may show them.
func (p *Program) allow(space *workspace, flags *siteFlags, result *check.Result) error {
	found := reportOf(result)
	if found.Count(finding.Error) == 0 || flags.allowFindings {
		if len(found.Findings) > 0 {
			fmt.Fprintf(p.Stderr, "alliances: the records have %s; the pages concerned say what is wrong\n", remaining(found.Findings))
		}
		return nil
	}
	options := report.Options{Source: space.state.Source, Color: p.color(p.Stderr)}
	if err := report.WriteFindings(p.Stderr, &found, options); err != nil {
		return err
	}
	fmt.Fprintf(p.Stderr, "alliances: no site is built of records with %s: put them right, or build it with --allow-findings\n", remaining(found.Findings))
	return errFindings
}

// finish makes the site of what was collected, with its history where there is
// one.
func (p *Program) finish(ctx context.Context, space *workspace, collector *site.Collector) (*site.Site, error) {
	past, err := pastOf(ctx, space.Repository, space.revision())
	if err != nil {
		fmt.Fprintf(p.Stderr, "alliances: the site has no history: %s\n", visibleLines(err.Error()))
		return collector.Finish(nil)
	}
	return collector.Finish(func(yield func(history.Entry) error) error { return past.read(ctx, history.Options{}, yield) })
}

// build writes the site beside its folder and then into its place. Who
// interrupts it gets nothing, and keeps what was there.
func (p *Program) build(ctx context.Context, shown *site.Site, out *outFolder, flags *siteFlags) (err error) {
	ctx, stop := interruptible(ctx)
	defer stop()
	if err := out.stage(); err != nil {
		return fmt.Errorf("the site cannot be written: %w", err)
	}
	defer func() { err = errors.Join(err, out.discard()) }()
	write := func(f site.File) error {
		return unlessInterrupted(ctx, func() error { return out.write(f) })
	}
	if err := render(shown, flags.jobs, write); err != nil {
		return fmt.Errorf("no site is built, and %s is as it was: %w", flags.out, err)
	}
	if err := out.swap(); err != nil {
		return err
	}
	fmt.Fprintf(p.Stdout, "%s holds the site: %s in %s\n", visibleLines(flags.out), source.Counted(int(out.pages.Load()), "page"), source.Counted(int(out.files.Load()), "file"))
	return nil
}

// render calls write with every file of the site.
func render(shown *site.Site, jobs int, write func(site.File) error) error {
	files, err := feed.Files(shown, jobs)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := write(f); err != nil {
			return err
		}
	}
	return page.Write(shown, jobs, write)
}
