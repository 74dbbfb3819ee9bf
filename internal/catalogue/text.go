package catalogue

import (
	"fmt"
	"io"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/internal/terminal"
)

func writeText(w io.Writer, c *Catalogue, o Options) error {
	if c.one {
		o.explain(w, &c.Rules[0])
		return nil
	}
	width := 0
	for _, r := range c.Rules {
		width = max(width, len(r.ID))
	}
	for i, group := range c.groups() {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintln(w, o.paint(terminal.Bold, group[0].Kind))
		for _, r := range group {
			fmt.Fprintf(w, "  %s  %-*s  %s\n", o.severity(r.Severity, len(finding.Warning)), width, r.ID, source.Inline(r.Title))
		}
	}
	return nil
}

// explain writes all there is to say of a rule, in the form of a finding.
func (o *Options) explain(w io.Writer, r *Explanation) {
	fmt.Fprintf(w, "%s: %s %s\n\n", o.severity(r.Severity, 0), o.paint(terminal.Bold, source.Inline(r.Title)), o.paint(terminal.Dim, "["+r.ID+"]"))
	fmt.Fprintf(w, "  %s\n\n", source.Inline(r.Description))
	fmt.Fprintf(w, "  To put it right: %s\n", source.Inline(r.Help))
	if r.Handbook != "" {
		fmt.Fprintf(w, "  Handbook: %s\n", source.Inline(r.Handbook)+prefixed(", ", source.Inline(r.HandbookURL)))
	}
	for _, number := range r.Numbers {
		fmt.Fprintf(w, "  In force: %s\n", source.Inline(number.Text))
	}
	if r.Waivable {
		fmt.Fprintf(w, "  Exceptions: %s\n", exceptions)
	}
	for i := range r.Waivers {
		fmt.Fprintf(w, "    %s: %s\n", source.Visible(r.Waivers[i].File), allowed(&r.Waivers[i]))
	}
	if r.File != "" {
		fmt.Fprintf(w, "  Rule: %s\n", source.Visible(r.File))
	} else {
		fmt.Fprintln(w, "  Rule: built into the validator")
	}
	for _, e := range r.Examples() {
		fmt.Fprintf(w, "\n%s\n", o.paint(terminal.Bold, e.Title))
		for _, path := range e.Paths() {
			fmt.Fprintf(w, "\n  %s\n", o.paint(terminal.Dim, source.Visible(path)))
			for _, line := range e.Lines(path) {
				fmt.Fprintln(w, strings.TrimRight("    "+line, " "))
			}
		}
	}
}

// exceptions is what there is to say of a rule that can be waived.
const exceptions = "it can be waived for a record, by a record in waivers/."

// allowed says who allowed what a waiver allows, until when and why.
func allowed(w *finding.Waiver) string {
	until := ""
	if w.Until != "" {
		until = ", until " + source.Inline(w.Until)
	}
	return fmt.Sprintf("by %s on %s%s: %s", source.Inline(w.By), source.Inline(w.On), until, source.Inline(w.Reason))
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

// severity returns a severity, with blanks behind it up to width.
func (o *Options) severity(s finding.Severity, width int) string {
	style := terminal.BoldYellow
	if s == finding.Error {
		style = terminal.BoldRed
	}
	return o.paint(style, string(s)) + strings.Repeat(" ", max(0, width-len(s)))
}

func (o *Options) paint(style terminal.Style, text string) string {
	if !o.Color {
		return text
	}
	return style.Paint(text)
}
