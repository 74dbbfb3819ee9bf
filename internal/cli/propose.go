package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/lookup"
	"gitlab.com/gitlab-com/alliances/internal/mergerequest"
	"gitlab.com/gitlab-com/alliances/internal/report"
	"gitlab.com/gitlab-com/alliances/internal/review"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// proposeFlags are what `alliances propose` can be told.
type proposeFlags struct {
	dir                             string
	message, target, remote, branch string
	draft, dryRun                   bool
}

func (p *Program) proposeCommand() *cobra.Command {
	var flags proposeFlags
	command := &cobra.Command{
		Use:   "propose [PATH…]",
		Short: "Open a merge request of what was written",
		Long: `Propose takes what was written, changed and deleted in partners/, judges it as the
pipeline will, and makes of it a branch, a commit that says in the records' own
words what happens, and a merge request in GitLab, whose address it prints. Run
again on that branch, it adds a commit to the same merge request.

With PATH, only what was written there is proposed: a file, a folder, or a partner
by its name. Files outside of partners/ are never committed.

With findings, it prints them and stops. Where anything else is in the way, or the
push fails, it says what to do, and everything is as it was.

It runs git with your configuration, hooks and credentials.`,
		Example: `  alliances propose --dry-run
  alliances propose "Example CI"
  alliances propose -m "Add a partner that builds"`,
		RunE: func(command *cobra.Command, args []string) error {
			if command.Flags().Changed("message") && strings.TrimSpace(flags.message) == "" {
				return errors.New("-m is empty: say what the merge request does, or leave it out")
			}
			return p.propose(command.Context(), &flags, args)
		},
	}
	set := command.Flags()
	set.StringVarP(&flags.dir, "dir", "C", "", dirUsage)
	set.StringVarP(&flags.message, "message", "m", "", "say `TEXT` in the commit and as the title, not what the records say")
	set.StringVar(&flags.target, "target", "", "propose it for the branch `BRANCH` (default: the remote's default branch)")
	set.StringVar(&flags.remote, "remote", "", "push to the remote `NAME` (default: that of the branch, or origin)")
	set.StringVar(&flags.branch, "branch", "", "call the branch `NAME` (default: after what happens, or the one that is checked out)")
	set.BoolVar(&flags.draft, "draft", false, "open a draft, with findings, too")
	set.BoolVar(&flags.dryRun, "dry-run", false, "print the branch, the message and the push options, and do nothing")
	return command
}

// A proposal is what is on its way to a merge request.
type proposal struct {
	*mergerequest.Stand
	flags   *proposeFlags
	space   *workspace
	written []string // paths of the files to commit
	along   []string // the commits that a new branch brings besides
	judged  gitfs.CommitID
}

func (p *Program) propose(ctx context.Context, flags *proposeFlags, paths []string) error {
	ctx, stop := interruptible(ctx)
	defer stop()
	r, err := p.prepare(ctx, flags, paths)
	if err != nil {
		return err
	}
	defer r.space.Close()
	found, err := p.review(ctx, r.space.change)
	if err != nil {
		return err
	}
	if err := p.judgeProposal(ctx, r); err != nil {
		return err
	}
	plan, err := r.plan(ctx, found.Message())
	if err != nil {
		return err
	}
	if flags.dryRun {
		return p.showPlan(r, plan)
	}
	link, err := r.Propose(ctx, plan)
	if err != nil {
		return err
	}
	return p.tellProposed(r, plan, link)
}

// prepare finds out what is to be proposed, and has it as a commit.
func (p *Program) prepare(ctx context.Context, flags *proposeFlags, paths []string) (*proposal, error) {
	space, err := p.open(flags.dir)
	if err != nil {
		return nil, err
	}
	r := &proposal{flags: flags, space: space}
	if err := r.find(ctx, paths); err != nil {
		return nil, joinClose(err, space.Repository)
	}
	return r, nil
}

func (r *proposal) find(ctx context.Context, paths []string) error {
	git, err := mergerequest.Open(ctx, r.space.Dir)
	if err != nil {
		return err
	}
	if r.Stand, err = git.Where(ctx, r.flags.remote, r.flags.target); err != nil {
		return err
	}
	only, err := r.space.chosen(ctx, paths)
	if err != nil {
		return err
	}
	if r.written, err = r.Written(ctx, only); err != nil {
		return err
	}
	if len(paths) > 0 && len(r.written) == 0 {
		return fmt.Errorf("nothing was written at %s since the last commit: there is nothing to propose", source.Visible(strings.Join(paths, ", ")))
	}
	if r.judged, err = r.Snapshot(ctx, r.written); err != nil {
		return err
	}
	changes, err := r.Changes(ctx, r.judged)
	if err != nil {
		return err
	}
	if !changes {
		r.written = nil
	}
	if err := r.space.look(ctx, &lookFlags{base: r.TargetRevision(), head: string(r.judged)}); err != nil {
		return err
	}
	if len(r.space.change.Paths) == 0 {
		return fmt.Errorf("there is nothing to propose: no record differs from those of %s; `alliances new` writes one", r.Target)
	}
	return nil
}

// chosen returns the paths of what somebody names in partners/. It need not be there
// any more.
func (w *workspace) chosen(ctx context.Context, paths []string) ([]string, error) {
	var chosen []string
	for _, named := range paths {
		name, err := below(w.Repository, named)
		if err == nil && name == layout.Partners {
			return nil, nil
		}
		if err != nil || !strings.HasPrefix(name, layout.Partners+"/") {
			found, unknown := lookup.Path(ctx, w.state.Tree(), named)
			if unknown != nil {
				return nil, fmt.Errorf("%s is not in %s/, and only records are proposed: %w", source.Visible(named), layout.Partners, unknown)
			}
			name = found
		}
		chosen = append(chosen, name)
	}
	return chosen, nil
}

// judgeProposal judges the change, prints what it finds, and returns errFindings
// where that is in the way.
func (p *Program) judgeProposal(ctx context.Context, r *proposal) error {
	result, err := p.judge(ctx, r.space, check.Options{Jobs: runtime.GOMAXPROCS(0), Base: r.space.base()})
	if err != nil {
		return err
	}
	if len(result.Findings) == 0 {
		return nil
	}
	found := reportOf(&result)
	err = report.WriteFindings(p.Stderr, &found, report.Options{Source: r.space.state.Source, Color: p.color(p.Stderr)})
	if err != nil {
		return err
	}
	if fails := verdict(result.Findings, finding.Error); fails != nil && !r.flags.draft {
		fmt.Fprintln(p.Stderr, "alliances: nothing was proposed: put this right first, or open a draft with --draft")
		return fails
	}
	return nil
}

// plan returns what is to be done for a change that is told like this.
func (r *proposal) plan(ctx context.Context, told review.Message) (*mergerequest.Plan, error) {
	branch, err := r.NewBranch(ctx, r.flags.branch, told.Branch)
	if err != nil {
		return nil, err
	}
	if text := strings.TrimSpace(r.flags.message); text != "" {
		told.Subject, told.Body, _ = strings.Cut(text, "\n")
	}
	if branch != "" {
		if r.along, err = r.Along(ctx); err != nil {
			return nil, err
		}
	}
	plan := &mergerequest.Plan{Branch: branch, Paths: r.written, Snapshot: r.judged}
	plan.Message = strings.TrimSpace(told.Subject+"\n\n"+strings.TrimSpace(told.Body)) + "\n"
	request := mergerequest.Request{Target: r.Target, Draft: r.flags.draft}
	if branch != "" || !r.IsProposed(ctx) { // GitLab keeps what a merge request says already
		request.Title, request.Labels = told.Subject, told.Kinds
		request.Description, err = mergerequest.Template(r.space.state.Files, r.templateNames(told.Kinds))
	}
	plan.Options = request.Options()
	return plan, err
}

// templateNames returns what a template for records of these kinds may be called.
func (r *proposal) templateNames(kinds []string) []string {
	if len(kinds) != 1 {
		return nil
	}
	rules, err := r.space.rulebook()
	if err != nil {
		return kinds
	}
	return append(kinds, rules.Schemas.Title(kinds[0], nil))
}

// showPlan prints what would be done.
func (p *Program) showPlan(r *proposal, plan *mergerequest.Plan) error {
	var b strings.Builder
	if plan.Branch != "" {
		fmt.Fprintf(&b, "Branch (new): %s\n", plan.Branch)
	} else {
		fmt.Fprintf(&b, "Branch: %s\n", r.Branch)
	}
	if len(plan.Paths) > 0 {
		fmt.Fprintf(&b, "\nFiles:\n%s\nCommit:\n%s", indented(strings.Join(plan.Paths, "\n")), indented(plan.Message))
	} else {
		fmt.Fprint(&b, "\nEverything is committed already.\n")
	}
	if len(r.along) > 0 {
		fmt.Fprintf(&b, "\nCommits that %s does not have yet:\n%s", r.Target, indented(strings.Join(r.along, "\n")))
	}
	fmt.Fprintf(&b, "\nPush options, to %s:\n%s", r.Remote, indented(strings.Join(plan.Options, "\n")))
	_, err := fmt.Fprintln(p.Stdout, visibleLines(strings.TrimSuffix(b.String(), "\n")))
	return err
}

// indented sets lines in by two blanks.
func indented(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		b.WriteString(strings.TrimRight("  "+line, " ") + "\n")
	}
	return b.String()
}

// tellProposed says what was done.
func (p *Program) tellProposed(r *proposal, plan *mergerequest.Plan, link string) error {
	branch := r.Branch
	if plan.Branch != "" {
		branch = plan.Branch
	}
	_, err := fmt.Fprintf(p.Stdout, "The branch %s was pushed to %s. You are on it now; `git switch %s` leads back.\n", source.Visible(branch), r.Remote, r.Target)
	for _, commit := range r.along {
		fmt.Fprintf(p.Stdout, "It brings a commit along that %s does not have: %s\n", r.Target, source.Visible(commit))
	}
	if link != "" {
		_, err = fmt.Fprintf(p.Stdout, "The merge request: %s\n", source.Visible(link))
	}
	return err
}
