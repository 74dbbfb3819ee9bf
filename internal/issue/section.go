package issue

import (
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
)

// A section is a heading, and what was typed below it.
type section struct {
	heading string // "" for what stands above the first one
	line    int    // counted from 1
	lines   []string
}

// GitLab's Markdown is CommonMark: https://spec.commonmark.org/0.31.2/.
var (
	headingLine = lazy.Pattern(`^ {0,3}#{1,6}[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$`)
	labelLine   = lazy.Pattern(`^ {0,3}(?:[-*+][ \t]+)?\*\*([^*:]+)(?::\*\*|\*\*[ \t]*:)(.*)$`)
	fenceLine   = lazy.Pattern("^ {0,3}(`{3,}|~{3,})(.*)$")
	quoteMark   = lazy.Pattern(`^ {0,3}>[ \t]?`)
)

// sections parts a text at its headings. A label in bold letters begins a section as
// well, but not where a heading that isField says is one is still being answered:
// there it is a part of the answer.
func sections(lines []string, isField func(heading string) bool) []section {
	all := []section{{line: 1}}
	fence, answering := "", false
	for i, line := range lines {
		if len(all) > maxSections {
			break
		}
		last := &all[len(all)-1]
		if mark := fenceLine().FindStringSubmatch(line); mark != nil {
			fence = openFence(fence, mark[1], mark[2])
		} else if heading := headingLine().FindStringSubmatch(line); fence == "" && heading != nil {
			all = append(all, section{heading: bare(heading[1]), line: i + 1})
			answering = isField(bare(heading[1]))
			continue
		} else if label := labelLine().FindStringSubmatch(line); fence == "" && label != nil && !answering {
			all = append(all, section{heading: bare(label[1]), line: i + 1, lines: []string{label[2]}})
			continue
		}
		last.lines = append(last.lines, line)
	}
	return all
}

// openFence returns the fence of code that is open behind a line with a mark and more:
// one ends with at least as many of the same signs, and nothing behind them.
func openFence(open, mark, more string) string {
	switch {
	case open == "" && (mark[0] != '`' || !strings.Contains(more, "`")):
		return mark
	case open != "" && strings.HasPrefix(mark, open) && strings.TrimSpace(more) == "":
		return ""
	}
	return open
}

// bare returns a heading without what makes its letters bold or slanted, and without
// the colon behind it.
func bare(heading string) string { return strings.Trim(heading, "*_: \t") }

// withoutComments returns a text with nothing where its comments were but their line
// breaks, and the number of the line where one begins that never ends, or 0.
func withoutComments(text string) (rest string, unended int) {
	rest = comment().ReplaceAllStringFunc(text, func(c string) string { return strings.Repeat("\n", strings.Count(c, "\n")) })
	if at := strings.Index(rest, "<!--"); at >= 0 {
		return "", 1 + strings.Count(rest[:at], "\n")
	}
	return rest, 0
}

var comment = lazy.Pattern(`(?s)<!--.*?-->`)

// unquoted returns lines that are a quotation as a whole as what they quote.
func unquoted(lines []string) []string {
	said := func(line string) bool { return strings.TrimSpace(line) != "" }
	for slices.ContainsFunc(lines, said) && !slices.ContainsFunc(lines, func(line string) bool { return said(line) && !quoteMark().MatchString(line) }) {
		lines = slices.Clone(lines)
		for i, line := range lines {
			lines[i] = quoteMark().ReplaceAllString(line, "")
		}
	}
	return lines
}
