package lsp

import (
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
)

// A spot is where in a record somebody types, as the lines around it tell. They are
// read one by one, since a text is hardly ever a record while it is typed.
type spot struct {
	path    []string // of the object, or of the entry of a list, that is typed in; "0" stands for any entry
	key     string   // the field whose value is typed; "" where that may be its name
	word    string   // what is typed of it so far
	column  int      // where its line begins, without what it has of a list's dashes
	present []string // the names of the fields that the object has
}

// A token is a dash of a list, or the name of a field with what is behind it.
type token struct {
	column     int
	dash       bool
	key, value string // key is "" of a value alone
}

var (
	dashes = lazy.Pattern(`^\s*(?:-(?:\s+|$))*`)
	named  = lazy.Pattern(`^([^\s#:'"\[\]{}][^:]*|"[^"]*"|'[^']*'):(?:\s+(.*))?$`)
)

// tokensOf returns the tokens of a line: none where it is blank or a comment.
func tokensOf(line string) (tokens []token) {
	begin := dashes().FindString(line)
	for i, c := range begin {
		if c == '-' {
			tokens = append(tokens, token{column: i, dash: true})
		}
	}
	rest := line[len(begin):]
	last := token{column: len(begin), value: rest}
	if found := named().FindStringSubmatch(rest); found != nil {
		last.key, last.value = strings.Trim(found[1], `"'`), found[2]
	}
	if rest == "" || rest[0] == '#' {
		return tokens
	}
	return append(tokens, last)
}

// spotOf returns where somebody types who has written so much of a line, which counts
// from 0.
func spotOf(lines []string, number int, before string) spot {
	here := tokensOf(before)
	own := token{column: len(before)}
	if last := len(here) - 1; last >= 0 && !here[last].dash {
		own, here = here[last], here[:last]
	}
	var above, below []token // from here on
	for _, line := range lines[:min(number, len(lines))] {
		above = append(above, tokensOf(line)...)
	}
	above = append(above, here...)
	slices.Reverse(above)
	for _, line := range lines[min(number+1, len(lines)):] {
		below = append(below, tokensOf(line)...)
	}
	return spot{
		path: pathTo(above, own.column), key: own.key, word: own.value, column: own.column,
		present: slices.Concat(beside(above, own.column), beside(below, own.column)),
	}
}

// pathTo returns the path of what a column is in, by the tokens above it, the nearest
// first. The dashes of a list may be below the name that it goes by.
func pathTo(above []token, column int) (path []string) {
	inList := false
	for _, t := range above {
		switch {
		case t.dash && t.column < column:
			path = append(path, "0")
		case t.key != "" && (t.column < column || t.column == column && inList):
			path = append(path, t.key)
		default:
			continue
		}
		column, inList = t.column, t.dash
	}
	slices.Reverse(path)
	return path
}

// beside returns the names that begin in a column, as far as nothing begins in front
// of it.
func beside(tokens []token, column int) (names []string) {
	for _, t := range tokens {
		switch {
		case t.column < column:
			return names
		case t.column == column && t.key != "":
			names = append(names, t.key)
		}
	}
	return names
}
