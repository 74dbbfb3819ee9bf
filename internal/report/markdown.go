package report

import (
	"bufio"
	"fmt"
	"regexp"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
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
		fmt.Fprintf(out, "\nThere is no room here for %s.\n", counted(m.out.leftOut, "further finding"))
	}
	return nil
}

func capitalized(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// part writes findings under a heading. A heading goes with the first finding
// below it, so that none is left alone.
func (m *markdownWriter) part(title string, groups []*group) {
	heading := "\n## " + title + "\n"
	for _, group := range groups {
		heading += "\n### " + code(source.Visible(group.folder)) + "\n\n"
		for _, f := range group.findings {
			m.out.write(func() string { return heading + m.finding(f) })
			heading = ""
		}
	}
}

func (m *markdownWriter) finding(f *finding.Finding) string {
	var b strings.Builder
	fmt.Fprintf(&b, "- **%s** %s: %s (%s)\n", f.Severity, m.place(f), inert(f.Message), code(f.Rule))
	if f.Help != "" {
		fmt.Fprintf(&b, "  - To put it right: %s\n", inert(inline(f.Help)))
	}
	if f.Handbook != "" {
		fmt.Fprintf(&b, "  - Handbook: %s\n", link(inert(inline(f.Handbook)), m.sectionURL(f.Handbook)))
	}
	return b.String()
}

// place links a finding's line. What has no text to show, such as a file that
// is gone, has no page either.
func (m *markdownWriter) place(f *finding.Finding) string {
	text := code(fmt.Sprintf("%s:%d", source.Visible(f.File), f.Span.Start.Line))
	if m.LinkBase == "" || m.Source != nil && m.texts.of(f.File) == nil {
		return text
	}
	return link(text, fmt.Sprintf("%s%s#L%d", m.LinkBase, pathURL(f.File), f.Span.Start.Line))
}

func link(text, address string) string {
	if address == "" {
		return text
	}
	return "[" + text + "](" + address + ")"
}

// inert returns text as Markdown that shows it and does nothing else. What is
// in backticks is code already, and words that could mean something to Markdown
// or to GitLab, such as @all, #1 or a link, become code: nothing has a meaning
// there. Backslashes would not do: what GitLab makes a link of, such as the id
// of a commit, need not have a character to escape.
func inert(text string) string {
	var m inertText
	pieces := strings.Split(source.Visible(text), "`")
	for i, piece := range pieces {
		last := i == len(pieces)-1
		switch {
		case i%2 == 0:
			m.prose(piece)
		case last: // the backtick in front has no partner
			m.prose("`" + piece)
		case piece == "":
			m.code("``")
		default:
			m.code(piece)
		}
	}
	m.flush()
	return m.out.String()
}

// An inertText is made of words and code. Code that touches code is one, since
// two pairs of backticks in a row would be read as another pair.
type inertText struct {
	out     strings.Builder
	pending string // code
}

func (m *inertText) code(text string) { m.pending += text }

func (m *inertText) prose(text string) {
	for i, word := range strings.Split(text, " ") {
		if i > 0 {
			m.plain(" ")
		}
		parts := wordParts.FindStringSubmatch(word)
		if m.plain(parts[1]); isHarmless(parts[2]) {
			m.plain(parts[2])
		} else {
			m.code(parts[2])
		}
		m.plain(parts[3])
	}
}

func (m *inertText) plain(text string) {
	if text != "" {
		m.flush()
		m.out.WriteString(text)
	}
}

func (m *inertText) flush() {
	m.out.WriteString(code(m.pending))
	m.pending = ""
}

// A word is harmless between its punctuation if it is letters and digits, with
// a hyphen or an apostrophe in front of letters, or a date, and no commit's id.
var (
	wordParts = regexp.MustCompile(`^([("'“‘…–—]*)(.*?)([)"'”’,.?…–—]*[;:]?)$`)
	harmless  = regexp.MustCompile(`^([\pL\pM\pN]+([-'’]\pL[\pL\pM]*)*|[0-9]{4}-[0-9]{2}-[0-9]{2})?$`)
	commit    = regexp.MustCompile(`(?i)(^|[-'’])[0-9a-f]{7,}([-'’]|$)`)
)

func isHarmless(word string) bool { return harmless.MatchString(word) && !commit.MatchString(word) }

// code returns text, which has no line breaks, as Markdown's code. It stands
// between more backticks than it has in a row.
func code(text string) string {
	if text == "" {
		return ""
	}
	longest, run := 0, 0
	for _, r := range text {
		if r != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	if blank := strings.Trim(text, " ") == ""; !blank && strings.Trim(text, "` ") != text {
		text = " " + text + " " // of which nothing is shown
	}
	return fence + text + fence
}
