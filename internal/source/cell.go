package source

import (
	"regexp"
	"strings"
)

// otherCell is where a spreadsheet that separates cells with semicolons would
// begin another one with a formula.
var otherCell = regexp.MustCompile(`(; *)([=+@-])`)

// Cell returns a text for a cell of a table that a spreadsheet opens: Readable,
// and with an apostrophe in front of what would be taken for a formula (OWASP,
// CSV injection), so that the text is shown.
func Cell(text string) string {
	text = otherCell.ReplaceAllString(Readable(text), "$1'$2")
	trimmed := strings.TrimLeft(text, " ")
	if trimmed != "" && strings.ContainsRune("=+-@＝＋－＠|%", []rune(trimmed)[0]) {
		return "'" + text
	}
	return text
}
