package record

import (
	"bytes"
	"unicode/utf8"
)

// end returns the offset behind the last byte of a value in its record's text. The
// parser keeps no ends, so this reads on in the text: a right record never asks,
// and to know every end beforehand would make loading it slower.
func (n *Node) end(text []byte) int {
	start := int(n.start)
	switch n.style {
	case singleQuoted, doubleQuoted:
		return quotedEnd(text, start)
	case block:
		header := bytes.IndexAny(text[start:], "\r\n")
		if header < 0 {
			return len(text)
		}
		if end := matchEnd(text, start+header, n.Text); end > start+header {
			return end
		}
		return start + header
	case flow:
		return flowEnd(text, n)
	}
	if bytes.HasPrefix(text[start:], []byte(n.Text)) { // it is on one line, as most are
		return start + len(n.Text)
	}
	return matchEnd(text, start, n.Text)
}

// quotedEnd returns the offset behind the quote that closes the one at start.
func quotedEnd(text []byte, start int) int {
	if start >= len(text) {
		return len(text)
	}
	quote := text[start]
	for i := start + 1; i < len(text); i++ {
		switch {
		case quote == '"' && text[i] == '\\':
			i++
		case quote == '\'' && text[i] == quote && i+1 < len(text) && text[i+1] == quote:
			i++
		case text[i] == quote:
			return i + 1
		}
	}
	return len(text)
}

// matchEnd returns the offset behind the last character of value in the text
// from start on. White space differs between the two where lines are folded.
func matchEnd(text []byte, start int, value string) int {
	end, at := start, start
	for _, r := range value {
		if isSpace(r) {
			continue
		}
		at = skip(text, at, isSpace)
		got, size := utf8.DecodeRune(text[at:])
		if size == 0 || got != r {
			break
		}
		at += size
		end = at
	}
	return end
}

// flowEnd returns the offset behind the bracket that closes a collection: between
// its last member and it there are only blanks, commas and comments.
func flowEnd(text []byte, n *Node) int {
	start := int(n.start)
	open := start < len(text) && (text[start] == '[' || text[start] == '{')
	end := start
	if open {
		end++
	}
	for _, member := range n.members() {
		if int(member.start) >= end && !member.isBlank() {
			end = member.end(text)
		}
	}
	if !open { // a single pair inside brackets: [a: b]
		return end
	}
	for end < len(text) {
		end = skip(text, end, func(r rune) bool { return isSpace(r) || r == ',' || r == ':' || r == '?' })
		switch {
		case end == len(text):
		case text[end] == '#':
			end += lineLength(text[end:])
		default:
			return end + 1
		}
	}
	return end
}

// members returns all that a collection holds, keys included, in the order of
// the file.
func (n *Node) members() []*Node {
	if n.Kind != Map {
		return n.Items
	}
	members := make([]*Node, 0, 2*len(n.Fields))
	for i := range n.Fields {
		members = append(members, n.Fields[i].key(), n.Fields[i].Value)
	}
	return members
}

func lineLength(text []byte) int {
	if n := bytes.IndexAny(text, "\r\n"); n >= 0 {
		return n
	}
	return len(text)
}

func skip(text []byte, at int, drop func(rune) bool) int {
	for at < len(text) {
		r, size := utf8.DecodeRune(text[at:])
		if !drop(r) {
			break
		}
		at += size
	}
	return at
}

// isSpace reports whether r is white space to YAML 1.2 (section 5.5).
func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }
