// Package terminal holds the escape sequences (ECMA-48) that terminals and the
// logs of jobs understand.
package terminal

// A Style is a way to write text: the sequence that begins it.
type Style string

// Styles that text is written in.
const (
	Bold       Style = "\x1b[1m"
	Dim        Style = "\x1b[2m"
	Red        Style = "\x1b[31m"
	Green      Style = "\x1b[32m"
	Cyan       Style = "\x1b[36m"
	BoldRed    Style = "\x1b[1;31m"
	BoldYellow Style = "\x1b[1;33m"
)

// plain is the sequence that ends every style.
const plain = "\x1b[0m"

// RestartLine is the sequence that goes back to the start of the line and
// clears it.
const RestartLine = "\r\x1b[K"

// Paint returns text in the style.
func (s Style) Paint(text string) string { return string(s) + text + plain }
