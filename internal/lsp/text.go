package lsp

import (
	"unicode/utf8"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// An encoding says in which units a client counts the characters of a line.
type encoding string

const (
	utf16 encoding = "utf-16" // what every client understands
	utf8s encoding = "utf-8"
)

// encodingOf returns the first of a client's encodings that is known here.
func encodingOf(offered []string) encoding {
	for _, name := range offered {
		if e := encoding(name); e == utf16 || e == utf8s {
			return e
		}
	}
	return utf16
}

// units returns how many units a character takes.
func (e encoding) units(r rune, size int) int {
	switch {
	case e == utf8s:
		return size
	case r > 0xFFFF:
		return 2
	}
	return 1
}

// A text is one that is open in the editor, or that findings are shown in. The
// conversions count as the client does: a byte order mark is a character to it.
type text struct {
	data    []byte
	file    *source.File
	mark    int // how many bytes the byte order mark takes
	uri     string
	version *int
	saved   bool // whether it is a file's, or has been
	encoding
}

func newText(uri string, version *int, data []byte, e encoding) *text {
	t := &text{data: data, file: source.New(data), uri: uri, version: version, encoding: e}
	t.mark = len(data) - len(t.file.Text())
	return t
}

// position returns where a place is for the client.
func (t *text) position(p source.Position) position {
	return t.at(t.mark + t.file.Offset(p))
}

// at returns where a byte is for the client.
func (t *text) at(offset int) position {
	line := t.file.Position(offset - t.mark).Line
	start := t.start(line)
	units := 0
	for rest := t.data[start:offset]; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		units += t.units(r, size)
		rest = rest[size:]
	}
	return position{line - 1, units}
}

// start returns the offset of the first byte of a line, which counts from 1.
func (t *text) start(line int) int {
	if line <= 1 {
		return 0
	}
	return t.mark + t.file.Offset(source.Position{Line: line, Column: 1})
}

func (t *text) textRange(s source.Span) textRange {
	return textRange{t.position(s.Start), t.position(s.End)}
}

// offset returns the byte that a client's position is in front of: of one outside
// the text the nearest, and of one within a character its beginning.
func (t *text) offset(p position) int {
	if p.Line < 0 {
		return 0
	}
	if p.Line >= t.file.Lines() {
		return len(t.data)
	}
	offset := t.start(p.Line + 1)
	for units := 0; offset < len(t.data); {
		r, size := utf8.DecodeRune(t.data[offset:])
		units += t.units(r, size)
		if units > p.Character || r == '\n' || r == '\r' {
			break
		}
		offset += size
	}
	return offset
}

// place returns a client's position as places in records count.
func (t *text) place(p position) source.Position {
	return t.file.Position(t.offset(p) - t.mark)
}

// changed returns the text with a change made.
func (t *text) changed(change textChange, version *int) *text {
	if change.Range == nil {
		return t.with([]byte(change.Text), version)
	}
	start, end := t.offset(change.Range.Start), t.offset(change.Range.End)
	end = max(start, end)
	data := make([]byte, 0, len(t.data)+len(change.Text))
	data = append(append(append(data, t.data[:start]...), change.Text...), t.data[end:]...)
	return t.with(data, version)
}

func (t *text) with(data []byte, version *int) *text {
	next := newText(t.uri, version, data, t.encoding)
	next.saved = t.saved
	return next
}

// edit returns what makes another text of this one: what is between their common
// beginning and their common end.
func (t *text) edit(fixed []byte) textEdit {
	start, most := 0, min(len(t.data), len(fixed))
	for start < most && t.data[start] == fixed[start] {
		start++
	}
	end := 0
	for end < most-start && t.data[len(t.data)-1-end] == fixed[len(fixed)-1-end] {
		end++
	}
	for start > 0 && !(isBoundary(t.data, start) && isBoundary(fixed, start)) {
		start--
	}
	for end > 0 && !isBoundary(t.data, len(t.data)-end) {
		end--
	}
	return textEdit{textRange{t.at(start), t.at(len(t.data) - end)}, string(fixed[start : len(fixed)-end])}
}

// isBoundary reports whether an offset is in front of a character, and not within
// one, or within a line break.
func isBoundary(data []byte, offset int) bool {
	if offset >= len(data) {
		return true
	}
	within := offset > 0 && data[offset-1] == '\r' && data[offset] == '\n'
	return utf8.RuneStart(data[offset]) && !within
}

// lines returns the text line by line.
func (t *text) lines() []string {
	lines := make([]string, t.file.Lines())
	for i := range lines {
		lines[i] = t.file.Line(i + 1)
	}
	return lines
}
