package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/internal/state"
)

// hookPrefix is what begins a line of a hook that GitLab shows to whoever pushes
// (docs.gitlab.com, Git server hooks, "Custom error messages").
const hookPrefix = "GL-HOOK-ERR: "

// maxHookLines is how many findings a hook tells.
const maxHookLines = 10

// errRefused is what a hook returns that has said why it could not do its job.
var errRefused = errors.New("refused")

type preReceiveFlags struct {
	dir      string
	branches []string
	limit    time.Duration
}

func (p *Program) preReceiveCommand() *cobra.Command {
	var flags preReceiveFlags
	command := &cobra.Command{
		Use:   "pre-receive",
		Short: "Refuse pushes that the handbook refuses, as a git server's hook",
		Long: `Pre-receive is a hook of a bare git repository: git runs it before it accepts a
push, with a line for each branch on standard input. A push to a protected branch
is judged by the rules that the branch holds, so that no push is judged by what it
brings along; where it touches schemas or policies, these have to load, and every
record has to pass them.

The first push to a branch is judged by its own rules. A protected branch is not
deleted. Pushes to other branches, and tags, pass.

What is refused, and how to put it right, is told on standard error in lines that
GitLab shows to whoever pushes. Nothing is written.

Install it in the bare repository's folder hooks/ as pre-receive, executable:

  #!/bin/sh
  exec alliances pre-receive --branch main

Exit status: 0 accepted, 1 refused, 2 the job could not be done, which refuses, too.`,
		Example: `  alliances pre-receive --branch main
  alliances pre-receive --branch main --branch stable --time-limit 30s`,
		Args: arguments(0, 0, "what is pushed comes on standard input"),
		RunE: func(command *cobra.Command, _ []string) error {
			return p.preReceive(command.Context(), flags)
		},
	}
	command.Flags().StringVarP(&flags.dir, "dir", "C", "", "work on the repository in `DIR` (default: this folder, in which git runs hooks)")
	command.Flags().StringArrayVar(&flags.branches, "branch", nil, "protect the branch `NAME`; repeat it for more (default: the one that HEAD names)")
	command.Flags().DurationVar(&flags.limit, "time-limit", 10*time.Second, "refuse what cannot be judged in this `TIME`")
	return command
}

// preReceive judges a push, and says in a hook's words why it is refused.
func (p *Program) preReceive(ctx context.Context, flags preReceiveFlags) error {
	if in, ok := p.Stdin.(*os.File); ok && isTerminal(in) {
		return errors.New("this is a hook, which git runs with what is pushed on standard input; `alliances pre-receive --help` says how to install it")
	}
	p.tuneMemory(usualMemory)
	ctx, stop := context.WithTimeout(ctx, flags.limit)
	defer stop()
	refusals, err := p.judgePushes(ctx, flags)
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		err = fmt.Errorf("judging took longer than %s: push less at a time, or have the hook's --time-limit raised", flags.limit)
	}
	if err != nil {
		p.hookLine("the push could not be judged, and is refused: " + err.Error())
		return errRefused
	}
	for _, line := range refusals[:min(maxHookLines, len(refusals))] {
		p.hookLine(line)
	}
	if more := len(refusals) - maxHookLines; more > 0 {
		p.hookLine(fmt.Sprintf("and %d more; `alliances validate` tells all of them", more))
	}
	if len(refusals) > 0 {
		return errFindings
	}
	return nil
}

func (p *Program) hookLine(text string) {
	fmt.Fprintln(p.Stderr, hookPrefix+source.Inline(text))
}

// A push is what is to become of one ref.
type push struct{ before, after, ref string }

// judgePushes returns why the pushes on standard input are refused.
func (p *Program) judgePushes(ctx context.Context, flags preReceiveFlags) ([]string, error) {
	pushes, err := p.readPushes()
	if err != nil {
		return nil, err
	}
	repository, err := p.repository(flags.dir)
	if err != nil {
		return nil, err
	}
	defer repository.Close()
	repository.Receiving = true
	protected, err := protectedRefs(ctx, repository, flags.branches)
	if err != nil {
		return nil, err
	}
	var refusals []string
	for _, push := range pushes {
		if !slices.Contains(protected, push.ref) {
			continue
		}
		reasons, err := push.judge(ctx, repository)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", push.ref, err)
		}
		refusals = append(refusals, reasons...)
	}
	return refusals, nil
}

// protectedRefs returns the full names of branches: of the one that HEAD names,
// where none is given.
func protectedRefs(ctx context.Context, repository *state.Repository, branches []string) ([]string, error) {
	if len(branches) == 0 {
		git, err := repository.Git(ctx)
		if err != nil {
			return nil, err
		}
		head, err := git.Branch(ctx)
		return []string{head}, err
	}
	var refs []string
	for _, name := range branches {
		if name == "" {
			return nil, errors.New("--branch is empty: name a branch")
		}
		refs = append(refs, "refs/heads/"+strings.TrimPrefix(name, "refs/heads/"))
	}
	return refs, nil
}

// readPushes reads git's lines: what a ref holds, what it is to hold, and its name
// (githooks, pre-receive).
func (p *Program) readPushes() ([]push, error) {
	var pushes []push
	lines := bufio.NewScanner(p.Stdin)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), " ")
		if len(fields) != 3 || !isObjectID(fields[0]) || len(fields[0]) != len(fields[1]) || !isObjectID(fields[1]) || !strings.HasPrefix(fields[2], "refs/") {
			return nil, fmt.Errorf("%q is no line of a push, which is OLD NEW REF: let git run this hook", lines.Text())
		}
		pushes = append(pushes, push{fields[0], fields[1], fields[2]})
	}
	return pushes, lines.Err()
}

func isObjectID(text string) bool {
	return (len(text) == 40 || len(text) == 64) && strings.Trim(text, "0123456789abcdef") == ""
}

// isNothing reports whether an id says that there is no such ref.
func isNothing(id string) bool { return strings.Trim(id, "0") == "" }

// judge returns why a push to a protected branch is refused, if it is.
func (p push) judge(ctx context.Context, repository *state.Repository) ([]string, error) {
	switch {
	case isNothing(p.after):
		return []string{strings.TrimPrefix(p.ref, "refs/heads/") + " is a protected branch, and is not deleted"}, nil
	case isNothing(p.before):
		after, err := repository.At(ctx, p.after)
		if err != nil {
			return nil, err
		}
		return judgeWhole(ctx, after)
	}
	change, err := repository.FromTo(ctx, p.before, p.after)
	if err != nil {
		return nil, err
	}
	refusals, err := judgeChange(ctx, change)
	if err != nil || !change.Paths.TouchRules() {
		return refusals, err
	}
	byNew, err := judgeWhole(ctx, change.After)
	for _, refusal := range byNew {
		if !slices.Contains(refusals, refusal) {
			refusals = append(refusals, refusal)
		}
	}
	return refusals, err
}

// judgeChange judges a change by the rules of what it started from.
func judgeChange(ctx context.Context, c *state.Change) ([]string, error) {
	rules, err := load(c.Before)
	if err != nil {
		return nil, fmt.Errorf("the rules of %s, which the branch holds: %w", c.Before.Name, err)
	}
	base := &check.Base{Tree: c.Before.Tree(), Paths: c.Paths}
	return refusals(ctx, c.After, rules, check.Options{Base: base})
}

// judgeWhole judges all records of a state by its own rules. That these do not
// load refuses the push.
func judgeWhole(ctx context.Context, s *state.State) ([]string, error) {
	rules, err := load(s)
	if err != nil {
		return []string{"the rules that the push brings do not load: " + err.Error()}, nil
	}
	return refusals(ctx, s, rules, check.Options{})
}

// refusals returns what is wrong with the records of a state, warnings aside.
func refusals(ctx context.Context, s *state.State, rules *check.Rulebook, options check.Options) ([]string, error) {
	options.Jobs = runtime.GOMAXPROCS(0)
	result, err := check.Run(ctx, s.Tree(), func() (*check.Rulebook, error) { return rules, nil }, options)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, f := range result.Findings {
		if f.Severity == finding.Error {
			lines = append(lines, refusal(&f))
		}
	}
	return lines, nil
}

func refusal(f *finding.Finding) string {
	line := fmt.Sprintf("%s:%d: %s [%s]", f.File, f.Span.Start.Line, f.Message, f.Rule)
	if f.Help != "" {
		line += ". To put it right: " + f.Help
	}
	return line
}
