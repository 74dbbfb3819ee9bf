package source

import "strings"

// Wrap returns text with its lines broken between words so that none takes more
// cells than width, as far as words are that short. A line that goes on begins
// like the line that it goes on from, with the same spaces.
func Wrap(text string, width int) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		kept := strings.TrimRight(line, "\n")
		out.WriteString(wrapLine(kept, width))
		out.WriteString(line[len(kept):])
	}
	return out.String()
}

func wrapLine(line string, width int) string {
	if Width(line) <= width {
		return line
	}
	indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
	var out strings.Builder
	out.WriteString(indent)
	at := 0 // in cells, behind the indent
	for i, word := range strings.Fields(line) {
		length := Width(word)
		switch {
		case i == 0:
		case len(indent)+at+1+length > width:
			out.WriteString("\n" + indent)
			at = 0
		default:
			out.WriteByte(' ')
			at++
		}
		out.WriteString(word)
		at += length
	}
	return out.String()
}
