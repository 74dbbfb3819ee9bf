// Package markdowntest reads Markdown as its readers do, for tests of what
// writes it.
package markdowntest

import "strings"

// Prose has nothing with a meaning to Markdown or GitLab.
const Prose = `[\pL\pM\pN□ ,;.:()"'“”‘’?…–—→-]*`

// ReadCode returns a line of Markdown without its code, and what is shown of
// the line, code and all; both as CommonMark (section 6.1) has it.
func ReadCode(line string) (outside, shown string) {
	for line != "" {
		before, rest, found := strings.Cut(line, "`")
		outside, shown = outside+before, shown+before
		if !found {
			break
		}
		length := 1 + len(rest) - len(strings.TrimLeft(rest, "`"))
		rest = strings.TrimLeft(rest, "`")
		end := closing(rest, length)
		if end < 0 {
			outside, shown = outside+strings.Repeat("`", length), shown+strings.Repeat("`", length)
			line = rest
			continue
		}
		code := rest[:end]
		if strings.HasPrefix(code, " ") && strings.HasSuffix(code, " ") && strings.Trim(code, " ") != "" {
			code = code[1 : len(code)-1]
		}
		outside, shown = outside+"□", shown+code
		line = rest[end+length:]
	}
	return outside, shown
}

// closing returns where as many backticks stand together, or -1.
func closing(text string, length int) int {
	for i := 0; i < len(text); i++ {
		run := len(text[i:]) - len(strings.TrimLeft(text[i:], "`"))
		if run == length {
			return i
		}
		i += run
	}
	return -1
}
