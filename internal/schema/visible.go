package schema

import (
	"regexp"
	"regexp/syntax"
	"slices"
)

// Schemas keep characters that do not show out of addresses by a pattern that lists
// them. Most addresses are ASCII: not to ask it of these saves a quarter of the time that
// a right record takes.

const firstVisible, lastVisible = '!', '~' // of ASCII

// takesVisible reports whether a pattern is `^[...]+$` with all visible ASCII in its
// brackets, so that every text of it matches.
func takesVisible(pattern *regexp.Regexp) bool {
	whole, err := syntax.Parse(pattern.String(), syntax.Perl)
	if err != nil || whole.Op != syntax.OpConcat || len(whole.Sub) != 3 {
		return false
	}
	begin, some, end := whole.Sub[0], whole.Sub[1], whole.Sub[2]
	if begin.Op != syntax.OpBeginText || some.Op != syntax.OpPlus || some.Sub[0].Op != syntax.OpCharClass || end.Op != syntax.OpEndText {
		return false
	}
	for ends := range slices.Chunk(some.Sub[0].Rune, 2) {
		if ends[0] <= firstVisible && ends[1] >= lastVisible {
			return true
		}
	}
	return false
}

// isVisible reports whether a text is visible ASCII, and not empty.
func isVisible(text string) bool {
	for i := range len(text) {
		if text[i] < firstVisible || text[i] > lastVisible {
			return false
		}
	}
	return text != ""
}
