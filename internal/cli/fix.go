package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/fix"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/internal/terminal"
)

// fix puts right what can be, in memory, until nothing more changes, and only
// then writes it, or the patch. It returns what is found in that.
func (p *Program) fix(ctx context.Context, space *workspace, flags *validateFlags, options check.Options) (check.Result, error) {
	tree := fix.New(space.state.Files)
	now := func() *repo.Tree { return space.state.With(tree).Tree() }
	session := &check.Session{Tree: now, Rules: space.rulebook, Options: options}
	var result check.Result
	judge := func(changed []string) ([]finding.Finding, error) {
		progress := p.startProgress()
		defer progress.stop()
		session.Progress = progress.update
		var err error
		result, err = session.Judge(ctx, changed)
		return recordsOnly(result.Findings), err
	}
	err := tree.Settle(judge)
	if err != nil {
		return check.Result{}, err
	}
	changes := tree.Changes()
	if flags.dryRun {
		if err := p.writePatch(changes); err != nil {
			return check.Result{}, fmt.Errorf("the patch cannot be written: %w", err)
		}
		p.tellFixed(changes, result.Findings, "would be put right", "would remain")
		return result, nil
	}
	if err := space.replace(ctx, changes); err != nil {
		return check.Result{}, err
	}
	space.state = space.state.With(tree)
	if err := p.showDiff(p.Stderr, changes); err != nil {
		return check.Result{}, err
	}
	p.tellFixed(changes, result.Findings, "put right", "remain")
	return result, nil
}

// recordsOnly returns the findings in records: no other file is ever changed.
func recordsOnly(findings []finding.Finding) []finding.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f finding.Finding) bool { return !layout.IsRecord(f.File) })
}

// writePatch prints the patch byte for byte, unless it is a terminal, which no
// program reads from.
func (p *Program) writePatch(changes []fix.Change) error {
	if isTerminal(p.Stdout) {
		return p.showDiff(p.Stdout, changes)
	}
	_, err := p.Stdout.Write(fix.Patch(changes))
	return err
}

// showDiff shows a person what is put right.
func (p *Program) showDiff(out io.Writer, changes []fix.Change) error {
	color := p.color(out)
	var shown strings.Builder
	for line := range strings.Lines(string(fix.Patch(changes))) {
		text := source.Visible(strings.TrimRight(line, "\r\n"))
		if color {
			text = paintDiff(text)
		}
		shown.WriteString(text + "\n")
	}
	_, err := io.WriteString(out, shown.String())
	return err
}

// paintDiff gives a line of a diff the colours that git gives it.
func paintDiff(line string) string {
	for _, kind := range []struct {
		start string
		style terminal.Style
	}{{"--- ", terminal.Bold}, {"+++ ", terminal.Bold}, {"@@", terminal.Cyan}, {"-", terminal.Red}, {"+", terminal.Green}} {
		if strings.HasPrefix(line, kind.start) {
			return kind.style.Paint(line)
		}
	}
	return line
}

// maxLeft is how many findings are named that could not be put right.
const maxLeft = 10

// tellFixed says how much was put right, what remains, and what of that is left
// to a person although it is known what is right.
func (p *Program) tellFixed(changes []fix.Change, findings []finding.Finding, done, remain string) {
	fmt.Fprintf(p.Stderr, "alliances: %s %s; %s %s\n", extentOf(changes), done, remaining(findings), remain)
	left := slices.DeleteFunc(slices.Clone(findings), func(f finding.Finding) bool { return !f.IsFixable() })
	for _, f := range left[:min(maxLeft, len(left))] {
		fmt.Fprintf(p.Stderr, "alliances: %s:%d:%d is left to you: it takes more than writing one value anew, or rules want different ones [%s]\n",
			source.Visible(f.File), f.Span.Start.Line, f.Span.Start.Column, f.Rule)
	}
	if len(left) > maxLeft {
		fmt.Fprintf(p.Stderr, "alliances: and %d more like these\n", len(left)-maxLeft)
	}
}

func extentOf(changes []fix.Change) string {
	values := 0
	for _, c := range changes {
		values += c.Values
	}
	if values == 0 {
		return "nothing"
	}
	return source.Counted(values, "value") + " in " + source.Counted(len(changes), "file")
}

// remaining counts findings by their severity.
func remaining(findings []finding.Finding) string {
	errors := 0
	for _, f := range findings {
		if f.Severity == finding.Error {
			errors++
		}
	}
	return source.Counted(errors, "error") + " and " + source.Counted(len(findings)-errors, "warning")
}
