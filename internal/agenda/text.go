package agenda

import (
	"fmt"
	"io"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// writeText writes an agenda for a person.
func writeText(w io.Writer, a *Agenda, _ Options) error {
	fmt.Fprintf(w, "%s.\n", source.Visible(a.summary()))
	a.each(func(heading string, items []Item) {
		fmt.Fprintf(w, "\n%s\n", heading)
		for i := range items {
			items[i].writeText(w)
		}
	})
	return nil
}

func (i *Item) writeText(w io.Writer) {
	when := ""
	if i.Day != "" {
		when = fmt.Sprintf("%s, %s: ", i.Day, i.Distance())
	}
	fmt.Fprintf(w, "  %s%s\n", when, source.Visible(i.matter()))
	if i.Summary != "" {
		fmt.Fprintf(w, "    %s\n", source.Visible(i.Summary))
	}
	fmt.Fprintf(w, "    %s", source.Visible(i.Path))
	if i.Section != "" {
		fmt.Fprintf(w, " (handbook: %s)", source.Visible(i.Section))
	}
	fmt.Fprintln(w)
	for _, step := range i.Steps {
		fmt.Fprintf(w, "    - %s\n", source.Visible(step.Text))
		if step.Link != "" {
			fmt.Fprintf(w, "      %s\n", source.Visible(step.Link))
		}
		for _, input := range step.Enter {
			fmt.Fprintf(w, "      %s: %s\n", source.Visible(input.Name), source.Visible(input.Value))
		}
	}
}
