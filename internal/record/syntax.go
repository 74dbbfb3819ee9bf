package record

import (
	"bytes"
	"fmt"
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// checkEncoding reports the first place where the bytes are no text that YAML
// allows (YAML 1.2, section 5.1: c-printable), and whether there is none.
func (l *loader) checkEncoding(data []byte) bool {
	for _, mark := range []string{"\xFF\xFE", "\xFE\xFF", "\x00\x00\xFE\xFF"} {
		if bytes.HasPrefix(data, []byte(mark)) {
			l.report(encodingRule, source.Start, "this file is UTF-16 or UTF-32; a record is UTF-8")
			return false
		}
	}
	text := l.record.File.Text()
	if len(source.New(text).Text()) < len(text) {
		l.reportByte(0, len(text)-len(source.New(text).Text()), "a second byte order mark stands here")
		return false
	}
	for at := 0; at < len(text); at++ {
		if b := text[at]; b >= ' ' && b < 0x7F || b == '\n' || b == '\t' {
			continue
		}
		size, message := l.unfit(text, at)
		if message != "" {
			l.reportByte(at, size, message)
			return false
		}
		at += size - 1
	}
	return true
}

// unfit returns the size of the character at an offset, and what speaks against it.
func (l *loader) unfit(text []byte, at int) (size int, message string) {
	r, size := utf8.DecodeRune(text[at:])
	switch {
	case r == utf8.RuneError && size == 1:
		return size, fmt.Sprintf("the byte 0x%02X here is no UTF-8", text[at])
	case r == '\r' && !bytes.HasPrefix(text[at+1:], []byte("\n")):
		return size, "a carriage return (U+000D) stands here without a line feed: the line ends here for some programs and not for others"
	case r == '\u0085', r == '\u2028', r == '\u2029':
		return size, fmt.Sprintf("the line separator U+%04X stands here: the line ends here for some programs and not for others", r)
	case !isPrintable(r):
		return size, fmt.Sprintf("the control character U+%04X is not allowed in YAML", r)
	case !l.past && source.InvisibleAt(text, at):
		return size, fmt.Sprintf("an invisible character stands here: %s", source.NameOf(r))
	}
	return size, ""
}

func (l *loader) reportByte(at, size int, message string) {
	l.report(encodingRule, l.record.File.Span(at, at+size), message)
}

func isPrintable(r rune) bool {
	switch {
	case r == '\t', r == '\n', r == '\r':
		return true
	case r < 0x20, r >= 0x7F && r < 0xA0, r == 0xFFFE, r == 0xFFFF:
		return false
	}
	return true
}

// reportSyntax reports what the parser says of a text that it cannot parse.
func (l *loader) reportSyntax(text []byte, problem *complaint) {
	if problem.says(tooDeep) {
		l.report(limitRule, source.Start, fmt.Sprintf("this file is nested deeper than %d levels", MaxDepth))
		return
	}
	line := failingLine(text, problem)
	if at := l.conflict(); at > 0 {
		l.reportWithHelp(syntaxRule, l.lineSpan(at), "a merge conflict is not resolved here",
			"Keep the lines that are right, and delete the others and the marks `<<<<<<<`, `=======` and `>>>>>>>`.")
		l.detail(problem)
		return
	}
	alias, isAlias := problem.unknownAlias()
	switch {
	case isAlias:
		s := l.scene(text, line, problem)
		help := aliasRule.Help
		if strings.HasPrefix(s.line.value, "*") {
			help = "If it is text: " + s.writeInQuotes(s.line.value) + " Otherwise write the value out."
		}
		l.reportWithHelp(aliasRule, l.aliasSpan(line, alias),
			fmt.Sprintf("`*%s` stands for a value that is written nowhere; write it out here", alias), help)
		l.mendLine(s.repair)
	case problem.says(noDocument) && l.documentEnds(line):
		l.reportSecondDocument(l.lineSpan(line))
	default:
		s := l.scene(text, line, problem)
		message, help := plainWords(s)
		l.reportWithHelp(syntaxRule, l.lineSpan(line), message, help)
		l.detail(problem)
		l.mendLine(s.repair)
	}
}

// mendLine notes what puts the last finding right, if that is known.
func (l *loader) mendLine(r *repair) {
	if r != nil {
		start := l.record.File.Offset(source.Position{Line: r.line, Column: 1})
		l.mend(Edit{start + r.start, start + r.end, r.text})
	}
}

// detail adds the parser's words to the last finding.
func (l *loader) detail(problem *complaint) {
	last := &l.findings[len(l.findings)-1]
	*last = last.WithDetail(problem.words)
}

// conflict returns the first line that git marks a merge conflict with, or 0.
func (l *loader) conflict() int {
	for n := 1; n <= l.record.File.Lines(); n++ {
		if strings.HasPrefix(l.record.File.Line(n), "<<<<<<< ") {
			return n
		}
	}
	return 0
}

// documentEnds reports whether a line in front of the given one ends a document.
func (l *loader) documentEnds(line int) bool {
	for n := line - 1; n > 0; n-- {
		if strings.HasPrefix(l.record.File.Line(n), "...") {
			return true
		}
	}
	return false
}

// maxReparsed bounds how many bytes are parsed again to find an error's line by
// trying one after the other.
const maxReparsed = 1 << 20

// failingLine returns the line at which the text fails in these words. The parser
// names the line on which the surrounding value starts, or the one above; the
// line that matters is the first from there on with which the text fails so.
func failingLine(text []byte, says *complaint) int {
	if len(text) > largeText {
		return max(1, says.line) // to search would take too long
	}
	file := source.New(text)
	fails := func(line int) bool {
		problem := complaintAbout(text[:file.Offset(source.Position{Line: line + 1, Column: 1})])
		return problem != nil && problem.words == says.words
	}
	line := min(reportedLine(text), file.Lines())
	for tried := 0; tried < maxReparsed; tried += len(text) {
		if line == file.Lines() || fails(line) {
			return line
		}
		line++
	}
	return line + sort.Search(file.Lines()-line, func(i int) bool { return fails(line + i) })
}

// reportedLine returns the line that the parser names, or the first where it names
// none. It names none instead of the first, so it is asked with one more above.
func reportedLine(text []byte) int {
	problem := complaintAbout(append([]byte("\n"), text...))
	if problem == nil {
		return 1
	}
	return max(1, problem.line-1)
}

// lineSpan returns the span of what is written on a line.
func (l *loader) lineSpan(line int) source.Span {
	file := l.record.File
	line = min(line, file.Lines())
	text := []byte(file.Line(line))
	start := file.Offset(source.Position{Line: line, Column: 1})
	first := skip(text, 0, isSpace)
	last := len(bytes.TrimRightFunc(text, isSpace))
	return file.Span(start+min(first, last), start+last)
}

// aliasSpan returns the span of the first alias of that name on a line.
func (l *loader) aliasSpan(line int, name string) source.Span {
	alias := regexp.MustCompile(`(?:^|[\s\[{,])(\*` + regexp.QuoteMeta(name) + `)(?:$|[\s\]},])`)
	at := alias.FindStringSubmatchIndex(l.record.File.Line(line))
	if at == nil {
		return l.lineSpan(line)
	}
	start := l.record.File.Offset(source.Position{Line: line, Column: 1})
	return l.record.File.Span(start+at[2], start+at[3])
}
