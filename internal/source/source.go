// Package source holds one file's text and answers questions about places in
// it. It is the one place that converts between bytes, characters (code
// points) and display cells.
package source

import (
	"bytes"
	"sort"
	"unicode/utf8"
	"unsafe"
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

// A File is a file's text with a table of places. It is not safe for use by
// several goroutines at once.
type File struct {
	text  []byte
	marks []mark // built on first use
	near  int    // the mark that was asked for last
}

// A mark is a place whose offset is known: each line's start, and in a long
// line one every markDistance characters, so that no search reads on for long.
type mark struct {
	Position
	offset int
}

const markDistance = 256

var byteOrderMark = []byte("\uFEFF")

// New returns the file that holds data, which must not change from then on. A leading
// UTF-8 byte order mark is no part of its text: editors do not count it either.
func New(data []byte) *File {
	return &File{text: bytes.TrimPrefix(data, byteOrderMark)}
}

// Text returns the whole text, without a byte order mark. It must not be changed.
func (f *File) Text() []byte { return f.text }

// String returns the same. It is no copy of the text: values read out of it share its
// memory, and it never changes.
func (f *File) String() string { return unsafe.String(unsafe.SliceData(f.text), len(f.text)) }

// Lines returns the number of lines; an empty file has one, empty, line.
func (f *File) Lines() int {
	marks := f.table()
	return marks[len(marks)-1].Line
}

// Line returns the n-th line (from 1) without its line break, and "" where
// there is no such line.
func (f *File) Line(n int) string {
	if n < 1 || n > f.Lines() {
		return ""
	}
	start, end := f.Offset(Position{n, 1}), f.Offset(Position{n + 1, 1})
	return string(bytes.TrimRight(f.text[start:end], "\r\n"))
}

// Position returns the place of the byte at offset. Offsets outside the text
// give its nearest end.
func (f *File) Position(offset int) Position {
	offset = max(0, min(offset, len(f.text)))
	marks := f.table()
	next := sort.Search(len(marks), func(i int) bool { return marks[i].offset > offset })
	m := marks[next-1]
	return Position{m.Line, m.Column + utf8.RuneCount(f.text[m.offset:offset])}
}

// Span returns the span between two byte offsets.
func (f *File) Span(start, end int) Span {
	return Span{f.Position(start), f.Position(end)}
}

// Offset returns the byte offset of a place, the inverse of Position. A place
// outside the text gives the nearest one: the end of its line, or of the text.
func (f *File) Offset(p Position) int {
	p.Column = max(1, p.Column)
	marks, next := f.table(), f.behind(p)
	if next == 0 {
		return 0
	}
	m, end := marks[next-1], len(f.text)
	if m.Line < p.Line {
		return end
	}
	if next < len(marks) {
		end = marks[next].offset - 1
	}
	offset := m.offset
	for column := m.Column; column < p.Column && offset < end; column++ {
		size := 1
		if f.text[offset] >= utf8.RuneSelf {
			_, size = utf8.DecodeRune(f.text[offset:])
		}
		offset += size
	}
	return offset
}

// behind returns the first mark that is behind a place. Places are asked for in
// the order of the file, mostly, so it looks around the last one first.
func (f *File) behind(p Position) int {
	marks := f.table()
	isBehind := func(i int) bool { return i >= len(marks) || marks[i].Compare(p) > 0 }
	for next := f.near; next <= min(f.near+1, len(marks)); next++ {
		if isBehind(next) && next > 0 && !isBehind(next-1) {
			f.near = next
			return next
		}
	}
	f.near = sort.Search(len(marks), isBehind)
	return f.near
}

// table builds the table of places. A line ends at LF, CR LF or a lone CR, as
// YAML 1.2 (section 5.4) has it.
func (f *File) table() []mark {
	if f.marks != nil {
		return f.marks
	}
	at := Position{1, 1}
	f.marks = append(make([]mark, 0, 1+bytes.Count(f.text, []byte("\n"))), mark{at, 0})
	onlyLF := bytes.IndexByte(f.text, '\r') < 0
	for i := 0; i < len(f.text); {
		if onlyLF && at.Column == 1 {
			if length := f.shortLine(i); length > 0 {
				i += length
				at.Line++
				f.marks = append(f.marks, mark{at, i})
				continue
			}
		}
		b, size := f.text[i], 1
		if b >= utf8.RuneSelf {
			_, size = utf8.DecodeRune(f.text[i:])
		}
		i += size
		at.Column++
		if b == '\n' || b == '\r' && (i == len(f.text) || f.text[i] != '\n') {
			at = Position{at.Line + 1, 1}
		}
		if at.Column%markDistance == 1 {
			f.marks = append(f.marks, mark{at, i})
		}
	}
	return f.marks
}

// shortLine returns the length in bytes, its LF included, of a line that needs no
// mark within; 0 where it is longer, or does not end in one.
func (f *File) shortLine(start int) int {
	front := f.text[start:min(start+markDistance-1, len(f.text))]
	return 1 + bytes.IndexByte(front, '\n')
}
