package record

import (
	"strings"
	"unicode/utf8"
)

// This file is the part of the lane that reads scalars. See lane.go for its contract.

// startsName reports whether the name of a field that the lane takes starts with b.
func startsName(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b >= utf8.RuneSelf
}

// plainEnd returns the offset behind a plain text that starts at an offset, in its
// line, and what ends it: a colon, a comment's `#`, or the end of the line (0).
func (l *lane) plainEnd(start int) (end int, stop byte) {
	end = start
	for at := start; at < len(l.text); at++ {
		switch l.text[at] {
		case '\n', '\r':
			return end, 0
		case ' ':
			continue
		case ':':
			if l.isGapAt(at + 1) {
				return end, ':'
			}
		case '#':
			if at > end || at == start {
				return end, '#'
			}
		}
		end = at + 1
	}
	return end, 0
}

// flowPlainEnd returns the offset behind a plain text in brackets that starts here.
func (l *lane) flowPlainEnd() (end int) {
	end = l.at
	for at := l.at; at < len(l.text); at++ {
		switch l.text[at] {
		case '\n', '\r', ',', '[', ']', '{', '}', '?', '#':
			return end
		case ' ':
			continue
		case ':':
			if l.isGapAt(at + 1) {
				return end
			}
		}
		end = at + 1
	}
	return end
}

// inline reads a value that is no group or list in lines. It belongs to what starts in
// the column parent.
func (l *lane) inline(parent, depth int) *Node {
	switch l.text[l.at] {
	case '|', '>':
		return l.block(parent)
	case '\'', '"', '[', '{':
		node := l.enclosed(depth)
		if node == nil || !l.endLine() {
			return nil
		}
		l.nextLine()
		return node
	}
	if !l.startsPlain() {
		return nil
	}
	return l.plain(parent)
}

// startsPlain reports whether a plain text starts here: fewer do than the parser takes.
func (l *lane) startsPlain() bool {
	switch l.text[l.at] {
	case '-':
		return !l.isEntry()
	case '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`':
		return false
	}
	return true
}

// plain reads a plain text, which goes on in the lines below that start further right
// than the column parent.
func (l *lane) plain(parent int) *Node {
	start, from := l.at, l.texts.Len()
	end, stop := l.plainEnd(start)
	text := l.text[start:end]
	for {
		l.at = end
		if stop == ':' || !l.endLine() {
			return nil
		}
		if l.nextLine(); l.column <= parent {
			return l.plainNode(start, text)
		}
		if l.commented {
			return nil
		}
		if l.texts.Len() == from {
			l.write(text)
		}
		l.writeBreaks(l.breaks)
		if l.breaks == 0 {
			l.write(" ")
		}
		end, stop = l.plainEnd(l.at)
		l.write(l.text[l.at:end])
		text = l.texts.String()[from:]
	}
}

// plainNode returns the value of a plain text, unless it may be read in more than one
// way.
func (l *lane) plainNode(start int, text string) *Node {
	if isCount(text) {
		return l.scalar(Number, start, plain, text)
	}
	kind, sound := plainKind(text)
	if !sound || text == "<<" || text == "=" || text[len(text)-1] == ':' {
		return nil
	}
	return l.scalar(kind, start, plain, text)
}

// isCount reports whether text is a number such as most are, which spares it the
// regular expressions.
func isCount(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return len(text) <= maxDigits && (text[0] != '0' || text == "0")
}

func (l *lane) scalar(kind Kind, start int, style style, text string) *Node {
	node := l.node(kind, start, style)
	node.Text = text
	return node
}

// enclosed reads a value in quotes or brackets, all in one line, and goes to what is
// behind it.
func (l *lane) enclosed(depth int) *Node {
	switch l.text[l.at] {
	case '\'':
		return l.singleQuoted()
	case '"':
		return l.doubleQuoted()
	case '[':
		return l.flowList(depth)
	}
	return l.flowGroup(depth)
}

func (l *lane) singleQuoted() *Node {
	start, from := l.at, l.texts.Len()
	l.at++
	for open := l.at; ; open = l.at {
		length := strings.IndexAny(l.text[open:], "'\n\r")
		if length < 0 || l.text[open+length] != '\'' {
			return nil
		}
		l.at = open + length + 1
		if l.at == len(l.text) || l.text[l.at] != '\'' {
			return l.scalar(String, start, singleQuoted, l.written(from, l.text[open:open+length]))
		}
		l.write(l.text[open:l.at]) // up to the first of two quotes, which stand for one
		l.at++
	}
}

func (l *lane) doubleQuoted() *Node {
	start, from := l.at, l.texts.Len()
	l.at++
	for open := l.at; ; open = l.at {
		length := strings.IndexAny(l.text[open:], "\"\\\n\r")
		if length < 0 {
			return nil
		}
		l.at = open + length + 1
		switch l.text[open+length] {
		case '"':
			return l.scalar(String, start, doubleQuoted, l.written(from, l.text[open:open+length]))
		case '\\':
			if l.at == len(l.text) || l.text[l.at] != '"' && l.text[l.at] != '\\' {
				return nil
			}
			l.write(l.text[open : open+length])
			l.write(l.text[l.at : l.at+1])
			l.at++
		default:
			return nil
		}
	}
}

// block reads a text in lines, which belongs to what starts in the column parent.
func (l *lane) block(parent int) *Node {
	start, from := l.at, l.texts.Len()
	isFolded := l.text[l.at] == '>'
	l.at++
	chomping := byte(' ')
	if !l.isAtEnd() && (l.text[l.at] == '-' || l.text[l.at] == '+') {
		chomping = l.text[l.at]
		l.at++
	}
	if l.text[len(l.text)-1] != '\n' || !l.endLine() {
		return nil
	}
	indent, breaks := l.blockIndent()
	if indent <= parent {
		return nil
	}
	breaks = l.blockLines(indent, breaks, isFolded)
	switch chomping {
	case '+':
		l.writeBreaks(1 + breaks)
	case ' ':
		l.writeBreaks(1)
	}
	l.nextLine()
	return l.scalar(String, start, block, l.texts.String()[from:])
}

// blockIndent returns by how much the first line of a text in lines is indented, and
// how many blank ones are in front of it. It goes to the first line, and returns -1
// where the parser could take another line for it.
func (l *lane) blockIndent() (indent, breaks int) {
	widest := 0
	for l.at < len(l.text) {
		start := l.at
		l.skipSpaces()
		if indent = l.at - start; !l.isAtEnd() {
			l.at = start
			if widest > indent {
				return -1, 0
			}
			return indent, breaks
		}
		widest = max(widest, indent)
		breaks++
		l.skipLine()
	}
	return -1, 0
}

// blockLines reads the lines of a text in lines, of which some blank ones are read
// already, and returns how many blank ones are behind the last.
func (l *lane) blockLines(indent, breaks int, isFolded bool) (behind int) {
	isFirst, wasSetIn := true, false
	for line, ok := l.blockLine(indent); ok; line, ok = l.blockLine(indent) {
		if line == "" {
			breaks++
			continue
		}
		isSetIn := line[0] == ' '
		switch folds := isFolded && !wasSetIn && !isSetIn; {
		case isFirst:
		case !folds:
			breaks++ // that of the line before
		case breaks == 0:
			l.write(" ")
		}
		l.writeBreaks(breaks)
		l.write(line)
		isFirst, wasSetIn, breaks = false, isSetIn, 0
	}
	return breaks
}

// blockLine reads a line of a text in lines, which is "" where it is blank. It is not
// ok behind the last one.
func (l *lane) blockLine(indent int) (line string, ok bool) {
	at := l.at
	for at < len(l.text) && at-l.at < indent && l.text[at] == ' ' {
		at++
	}
	if at == len(l.text) || at-l.at < indent && !isLineEnd(l.text, at) {
		return "", false
	}
	l.at = at
	l.skipLine()
	return strings.TrimRight(l.text[at:l.at], "\r\n"), true
}

// written returns what was written of a scalar, with its last part. Most are one part.
func (l *lane) written(from int, last string) string {
	if l.texts.Len() == from {
		return last
	}
	l.write(last)
	return l.texts.String()[from:]
}

// write adds to the text of the scalar that is being read.
func (l *lane) write(text string) {
	if l.texts.Cap() == 0 {
		l.texts.Grow(len(l.text) - l.at + len(text)) // for the scalars below as well
	}
	l.texts.WriteString(text)
}

func (l *lane) writeBreaks(count int) {
	for range count {
		l.write("\n")
	}
}
