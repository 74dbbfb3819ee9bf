package policy

import (
	"net/url"
	"strings"
	"unicode"
)

// sectionURL returns the address of a section of the handbook, or "" where the
// handbook's data has none, or the section no name.
func (e Edition) sectionURL(section string) string {
	page := e.Text("url")
	if page == "" || section == "" {
		return ""
	}
	return page + "#" + url.PathEscape(anchor(section))
}

// anchor returns the fragment under which the handbook's generator shows a
// heading: in lower case, with hyphens for blanks and without punctuation.
func anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			return r
		}
		return -1
	}, strings.ToLower(heading))
}
