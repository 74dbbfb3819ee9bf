package issue

import (
	"fmt"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/table"
)

var (
	item = lazy.Pattern(`^[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(.*)$`)
	box  = lazy.Pattern(`^\[([ xX~])\](?:[ \t]+(.*))?$`)
)

// noAnswer is what forms write where nothing was typed.
const noAnswer = "no response"

// text returns what a section says, or "".
func (s *section) text() string {
	lines := slices.Clone(unquoted(s.lines))
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t")
	}
	text := strings.Trim(strings.Join(lines, "\n"), "\n")
	if strings.EqualFold(bare(text), noAnswer) {
		return ""
	}
	return text
}

// answer returns what a section says of a field. Where a field takes some values
// only, or a list, each item is a value, and boxes have to be ticked.
func (s *section) answer(column *table.Column) (table.Answer, error) {
	a := table.Answer{Column: column, Text: s.text()}
	values, areItems := items(a.Text)
	switch f := &column.Field; {
	case f.Items != nil && (areItems || len(values) > 1):
		a.Text, a.Entries = "", values
	case f.Items != nil || !areItems || isFree(f):
	case len(values) > 1:
		return a, fmt.Errorf("it takes one value, and here are %d: %s", len(values), strings.Join(values, "; "))
	default:
		a.Text = strings.Join(values, "")
	}
	return a, nil
}

// isFree reports whether a field holds any text, of which items can be a part.
func isFree(f *schema.Field) bool { return f.Type == "string" && len(f.Choices) == 0 }

// items returns the items of a list, and what stands beside it line by line; of items
// with boxes those that are ticked. areItems tells whether there is a list at all.
func items(text string) (values []string, areItems bool) {
	var all []entry
	wraps := false // whether the line before is an item that goes on
	for line := range strings.SplitSeq(text, "\n") {
		match := item().FindStringSubmatch(line)
		switch value := strings.TrimSpace(line); {
		case match != nil:
			areItems, wraps = true, true
			all = append(all, newEntry(match[1]))
		case value == "":
			wraps = false
		case wraps && line != value:
			all[len(all)-1].text += " " + value
		default:
			all = append(all, entry{value, true})
		}
	}
	for _, e := range all {
		if e.counts {
			values = append(values, e.text)
		}
	}
	return values, areItems
}

// An entry is an item, or a line beside one.
type entry struct {
	text   string
	counts bool // it does not with a box that is not ticked
}

func newEntry(text string) entry {
	match := box().FindStringSubmatch(text)
	if match == nil {
		return entry{strings.TrimSpace(text), true}
	}
	return entry{strings.TrimSpace(match[2]), strings.EqualFold(match[1], "x")}
}
