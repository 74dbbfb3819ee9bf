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
}

// writeMarkdown writes a line that sums up, and the findings by partner: first
// what blocks.
func writeMarkdown(out *bufio.Writer, r *Report, o *Options) error {
	if len(r.Findings) == 0 {
		fmt.Fprintf(out, "**No findings** in %s.\n", r.extent())
		return nil
	}
	fmt.Fprintf(out, "**%s** in %s.\n", capitalized(r.verdict()), r.extent())
	m := &markdownWriter{o, budget{out: out, room: maxMarkdown}, o.texts()}
	m.part("What blocks", byFolder(r.Findings, o.blocks))
	m.part("What does not block", byFolder(r.Findings, func(f *finding.Finding) bool { return !o.blocks(f) }))
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

func (m *markdownWriter) finding(f *finding.Finding) string {
	var b strings.Builder
	fmt.Fprintf(&b, "- **%s** %s: %s (%s)\n", f.Severity, m.place(f), markdown.Inert(f.Message), markdown.Code(f.Rule))
	if f.Help != "" {
		fmt.Fprintf(&b, "  - To put it right: %s\n", markdown.Inert(source.Inline(f.Help)))
	}
	if f.Handbook != "" {
		fmt.Fprintf(&b, "  - Handbook: %s\n", markdown.Link(markdown.Inert(source.Inline(f.Handbook)), f.HandbookURL))
	}
	return b.String()
}

// place links a finding's line. What has no text to show, such as a file that
// is gone, has no page either.
func (m *markdownWriter) place(f *finding.Finding) string {
	text := markdown.Code(fmt.Sprintf("%s:%d", source.Visible(f.File), f.Span.Start.Line))
	if m.LinkBase == "" || m.Source != nil && m.texts.of(f.File) == nil {
		return text
	}
	return markdown.Link(text, fmt.Sprintf("%s%s#L%d", m.LinkBase, markdown.PathURL(f.File), f.Span.Start.Line))
}
