package lsp

import (
	"testing"
	"unicode/utf8"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

func TestEncoding(t *testing.T) {
	for _, test := range []struct {
		offered []string
		want    encoding
	}{
		{nil, utf16},
		{[]string{"utf-32"}, utf16},
		{[]string{"utf-8", "utf-16"}, utf8s},
		{[]string{"utf-32", "utf-16", "utf-8"}, utf16},
	} {
		if got := encodingOf(test.offered); got != test.want {
			t.Errorf("of %v it takes %s", test.offered, got)
		}
	}
}

func TestPositions(t *testing.T) {
	for _, test := range []struct {
		name, text string
		at         source.Position
		utf16      position
		utf8       position
	}{
		{"ASCII", "a: b", source.Position{Line: 1, Column: 4}, position{0, 3}, position{0, 3}},
		{"umlaut", "ä: b", source.Position{Line: 1, Column: 4}, position{0, 3}, position{0, 4}},
		{"wide", "日: b", source.Position{Line: 1, Column: 4}, position{0, 3}, position{0, 5}},
		{"two units", "😀: b", source.Position{Line: 1, Column: 4}, position{0, 4}, position{0, 6}},
		{"combining", "e\u0301: b", source.Position{Line: 1, Column: 5}, position{0, 4}, position{0, 5}},
		{"byte order mark", "\uFEFFa: b", source.Position{Line: 1, Column: 4}, position{0, 4}, position{0, 6}},
		{"behind one", "\uFEFFa\n😀b", source.Position{Line: 2, Column: 2}, position{1, 2}, position{1, 4}},
		{"line breaks of Windows", "😀\r\n😀b", source.Position{Line: 2, Column: 2}, position{1, 2}, position{1, 4}},
		{"lone carriage return", "a\r😀b", source.Position{Line: 2, Column: 2}, position{1, 2}, position{1, 4}},
		{"the end", "a\n", source.Position{Line: 2, Column: 1}, position{1, 0}, position{1, 0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for e, want := range map[encoding]position{utf16: test.utf16, utf8s: test.utf8} {
				text := newText("", nil, []byte(test.text), e)
				if got := text.position(test.at); got != want {
					t.Errorf("%s: %+v, want %+v", e, got, want)
				}
				if got := text.place(want); got != test.at {
					t.Errorf("%s, back: %+v, want %+v", e, got, test.at)
				}
			}
		})
	}
}

// FuzzEdit makes sure that the edit that leads from one text to another does so, and
// cuts no character.
func FuzzEdit(f *testing.F) {
	f.Add("seats: 99\n", "seats: 5\n")
	f.Add("a: 😀\r\nb", "a: 😁\nb")
	f.Add("\uFEFFa: é", "\uFEFFa: è\r")
	f.Add("aa", "a")
	f.Fuzz(func(t *testing.T, before, after string) {
		if !utf8.ValidString(before) || !utf8.ValidString(after) {
			return // no client sends such a text
		}
		for _, e := range []encoding{utf16, utf8s} {
			text := newText("", nil, []byte(before), e)
			edit := text.edit([]byte(after))
			if !utf8.ValidString(edit.NewText) {
				t.Errorf("%q is written", edit.NewText)
			}
			if got := string(text.changed(textChange{&edit.Range, edit.NewText}, nil).data); got != after {
				t.Errorf("%q becomes %q, not %q", before, got, after)
			}
		}
	})
}

// FuzzSpot reads lines that are no record.
func FuzzSpot(f *testing.F) {
	f.Add("documents:\n- name: a\n  url: b\n", 2, 3)
	f.Add("- - -\n\"a: b\n", 0, 5)
	f.Fuzz(func(t *testing.T, text string, line, column int) {
		open := newText("", nil, []byte(text), utf16)
		place := open.place(position{line, column})
		lines := open.lines()
		spotOf(lines, place.Line-1, string([]rune(lines[place.Line-1])[:place.Column-1]))
	})
}
