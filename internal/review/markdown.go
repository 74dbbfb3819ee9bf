package review

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/ledger"
	"gitlab.com/gitlab-com/alliances/internal/markdown"
)

// maxMarkdown is how many bytes the tables may take: GitLab takes a comment of
// 1,000,000 characters.
const maxMarkdown = 950_000

// writeMarkdown writes a line that sums up, and below it a table for each
// partner.
func writeMarkdown(w io.Writer, r *Review, o Options) error {
	fmt.Fprintf(w, "**%s.**\n", markdown.Inert(r.summary()))
	room := maxMarkdown
	for i := range r.Partners {
		table := o.table(&r.Partners[i])
		if room -= len(table); room < 0 {
			fmt.Fprintf(w, "\nThere is no room here for %d further partners.\n", len(r.Partners)-i)
			break
		}
		io.WriteString(w, table)
	}
	if len(r.Others) > 0 && room > 0 {
		fmt.Fprint(w, "\n### Other files in partners/\n\n")
		var lines []string
		for _, name := range r.Others {
			lines = append(lines, markdown.Inert("`"+strings.ReplaceAll(name, "`", "'")+"`"))
		}
		room = list(w, lines, room)
	}
	if r.Rules != nil {
		o.rules(w, r.Rules, room)
	}
	return nil
}

// table is a heading and a row for each thing that happened.
func (o *Options) table(p *PartnerReview) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n### %s\n\n| record | what | in words |\n| --- | --- | --- |\n", markdown.Inert(p.Name))
	for _, c := range p.Changes {
		for i, event := range c.Events {
			words := markdown.Cell(event.Text)
			if i == len(c.Events)-1 && c.Seats != nil {
				words += "<br>" + markdown.Cell(c.Seats.text()) + "."
			}
			record := o.link(p, c, event.Line)
			if i == 0 {
				record += o.history(c)
			}
			fmt.Fprintf(&b, "| %s | **%s** | %s |\n", record, event.Verb, strings.TrimPrefix(words, "<br>"))
		}
	}
	return b.String()
}

// link names a record, and leads to the line that an event is about: of a
// deleted record, to what it was.
func (o *Options) link(p *PartnerReview, c RecordReview, line int) string {
	text := markdown.Cell("`" + strings.ReplaceAll(p.below(c.Path), "`", "'") + "`")
	base := o.HeadLink
	if c.Deleted {
		base = o.BaseLink
	}
	if base == "" {
		return text
	}
	return markdown.Link(text, fmt.Sprintf("%s%s#L%d", base, markdown.PathURL(c.Path), max(1, line)))
}

// history leads to what happened to a record before, if it was there.
func (o *Options) history(c RecordReview) string {
	if o.HistoryLink == "" || c.Before == nil {
		return ""
	}
	return " (" + markdown.Link("history", o.HistoryLink+markdown.PathURL(cmp.Or(c.Was, c.Path))) + ")"
}

// rules writes what becomes of the rules, as far as there is room.
func (o *Options) rules(w io.Writer, r *RuleChanges, room int) {
	fmt.Fprint(w, "\n### What judges the records\n\n")
	var lines []string
	for _, turn := range r.Handbook {
		if turn.Text != "" {
			lines = append(lines, "handbook: "+markdown.Inert(turn.Text))
			continue
		}
		lines = append(lines, fmt.Sprintf("handbook, %s: %s → %s", markdown.Inert(strings.Join(turn.Path, ", ")),
			markdown.Inert(ledger.Show(turn.Before)), markdown.Inert(ledger.Show(turn.After))))
	}
	for _, p := range r.Schemas {
		lines = append(lines, "schema "+markdown.Code(p.Name)+": "+p.Change)
	}
	for _, p := range r.Rules {
		lines = append(lines, "rule "+markdown.Code(p.Name)+": "+p.Change)
	}
	if r.Problem != "" {
		lines = append(lines, "What this does to the records is not known: "+markdown.Inert(r.Problem))
	}
	for _, f := range r.Invalid {
		place := markdown.Inert(fmt.Sprintf("`%s:%d`", f.File, f.Span.Start.Line))
		lines = append(lines, fmt.Sprintf("**becomes wrong**: %s: %s (%s)", place, markdown.Inert(f.Message), markdown.Code(f.Rule)))
	}
	for _, file := range r.Valid {
		lines = append(lines, "**becomes right**: "+markdown.Inert("`"+file+"`"))
	}
	list(w, lines, room)
}

// list writes as many lines as there is room for, and returns what is left.
func list(w io.Writer, lines []string, room int) int {
	for i, line := range lines {
		if room -= len(line) + len("- \n"); room < 0 {
			fmt.Fprintf(w, "\nThere is no room here for %d further lines.\n", len(lines)-i)
			break
		}
		fmt.Fprintf(w, "- %s\n", line)
	}
	return room
}
