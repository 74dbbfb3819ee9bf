package chronicle

import (
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/fill"
	"gitlab.com/gitlab-com/alliances/internal/ledger"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// sentence says what is in force at a path of the handbook, in the handbook's own
// words where it has some.
func sentence(book policy.Edition, path []string, value *record.Node) string {
	place := strings.Join(path, ".")
	template, name := words(book, path)
	switch {
	case template != "":
		filled, _ := fill.Text(template, func(placeholder string) (string, bool) {
			switch placeholder {
			case "value":
				return ledger.Show(value), true
			case "name":
				return name, true
			}
			return "{" + placeholder + "}", false
		})
		return filled
	case value != nil && value.Kind == record.Map:
		return "the handbook has " + place
	}
	return "the handbook's " + place + " is " + ledger.Show(value)
}

// words returns the handbook's words for what is at a path: those for the path
// itself, or for one with an asterisk in the place of a name.
func words(book policy.Edition, path []string) (template, name string) {
	if template = book.Text("words", strings.Join(path, ".")); template != "" {
		return template, ""
	}
	for i, name := range path {
		like := slices.Clone(path)
		like[i] = "*"
		if template = book.Text("words", strings.Join(like, ".")); template != "" {
			return template, name
		}
	}
	return "", ""
}
