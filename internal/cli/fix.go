package cli

import (
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/fix"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// fixing is what a run of `alliances validate --fix` has come to.
type fixing struct {
	options check.Options
	space   *workspace
	tree    *fix.Tree
	result  check.Result // of what has been put right so far
}

// fix puts right what can be, in memory, until nothing more changes, and only
// then writes it, or the patch. It returns what is found in that.
func (p *Program) fix(ctx context.Context, space *workspace, flags *validateFlags, options check.Options) (check.Result, error) {
	f := &fixing{options: options, space: space, tree: fix.New(space.tree)}
	err := f.tree.Run(func(changed []string) ([]finding.Finding, error) {
		err := f.judge(ctx, p, changed)
		return recordsOnly(f.result.Findings), err
	})
	if err != nil {
		return check.Result{}, err
	}
	changes := f.tree.Changes()
	if flags.dryRun {
		if err := p.writePatch(changes); err != nil {
			return check.Result{}, fmt.Errorf("the patch cannot be written: %w", err)
		}
		p.tellFixed(changes, f.result.Findings, "would be put right", "would remain")
		return f.result, nil
	}
	if err := space.replace(changes); err != nil {
		return check.Result{}, err
	}
	space.tree = f.tree
	if err := p.showDiff(p.Stderr, changes); err != nil {
		return check.Result{}, err
	}
	p.tellFixed(changes, f.result.Findings, "put right", "remain")
	return f.result, nil
}

// recordsOnly returns the findings in records: no other file is ever changed.
func recordsOnly(findings []finding.Finding) []finding.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f finding.Finding) bool { return !repo.IsRecord(f.File) })
}

// judge judges the records: all of them at first, then those that the changes
// since can affect.
func (f *fixing) judge(ctx context.Context, p *Program, changed []string) error {
	options := f.options
	if options.Base != nil {
		base := *options.Base
		base.Paths = slices.Concat(base.Paths, changed)
		slices.Sort(base.Paths)
		base.Paths = slices.Compact(base.Paths)
		options.Base, f.options.Base = &base, &base
	}
	again := affected(changed)
	if len(again) > 0 {
		options.Only = again
	}
	result, err := p.judge(ctx, f.tree, f.space.rules, options)
	if err != nil {
		return err
	}
	if len(again) > 0 {
		result = merge(f.result, result, again)
	}
	f.result = result
	return nil
}

// affected returns the names of the folders whose findings may become others by
// changes of these files, or nil for all: of other folders than its own, rules
// see the partners alone.
func affected(changed []string) []string {
	var names []string
	for _, file := range changed {
		name, _ := repo.FolderOf(file)
		if path.Base(file) == repo.PartnerFile {
			return nil
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// merge returns all findings there are once those in the folders again, which
// are sorted, and those in no folder have become the new ones.
func merge(all, news check.Result, again []string) check.Result {
	findings := slices.Clone(news.Findings)
	for _, f := range all.Findings {
		name, isRecord := repo.FolderOf(f.File)
		if _, renewed := slices.BinarySearch(again, name); isRecord && !renewed {
			findings = append(findings, f)
		}
	}
	finding.Sort(findings)
	all.Findings = findings
	return all
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
	for _, kind := range []struct{ start, color string }{
		{"--- ", "\x1b[1m"}, {"+++ ", "\x1b[1m"}, {"@@", "\x1b[36m"}, {"-", "\x1b[31m"}, {"+", "\x1b[32m"},
	} {
		if strings.HasPrefix(line, kind.start) {
			return kind.color + line + "\x1b[0m"
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
	left := slices.DeleteFunc(slices.Clone(findings), func(f finding.Finding) bool { return f.Expected.IsNone() })
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
