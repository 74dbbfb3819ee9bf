package report

import (
	"fmt"
	"io"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

const (
	// frameWidth is how many cells of a line a frame shows.
	frameWidth = 100

	// tab stands for a tab character, whose width depends on the reader.
	tab = "    "
)

// frame writes the line that a finding is about, its span underlined, between
// its neighbours.
func (t *textWriter) frame(out io.Writer, f *finding.Finding, text *source.File) {
	line := f.Span.Start.Line
	if line > text.Lines() || text.Lines() == 1 && text.Line(1) == "" {
		return
	}
	fmt.Fprintln(out)
	last := min(line+1, text.Lines())
	digits := len(fmt.Sprint(last))
	gutter := func(n string) string { return t.paint(dim, fmt.Sprintf("  %*s |", digits, n)) }
	for n := max(1, line-1); n <= last; n++ {
		content := text.Line(n)
		if n > line && content == "" {
			break
		}
		if n != line {
			before, _, after := cut(content, 0, 0)
			fmt.Fprintln(out, strings.TrimRight(gutter(fmt.Sprint(n))+" "+before+after, " "))
			continue
		}
		from, to := columns(f.Span, content)
		before, marked, after := cut(content, from, to)
		fmt.Fprintln(out, strings.TrimRight(gutter(fmt.Sprint(n))+" "+before+t.paint(bold, marked)+after, " "))
		carets := strings.Repeat("^", max(1, source.Width(marked)))
		fmt.Fprintln(out, gutter("")+" "+strings.Repeat(" ", source.Width(before))+t.paint(red, carets))
	}
	fmt.Fprintln(out)
}

// columns returns the part of the first line that a span covers, as indices
// into its characters.
func columns(span source.Span, line string) (from, to int) {
	length := len([]rune(line))
	from, to = span.Start.Column-1, length
	if span.End.Line == span.Start.Line {
		to = span.End.Column - 1
	}
	return min(from, length), min(max(from, to), length)
}

// cut returns what a frame shows of a line: what is in front of the marked
// characters, they, and what is behind, in at most frameWidth cells.
func cut(line string, from, to int) (before, marked, after string) {
	runes := []rune(line)
	marked, rest := fit(runes[from:to], frameWidth)
	if rest {
		return tail(runes[:from], frameWidth/4), marked + "…", ""
	}
	free := frameWidth - source.Width(marked)
	before = tail(runes[:from], free)
	after, rest = fit(runes[to:], free-source.Width(before))
	if rest {
		after += "…"
	}
	return before, marked, after
}

// fit returns as many characters from the front as have room in width cells,
// and whether any are left.
func fit(runes []rune, width int) (shown string, rest bool) {
	var b strings.Builder
	for _, r := range runes {
		text := visible(r)
		if width -= source.Width(text); width < 0 {
			return b.String(), true
		}
		b.WriteString(text)
	}
	return b.String(), false
}

// tail returns as many characters from the back as have room in width cells.
func tail(runes []rune, width int) string {
	first := len(runes)
	for first > 0 {
		if width -= source.Width(visible(runes[first-1])); width < 0 {
			break
		}
		first--
	}
	shown, _ := fit(runes[first:], frameWidth)
	if first > 0 {
		return "…" + shown
	}
	return shown
}

func visible(r rune) string {
	if r == '\t' {
		return tab
	}
	return source.Visible(string(r))
}
