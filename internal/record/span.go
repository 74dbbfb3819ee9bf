package record

import (
	"bytes"
	"unicode/utf8"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// Locate returns the place of the value that path leads to, or of its key
// where atKey is set. A scalar or a collection in brackets is its whole text,
// a mapping or sequence written in lines is its key, and the record is its
// first key. Where the path leads nowhere, it is the nearest value above.
func (r *Record) Locate(path []string, atKey bool) finding.Place {
	node, field := r.Root, (*Field)(nil)
	depth := 0
	for depth < len(path) {
		child, childField := node.step(path[depth])
		if child == nil {
			break
		}
		node, field = child, childField
		depth++
	}
	place := finding.Place{File: r.Path, Path: append([]string(nil), path[:depth]...), AtKey: atKey && field != nil}
	if node.IsScalar() {
		place.Subject = node.Text
	}
	place.Span = r.span(node, field, atKey)
	return place
}

// At returns the value that path leads to, or nil.
func (r *Record) At(path []string) *Node {
	node := r.Root
	for _, segment := range path {
		if node == nil {
			return nil
		}
		node, _ = node.step(segment)
	}
	return node
}

func (r *Record) span(node *Node, field *Field, atKey bool) source.Span {
	if field != nil && (atKey || node.style == indented || node.isBlank()) {
		node = field.key()
	}
	for node.style == indented && len(node.Items)+len(node.Fields) > 0 {
		node = node.first()
	}
	start := r.start(node)
	return r.File.Span(start, r.end(node, start))
}

// isBlank reports whether nothing is written: `seats:` and no more.
func (n *Node) isBlank() bool { return n.Kind == Null && n.Text == "" && n.style == plain }

// first returns what a collection written in lines begins with.
func (n *Node) first() *Node {
	if n.Kind == Map {
		return n.Fields[0].key()
	}
	return n.Items[0]
}

func (r *Record) start(n *Node) int {
	return r.File.Offset(n.position())
}

// end returns the offset behind the last byte of the value that starts at
// start. The parser keeps no ends, so it reads on in the text.
func (r *Record) end(n *Node, start int) int {
	text := r.File.Text()
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
		return r.flowEnd(n, start)
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

// flowEnd returns the offset behind the bracket that closes the one at start:
// between its last member and it there are only blanks, commas and comments.
func (r *Record) flowEnd(n *Node, start int) int {
	text := r.File.Text()
	open := start < len(text) && (text[start] == '[' || text[start] == '{')
	end := start
	if open {
		end++
	}
	for _, member := range n.members() {
		if from := r.start(member); from >= end && !member.isBlank() {
			end = r.end(member, from)
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
