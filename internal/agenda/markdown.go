package agenda

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
	"gitlab.com/gitlab-com/alliances/internal/markdown"
)

// maxMarkdown is how many bytes the tables may take: GitLab takes an issue's
// description of 1,048,576 characters.
const maxMarkdown = 950_000

// writeMarkdown writes an agenda for GitLab: a table for each time. Every line that
// holds what a record says begins with a vertical line, so that none is one of
// GitLab's quick actions, and handles are code, so that nobody is mentioned.
func writeMarkdown(w io.Writer, a *Agenda, o Options) error {
	fmt.Fprintf(w, "**%s.**\n", markdown.Inert(a.summary()))
	room := maxMarkdown
	left := 0
	a.each(func(heading string, items []Item) {
		if room > 0 {
			fmt.Fprintf(w, "\n### %s\n\n| day | what | what to do | who |\n| --- | --- | --- | --- |\n", heading)
		}
		for i := range items {
			row := items[i].row(o)
			if room -= len(row); room < 0 {
				left += len(items) - i
				break
			}
			io.WriteString(w, row)
		}
	})
	if left > 0 {
		fmt.Fprintf(w, "\nThere is no room here for %d further things.\n", left)
	}
	return nil
}

// row is an item as a row of a table.
func (i *Item) row(o Options) string {
	path := markdown.Cell("`" + strings.ReplaceAll(i.Path, "`", "'") + "`")
	if o.Link != "" {
		path = markdown.Link(path, o.Link+markdown.PathURL(i.Path))
	}
	when := i.Day
	if when != "" {
		when += "<br>" + i.Distance()
	}
	what := []string{markdown.Cell(i.matter()), path}
	if i.Summary != "" {
		what = slices.Insert(what, 1, markdown.Cell(i.Summary))
	}
	return fmt.Sprintf("| %s | %s | %s | %s |\n", when, strings.Join(what, "<br>"), i.todo(), markdown.Cell(strings.Join(i.Leads, " ")))
}

// todo is what to do about an item, in a cell.
func (i *Item) todo() string {
	var lines []string
	for _, step := range i.Steps {
		lines = append(lines, markdown.Link(markdown.Cell(step.Text), linkable(step.Link)))
		for _, input := range step.Enter {
			lines = append(lines, markdown.Cell(input.Name+": "+input.Value))
		}
	}
	if i.Section != "" {
		lines = append(lines, "(handbook: "+markdown.Cell(i.Section)+")")
	}
	return strings.Join(lines, "<br>")
}

// linkAddress is an address that ends no link and no cell, and holds no entity.
var linkAddress = lazy.Pattern(`^https://[0-9A-Za-z._~:/?#@!$&'*+,=%-]+$`)

// linkable returns an address that can be linked, "" for any other.
func linkable(address string) string {
	if !linkAddress().MatchString(address) {
		return ""
	}
	return address
}
