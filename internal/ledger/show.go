package ledger

import (
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// maxShown is how many characters of a value are shown.
const maxShown = 120

// Show returns a value on one line: "none" where there is none, and of long
// texts and of lists of more than names their beginning or their number.
func Show(n *record.Node) string {
	switch {
	case n == nil:
		return "none"
	case n.IsScalar():
		return shorten(source.Inline(n.Text))
	case n.Kind == record.Map:
		return source.Count(len(n.Fields), "field", "fields")
	}
	var items []string
	for _, item := range n.Items {
		if !item.IsScalar() {
			return source.Count(len(n.Items), "entry", "entries")
		}
		items = append(items, Show(item))
	}
	if len(items) == 0 {
		return "none"
	}
	return shorten(strings.Join(items, ", "))
}

func shorten(text string) string {
	runes := []rune(text)
	if len(runes) <= maxShown {
		return text
	}
	return string(runes[:maxShown]) + "…"
}
