package ledger

import (
	"fmt"
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
		return shorten(source.Visible(strings.Join(strings.Fields(n.Text), " ")))
	case n.Kind == record.Map:
		return counted(len(n.Fields), "field", "fields")
	}
	var items []string
	for _, item := range n.Items {
		if !item.IsScalar() {
			return counted(len(n.Items), "entry", "entries")
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

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
