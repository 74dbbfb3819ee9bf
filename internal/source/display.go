package source

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// cells are those of a terminal that is not set to an East Asian locale,
// whatever the locale of this one.
var cells = runewidth.Condition{StrictEmojiNeutral: true}

// Width returns how many terminal cells s takes: wide characters take two,
// combining ones none.
func Width(s string) int { return cells.StringWidth(s) }

// Visible returns s with every character that could act on a terminal, a log
// or a page instead of being read there written out as an escape: control and
// format characters (Unicode's Cc and Cf), the line and paragraph separators,
// and bytes that are no UTF-8.
func Visible(s string) string {
	return visible(s, func(string, int) bool { return false })
}

// Inline puts text that was written in lines on one, visible.
func Inline(s string) string { return Visible(strings.Join(strings.Fields(s), " ")) }

// Shorten returns a text of at most so many characters.
func Shorten(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}

// Readable returns what Visible does, but leaves what has work to do where it
// stands, such as a joiner in an emoji or in a word of Persian or Hindi: for pages
// and tables, where it is drawn.
func Readable(s string) string {
	return visible(s, func(s string, at int) bool {
		r, _ := utf8.DecodeRuneInString(s[at:])
		return showsNothing(r) && !InvisibleAt([]byte(s), at)
	})
}

// visible writes out what does not show, unless keep says to keep what is at a
// place.
func visible(s string, keep func(s string, at int) bool) string {
	if !strings.ContainsFunc(s, isInvisible) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == unicode.ReplacementChar && !strings.HasPrefix(s[i:], string(r)):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case !isInvisible(r), keep(s, i):
			b.WriteRune(r)
		default:
			b.WriteString(escape(r))
		}
	}
	return b.String()
}

// Count returns how many there are of something, such as "1 seat" or "2 seats".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Counted returns "no errors", "1 error", "2 errors".
func Counted(n int, noun string) string {
	if n == 0 {
		return "no " + noun + "s"
	}
	return Count(n, noun, noun+"s")
}

// isInvisible includes the replacement character, which is what a byte that is
// no UTF-8 reads as.
func isInvisible(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf) || r == '\u2028' || r == '\u2029' || r == unicode.ReplacementChar
}

func escape(r rune) string {
	switch r {
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	case unicode.ReplacementChar:
		return string(r)
	}
	if r > 0xFFFF {
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}
