package report

import (
	"bufio"
	"fmt"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/markdown"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// maxMarkdown is how many bytes the findings may take: GitLab takes a comment
// of 1,000,000 characters.
const maxMarkdown = 950_000

// A markdownWriter renders a report for a person who reads a merge request.
type markdownWriter struct {
	*Options
	out   budget
	texts *texts
	rules map[string]string // the pages that explain rules
}

// writeMarkdown writes a line that sums up, and the findings by partner: first
// what blocks.
func writeMarkdown(out *bufio.Writer, r *Report, o *Options) error {
	switch {
	case len(r.Findings)+len(r.Waived) == 0:
		fmt.Fprintf(out, "**No findings** in %s.\n", r.extent())
		return nil
	case len(r.Findings) == 0:
		fmt.Fprintf(out, "**No findings** in %s, %d waived.\n", r.extent(), len(r.Waived))
	default:
		fmt.Fprintf(out, "**%s** in %s.\n", capitalized(r.verdict()), r.extent())
	}
	m := &markdownWriter{o, budget{out: out, room: maxMarkdown}, o.texts(), o.rulePages(r)}
	m.part("What blocks", byFolder(r.Findings, o.blocks))
	m.part("What does not block", byFolder(r.Findings, func(f *finding.Finding) bool { return !o.blocks(f) }))
	m.waived(r.Waived)
	if m.out.leftOut > 0 {
		fmt.Fprintf(out, "\nThere is no room here for %s.\n", source.Counted(m.out.leftOut, "further finding"))
	}
	return nil
}

func capitalized(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// part writes findings under a heading. A heading goes with the first finding
// below it, so that none is left alone.
func (m *markdownWriter) part(title string, groups []*group) {
	heading := "\n## " + title + "\n"
	for _, group := range groups {
		heading += "\n### " + markdown.Code(source.Visible(group.folder)) + "\n\n"
		for _, f := range group.findings {
			m.out.write(func() string { return heading + m.finding(f) })
			heading = ""
		}
	}
}

// waived writes what does not count as a table, whose heading goes with the first
// of its lines.
func (m *markdownWriter) waived(waived []finding.Waived) {
	heading := "\n## What is waived\n\n| where | what | why | by whom | waiver |\n| --- | --- | --- | --- | --- |\n"
	for i := range waived {
		m.out.write(func() string { return heading + m.row(&waived[i]) })
		heading = ""
	}
}

func (m *markdownWriter) row(w *finding.Waived) string {
	cells := []string{
		m.place(&w.Finding, markdown.Cell), markdown.Cell(w.Message) + " (" + m.rule(&w.Finding) + ")",
		markdown.Cell(source.Inline(w.Waiver.Reason)), markdown.Cell(decision(&w.Waiver)), markdown.Cell(w.Waiver.File),
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

func (m *markdownWriter) finding(f *finding.Finding) string {
	var b strings.Builder
	fmt.Fprintf(&b, "- **%s** %s%s: %s (%s)\n", f.Severity, m.place(f, markdown.Code), m.edit(f), markdown.Inert(f.Message), m.rule(f))
	if f.Help != "" {
		fmt.Fprintf(&b, "  - To put it right: %s\n", markdown.Inert(source.Inline(f.Help)))
	}
	if f.Handbook != "" {
		fmt.Fprintf(&b, "  - Handbook: %s\n", markdown.Link(markdown.Inert(source.Inline(f.Handbook)), f.HandbookURL))
	}
	return b.String()
}

// rule links a finding's rule.
func (m *markdownWriter) rule(f *finding.Finding) string {
	return markdown.Link(markdown.Code(f.Rule), m.rules[f.Rule])
}

// place links a finding's line, as code or what a table takes.
func (m *markdownWriter) place(f *finding.Finding, as func(text string) string) string {
	text := as(fmt.Sprintf("%s:%d", source.Visible(f.File), f.Span.Start.Line))
	if m.LinkBase == "" || !m.isThere(f) {
		return text
	}
	return markdown.Link(text, fmt.Sprintf("%s%s#L%d", m.LinkBase, markdown.PathURL(f.File), f.Span.Start.Line))
}

// edit leads to an editor of a finding's file.
func (m *markdownWriter) edit(f *finding.Finding) string {
	if m.EditBase == "" || !m.isThere(f) {
		return ""
	}
	return " (" + markdown.Link("edit", m.EditBase+markdown.PathURL(f.File)) + ")"
}

// isThere reports whether a finding's file has pages: what has no text to show, such
// as a file that is gone, has none.
func (m *markdownWriter) isThere(f *finding.Finding) bool {
	return m.Source == nil || m.texts.of(f.File) != nil
}
