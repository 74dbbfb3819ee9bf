package record

import (
	"bytes"
	"fmt"
	"regexp"
)

// This file refuses what the parser takes and other readers of YAML read
// otherwise, or not at all. testdata/readers/compare.py looks for more of it.

// timestamp is what YAML 1.1 reads as a day or a time. As a value it stays what
// is written; a key becomes another one.
var timestamp = regexp.MustCompile(`^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?)?$`)

func isTimestamp(text string) bool {
	return len(text) >= len("2026-1-1") && text[0] >= '0' && text[0] <= '9' && timestamp.MatchString(text)
}

// checkScalar reports a value that other readers take for something else because of
// how it is written, and where.
func (l *loader) checkScalar(n *Node) {
	if n.style == plain {
		l.checkPlain(n)
	} else {
		l.checkQuoted(n)
	}
	l.checkStart(n)
}

// checkQuoted reports lines of a text in quotes that are not indented, an escape that
// is none, and a text in lines that the file cuts off.
func (l *loader) checkQuoted(n *Node) {
	text, start := l.record.File.Text(), int(n.start)
	if n.style == block {
		l.checkBlock(n)
		return
	}
	end := quotedEnd(text, start)
	l.checkIndent(start, end, false)
	for at := start; n.style == doubleQuoted && at+1 < end; at++ {
		next := bytes.IndexByte(text[at:end], '\\')
		if next < 0 {
			return
		}
		if at += next + 1; text[at] == '\'' {
			l.reportMended(l.record.File.Span(at-1, at+1), "in double quotes `'` is written as it is", "Delete the `\\`.", Edit{at - 1, at, ""})
		}
	}
}

func (l *loader) checkBlock(n *Node) {
	text := l.record.File.Text()
	header := text[n.start : int(n.start)+lineLength(text[n.start:])]
	whole := len(bytes.TrimRight(text, " \t\r\n"))
	if text[len(text)-1] != '\n' && header[len(header)-1] != '-' && n.Text != "" && n.end(text) >= whole {
		l.reportMended(l.record.File.Span(whole, len(text)), "the last line of this text has no line break", "End the file with a line break.", Edit{whole, len(text), "\n"})
	}
}

func (l *loader) checkPlain(n *Node) {
	last := len(n.Text) - 1
	if last < 0 || n.Text != "<<" && n.Text != "=" && n.Text[last] != ':' {
		return
	}
	message := fmt.Sprintf("some programs read `%s` as text, and others do not", n.Text)
	if n.Text[last] == ':' {
		message = fmt.Sprintf("some programs read `%s` as text, and others as the name of a field", n.Text)
	}
	quoted := inDoubleQuotes(n.Text)
	l.reportMended(l.record.span(n, nil, false), message, fmt.Sprintf("Write `%s`.", quoted), Edit{int(n.start), n.end(l.record.File.Text()), quoted})
}

// checkFlow reports a line of a collection in brackets that is not indented.
func (l *loader) checkFlow(n *Node) {
	if l.inFlow {
		return // of the outermost one
	}
	l.checkStart(n)
	text := l.record.File.Text()
	line := bytes.TrimRight(text[n.start:int(n.start)+lineLength(text[n.start:])], " ")
	if last := line[len(line)-1]; (last == ']' || last == '}') && !bytes.ContainsAny(line, "#'\"") && bytes.Count(line, line[:1]) == bytes.Count(line, []byte{last}) {
		return // it ends where it begins
	}
	l.checkIndent(int(n.start), n.end(text), true)
}

// checkStart reports a value that starts on a line of its own, no further right than
// the name of its field.
func (l *loader) checkStart(n *Node) {
	if l.indent > 0 && !l.inFlow && l.record.File.Position(int(n.start)).Column <= l.indent && !n.isBlank() {
		l.reportIndent(int(n.start))
	}
}

// checkGap reports a comment between the name of a field and its value on a later
// line. A list or group in lines may have one.
func (l *loader) checkGap(key, value *Node) {
	if l.past || value.style == indented || value.style == block || value.isBlank() {
		return
	}
	text := l.record.File.Text()
	start := key.end(text)
	at := start + bytes.IndexByte(text[start:max(start, int(value.start))], '#')
	if at < start {
		return
	}
	span := l.record.File.Span(at, at+len(bytes.TrimRight(text[at:at+lineLength(text[at:])], " \t")))
	l.reportWithHelp(syntaxRule, span, "some programs take no comment between the name of a field and its value",
		"Write the comment above the field, or behind its value.")
}

// checkIndent reports the first line, of those below the first, that starts no
// further right than what it is part of. In brackets comments may.
func (l *loader) checkIndent(start, end int, inBrackets bool) {
	text := l.record.File.Text()
	for at := start + lineLength(text[start:]); at < end; at += lineLength(text[at:]) {
		for at < end && (text[at] == '\n' || text[at] == '\r') {
			at++
		}
		first := at
		for at < end && text[at] == ' ' {
			at++
		}
		switch {
		case at >= end || text[at] == '\n' || text[at] == '\r' || inBrackets && text[at] == '#':
		case at-first < l.indent:
			l.reportIndent(at)
			return
		}
	}
}

func (l *loader) reportIndent(at int) {
	file := l.record.File
	line := file.Position(at).Line
	l.reportMended(l.lineSpan(line), "this line goes on with the value above it, and must be indented for that",
		fmt.Sprintf("Type %d spaces in front of it.", l.indent+1), Edit{at, at, "  "})
}

// checkTokens reports tabs outside of quotes, comments and texts in lines, and
// comments that touch what is in front of them. scalars are all there are, in the
// order of the file.
func (l *loader) checkTokens(scalars []*Node) {
	text := l.record.File.Text()
	at := 0
	for _, n := range scalars {
		start := int(n.start)
		if n.style == block {
			start += lineLength(text[start:])
		}
		l.checkBetween(at, start)
		at = max(at, n.end(text))
		if n.style == plain {
			l.checkForTabs(start, at)
		}
	}
	l.checkBetween(at, len(text))
}

// checkBetween checks what is between two scalars.
func (l *loader) checkBetween(start, end int) {
	text := l.record.File.Text()
	for at := start; at < end; at++ {
		if text[at] != '#' {
			continue
		}
		l.checkForTabs(start, at)
		if at > 0 && !isSpace(rune(text[at-1])) {
			l.reportMended(l.record.File.Span(at, at+1), "a space is missing in front of this `#`", "Type a space in front of `#`.", Edit{at, at, " "})
		}
		at += lineLength(text[at:])
		start = at
	}
	l.checkForTabs(start, end)
}

func (l *loader) checkForTabs(start, end int) {
	text := l.record.File.Text()
	for at := start; at < end; at++ {
		if text[at] == '\t' {
			last := min(end, skip(text, at, func(r rune) bool { return r == '\t' || r == ' ' }))
			l.reportMended(l.record.File.Span(at, last), "a tab stands here, which some programs do not take; type spaces",
				"Type a space in place of the tab.", Edit{at, last, " "})
			at = last
		}
	}
}

// hasOddTokens reports whether a text may hold what checkTokens looks for.
func hasOddTokens(text []byte) bool {
	if bytes.IndexByte(text, '\t') >= 0 {
		return true
	}
	for at := 0; ; at++ {
		next := bytes.IndexByte(text[at:], '#')
		if next < 0 {
			return false
		}
		at += next
		if at > 0 && bytes.IndexByte([]byte("[]{},:\"'>|-+?123456789"), text[at-1]) >= 0 {
			return true
		}
	}
}
