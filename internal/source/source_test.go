package source_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

func TestPosition(t *testing.T) {
	for _, test := range []struct {
		name string
		text string // with ‸ at the place
		want source.Position
	}{
		{"empty file", "‸", source.Position{Line: 1, Column: 1}},
		{"first character", "‸ab", source.Position{Line: 1, Column: 1}},
		{"end of the only line", "ab‸", source.Position{Line: 1, Column: 3}},
		{"in front of LF", "ab‸\ncd", source.Position{Line: 1, Column: 3}},
		{"behind LF", "ab\n‸cd", source.Position{Line: 2, Column: 1}},
		{"behind the last LF", "ab\n‸", source.Position{Line: 2, Column: 1}},
		{"empty line", "ab\n‸\ncd", source.Position{Line: 2, Column: 1}},
		{"two bytes", "äö‸ü", source.Position{Line: 1, Column: 3}},
		{"three bytes, two cells", "日本‸語", source.Position{Line: 1, Column: 3}},
		{"four bytes", "🦊‸b", source.Position{Line: 1, Column: 2}},
		{"behind joined emoji", "👩‍👩‍👧‸b", source.Position{Line: 1, Column: 6}},
		{"inside joined emoji", "👩‍‸👩‍👧b", source.Position{Line: 1, Column: 3}},
		{"behind a combining accent", "e\u0301‸b", source.Position{Line: 1, Column: 3}},
		{"tab is one character", "\t\t‸b", source.Position{Line: 1, Column: 3}},
		{"in front of CRLF", "ab‸\r\ncd", source.Position{Line: 1, Column: 3}},
		{"inside CRLF", "ab\r‸\ncd", source.Position{Line: 1, Column: 4}},
		{"behind CRLF", "ab\r\n‸cd", source.Position{Line: 2, Column: 1}},
		{"behind a lone CR", "ab\r‸cd", source.Position{Line: 2, Column: 1}},
		{"behind a last CR", "ab\r‸", source.Position{Line: 2, Column: 1}},
		{"CR in front of CRLF", "ab\r\r\n‸cd", source.Position{Line: 3, Column: 1}},
		{"LF in front of CR", "ab\n\r‸cd", source.Position{Line: 3, Column: 1}},
		{"mark at the start is not counted", "\uFEFFab‸", source.Position{Line: 1, Column: 3}},
		{"mark elsewhere is a character", "a\uFEFF‸b", source.Position{Line: 1, Column: 3}},
		{"next line is no line break", "a\u0085b‸", source.Position{Line: 1, Column: 4}},
		{"separators are no line breaks", "a\u2028\u2029b‸", source.Position{Line: 1, Column: 5}},
		{"bytes that are no UTF-8", "\xff\xc3‸b", source.Position{Line: 1, Column: 3}},
	} {
		t.Run(test.name, func(t *testing.T) {
			before, after, _ := strings.Cut(test.text, "‸")
			data := []byte(before + after)
			offset := len(strings.TrimPrefix(before, "\uFEFF"))
			if diff := cmp.Diff(test.want, source.New(data).Position(offset)); diff != "" {
				t.Errorf("position (-want +got):\n%s", diff)
			}
			if got := source.New(data).Offset(test.want); got != offset {
				t.Errorf("offset of %v is %d, want %d", test.want, got, offset)
			}
		})
	}
}

func TestPositionOutside(t *testing.T) {
	file := source.New([]byte("ab\ncd"))
	for _, test := range []struct {
		name   string
		offset int
		want   source.Position
	}{
		{"in front", -1, source.Position{Line: 1, Column: 1}},
		{"behind", 6, source.Position{Line: 2, Column: 3}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, file.Position(test.offset)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestOffsetOutside(t *testing.T) {
	for _, test := range []struct {
		name string
		text string // with ‸ at the nearest place
		at   source.Position
	}{
		{"line 0", "‸ab\ncd", source.Position{Line: 0, Column: 2}},
		{"line behind the last", "ab\ncd‸", source.Position{Line: 3, Column: 1}},
		{"column 0", "ab\n‸cd", source.Position{Line: 2, Column: 0}},
		{"column below 0", "ab\n‸cd", source.Position{Line: 2, Column: -7}},
		{"column behind the last line", "ab\ncd‸", source.Position{Line: 2, Column: 9}},
		{"column behind a line", "ab‸\ncd", source.Position{Line: 1, Column: 9}},
		{"empty file", "‸", source.Position{Line: 1, Column: 9}},
	} {
		t.Run(test.name, func(t *testing.T) {
			before, after, _ := strings.Cut(test.text, "‸")
			if got := source.New([]byte(before + after)).Offset(test.at); got != len(before) {
				t.Errorf("offset of %v is %d, want %d", test.at, got, len(before))
			}
		})
	}
}

func TestSpan(t *testing.T) {
	got := source.New([]byte("é: 1\n日本: 2\n")).Span(len("é: 1\n"), len("é: 1\n日本"))
	want := source.Span{Start: source.Position{Line: 2, Column: 1}, End: source.Position{Line: 2, Column: 3}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSpanIsValid(t *testing.T) {
	span := func(startLine, startColumn, endLine, endColumn int) source.Span {
		return source.Span{
			Start: source.Position{Line: startLine, Column: startColumn},
			End:   source.Position{Line: endLine, Column: endColumn},
		}
	}
	for _, valid := range []source.Span{source.Start, span(2, 5, 2, 5), span(2, 5, 2, 6), span(2, 5, 3, 1)} {
		if !valid.Valid() {
			t.Errorf("%v is not valid", valid)
		}
	}
	for _, invalid := range []source.Span{{}, span(0, 1, 1, 1), span(1, 0, 1, 1), span(2, 5, 2, 4), span(2, 5, 1, 9), span(1, 1, 2, 0)} {
		if invalid.Valid() {
			t.Errorf("%v is valid", invalid)
		}
	}
}

func TestLine(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"empty file", "", []string{""}},
		{"no final newline", "ab\ncd", []string{"ab", "cd"}},
		{"final newline", "ab\ncd\n", []string{"ab", "cd", ""}},
		{"only a newline", "\n", []string{"", ""}},
		{"CRLF", "ab\r\ncd\r\n", []string{"ab", "cd", ""}},
		{"lone CR", "ab\rcd\r", []string{"ab", "cd", ""}},
		{"all three", "a\nb\r\nc\rd", []string{"a", "b", "c", "d"}},
		{"empty lines", "\n\r\n\r\na", []string{"", "", "", "a"}},
		{"CR in front of CRLF", "a\r\r\nb", []string{"a", "", "b"}},
		{"LF in front of CR", "a\n\rb", []string{"a", "", "b"}},
		{"mark", "\uFEFFab\ncd", []string{"ab", "cd"}},
		{"only a mark", "\uFEFF", []string{""}},
		{"second mark", "\uFEFF\uFEFFab", []string{"\uFEFFab"}},
		{"separators of Unicode", "a\u0085b\u2028c\u2029d", []string{"a\u0085b\u2028c\u2029d"}},
		{"blanks stay", " a\t\n b ", []string{" a\t", " b "}},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := source.New([]byte(test.text))
			var got []string
			for n := range file.Lines() {
				got = append(got, file.Line(n+1))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestLineOutside(t *testing.T) {
	file := source.New([]byte("ab\ncd"))
	for _, n := range []int{-1, 0, 3} {
		if got := file.Line(n); got != "" {
			t.Errorf("line %d is %q, want none", n, got)
		}
	}
}

func TestTextHasNoMark(t *testing.T) {
	if diff := cmp.Diff("a\uFEFF", string(source.New([]byte("\uFEFFa\uFEFF")).Text())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestComparePositions(t *testing.T) {
	ordered := []source.Position{{Line: 1, Column: 1}, {Line: 1, Column: 2}, {Line: 1, Column: 10}, {Line: 2, Column: 1}, {Line: 10, Column: 1}}
	for i, p := range ordered {
		for j, q := range ordered {
			got := p.Compare(q)
			if (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("%v compared with %v is %d", p, q, got)
			}
		}
	}
}

// FuzzPosition holds that places and offsets are one to one and in one order,
// and that every place lies in the file, whatever the bytes are.
func FuzzPosition(f *testing.F) {
	for _, seed := range []string{
		"", "a", "ab\ncd\n", "ab\r\ncd", "a\rb\r", "\r\r\n\n\r", "\uFEFFa", "\uFEFF\uFEFF\n",
		"日本語: é\n\tb", "👩‍👩‍👧\n", "a\u0085\u2028\u2029b", "\xff\xc3\n\xe6\x97", "\x00\x1b",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file := source.New(data)
		text := file.Text()
		var previous source.Position
		for offset := 0; ; {
			position := file.Position(offset)
			if position.Compare(previous) <= 0 {
				t.Fatalf("%v at byte %d is not behind %v", position, offset, previous)
			}
			checkInside(t, file, position)
			if got := source.New(data).Offset(position); got != offset {
				t.Fatalf("byte %d is at %v, which is byte %d", offset, position, got)
			}
			if offset == len(text) {
				break
			}
			previous = position
			_, size := utf8.DecodeRune(text[offset:])
			offset += size
		}
	})
}

// checkInside allows for the two characters of a line break at most.
func checkInside(t *testing.T, file *source.File, p source.Position) {
	t.Helper()
	if p.Line < 1 || p.Line > file.Lines() || p.Column < 1 || p.Column > utf8.RuneCountInString(file.Line(p.Line))+2 {
		t.Fatalf("%v is outside the %d lines %q", p, file.Lines(), file.Text())
	}
}
