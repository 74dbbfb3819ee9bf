package policy

import (
	"cmp"
	"net/url"
	"strings"
	"unicode"
)

// Heading returns what the handbook calls a section that rules, schemas and steps
// name: the same, unless its data has another heading for it.
func (e Edition) Heading(section string) string {
	return cmp.Or(e.Text("sections", section), section)
}

// sectionURL returns the address of what is below a heading of the handbook, or ""
// where the handbook's data has none, or there is no heading.
func (e Edition) sectionURL(heading string) string {
	page := e.Text("url")
	if page == "" || heading == "" {
		return ""
	}
	return page + "#" + url.PathEscape(anchor(heading))
}

// anchor returns the fragment under which the handbook's generator shows a
// heading: in lower case, without punctuation and with a hyphen for each blank, which
// makes several in a row where punctuation stood between two. GitLab makes that one.
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
