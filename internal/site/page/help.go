package page

import (
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
)

// A paragraph is a part of a command's help: prose, or code that stands apart.
type paragraph struct {
	Code bool
	Text string
}

// paragraphs returns the paragraphs of a command's help.
func paragraphs(help string) []paragraph {
	var all []paragraph
	for text := range strings.SplitSeq(strings.Trim(help, "\n"), "\n\n") {
		isCode := strings.HasPrefix(text, " ") || strings.HasPrefix(text, "\t")
		if isCode {
			text = unindented(text)
		}
		all = append(all, paragraph{isCode, text})
	}
	return all
}

// unindented returns lines of code without what all of them begin with.
func unindented(code string) string {
	lines := strings.Split(strings.Trim(code, "\n"), "\n")
	indent := lines[0][:len(lines[0])-len(strings.TrimLeft(lines[0], " \t"))]
	for i := range lines {
		lines[i] = strings.TrimPrefix(lines[i], indent)
	}
	return strings.Join(lines, "\n")
}

// flagName matches the name of a flag within a sentence.
var flagName = lazy.Pattern(`--[a-z][a-z-]*`)

// helpProse takes apart a text of a command's help, in which flags are code as well.
func helpProse(text string) []stretch {
	var all []stretch
	for _, s := range prose(text) {
		if s.Apart {
			all = append(all, s)
		} else {
			all = append(all, apart(s.Text, flagName())...)
		}
	}
	return all
}
