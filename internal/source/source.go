// Package source holds one file's text and answers questions about places in
// it. It is the one place that converts between bytes, characters (code
// points) and display cells.
package source

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// A Position is a place in a file as a person counts it: Line and Column start
// at 1, and Column counts characters (code points), not bytes.
type Position struct {
	Line, Column int
}

// Compare orders positions by line, then column: negative where p is before q.
func (p Position) Compare(q Position) int {
	if p.Line != q.Line {
		return p.Line - q.Line
	}
	return p.Column - q.Column
}

// A Span reaches from Start up to, and not including, End.
type Span struct {
	Start, End Position
}

// Valid reports whether the span could be one of a file: its lines and columns
// count from 1, and it does not end before it starts.
func (s Span) Valid() bool {
	return s.Start.Line >= 1 && s.Start.Column >= 1 && s.End.Column >= 1 && s.End.Compare(s.Start) >= 0
}

// Start is the span of nothing at the beginning of a file.
var Start = Span{Position{1, 1}, Position{1, 1}}

// A File is a file's text with its line table. It is not safe for use by
// several goroutines at once.
type File struct {
	text  []byte
	lines []int // offset of each line's first byte; built on first use
}

var byteOrderMark = []byte("\uFEFF")

// New returns the file that holds data. A leading UTF-8 byte order mark is no
// part of its text: editors do not count it either.
func New(data []byte) *File {
	return &File{text: bytes.TrimPrefix(data, byteOrderMark)}
}

// Text returns the whole text, without a byte order mark.
func (f *File) Text() []byte { return f.text }

// Lines returns the number of lines; an empty file has one, empty, line.
func (f *File) Lines() int { return len(f.lineStarts()) }

// Line returns the n-th line (from 1) without its line break, and "" where
// there is no such line.
func (f *File) Line(n int) string {
	if n < 1 || n > f.Lines() {
		return ""
	}
	end := len(f.text)
	if n < f.Lines() {
		end = f.lines[n]
	}
	return string(bytes.TrimRight(f.text[f.lines[n-1]:end], "\r\n"))
}

// Position returns the place of the byte at offset. Offsets outside the text
// give its nearest end.
func (f *File) Position(offset int) Position {
	offset = max(0, min(offset, len(f.text)))
	starts := f.lineStarts()
	line := sort.Search(len(starts), func(i int) bool { return starts[i] > offset })
	return Position{line, 1 + utf8.RuneCount(f.text[starts[line-1]:offset])}
}

// Span returns the span between two byte offsets.
func (f *File) Span(start, end int) Span {
	return Span{f.Position(start), f.Position(end)}
}

// Offset returns the byte offset of a place, the inverse of Position. A place
// outside the text gives the nearest one: the end of its line, or of the text.
func (f *File) Offset(p Position) int {
	starts := f.lineStarts()
	if p.Line < 1 {
		return 0
	}
	if p.Line > len(starts) {
		return len(f.text)
	}
	offset, end := starts[p.Line-1], len(f.text)
	if p.Line < len(starts) {
		end = starts[p.Line] - 1
	}
	for range p.Column - 1 {
		if offset >= end {
			break
		}
		_, size := utf8.DecodeRune(f.text[offset:])
		offset += size
	}
	return offset
}

// lineStarts builds the line table. A line ends at LF, CR LF or a lone CR, as
// YAML 1.2 (section 5.4) has it.
func (f *File) lineStarts() []int {
	if f.lines != nil {
		return f.lines
	}
	f.lines = append(make([]int, 0, 1+bytes.Count(f.text, []byte("\n"))), 0)
	for i, b := range f.text {
		loneCR := b == '\r' && (i+1 == len(f.text) || f.text[i+1] != '\n')
		if b == '\n' || loneCR {
			f.lines = append(f.lines, i+1)
		}
	}
	return f.lines
}
