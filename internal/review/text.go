package review

import (
	"fmt"
	"io"
	"path"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/ledger"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// writeText writes a line that sums up, and below it each partner.
func writeText(w io.Writer, r *Review, _ Options) error {
	fmt.Fprintf(w, "%s.\n", source.Visible(r.summary()))
	r.writePartners(w)
	if r.Rules != nil {
		r.Rules.writeText(w)
	}
	return nil
}

// writePartners writes what happens to the records, partner by partner.
func (r *Review) writePartners(w io.Writer) {
	for _, p := range r.Partners {
		fmt.Fprintf(w, "\n%s (%s)\n", source.Visible(p.Name), source.Visible(path.Join(layout.Partners, p.Folder)))
		for _, c := range p.Changes {
			for _, event := range c.Events {
				fmt.Fprintf(w, "  %s %s%s\n", source.Visible(p.below(c.Path)), event.Verb, prefixed(": ", event.Text))
			}
			if c.Seats != nil {
				fmt.Fprintf(w, "    %s.\n", c.Seats.text())
			}
		}
	}
	if len(r.Others) > 0 {
		fmt.Fprintln(w, "\nOther files in partners/")
	}
	for _, name := range r.Others {
		fmt.Fprintf(w, "  %s\n", source.Visible(name))
	}
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + source.Visible(text)
}

func (r *RuleChanges) writeText(w io.Writer) {
	fmt.Fprintln(w, "\nWhat judges the records")
	for _, turn := range r.Handbook {
		if turn.Text != "" {
			fmt.Fprintf(w, "  handbook: %s\n", source.Visible(turn.Text))
			continue
		}
		fmt.Fprintf(w, "  handbook %s: %s → %s\n", source.Visible(strings.Join(turn.Path, ".")), ledger.Show(turn.Before), ledger.Show(turn.After))
	}
	for _, p := range r.Schemas {
		fmt.Fprintf(w, "  schema %s: %s\n", source.Visible(p.Name), p.Change)
	}
	for _, p := range r.Rules {
		fmt.Fprintf(w, "  rule %s: %s\n", source.Visible(p.Name), p.Change)
	}
	if r.Problem != "" {
		fmt.Fprintf(w, "  What this does to the records is not known: %s\n", source.Visible(r.Problem))
		return
	}
	for _, f := range r.Invalid {
		fmt.Fprintf(w, "  becomes wrong: %s:%d: %s [%s]\n", source.Visible(f.File), f.Span.Start.Line, f.Message, f.Rule)
	}
	for _, file := range r.Valid {
		fmt.Fprintf(w, "  becomes right: %s\n", source.Visible(file))
	}
	if len(r.Invalid)+len(r.Valid) == 0 {
		fmt.Fprintln(w, "  Every record that was right stays right.")
	}
}
