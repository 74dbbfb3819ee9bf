package profile

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// writeText writes a profile for a person.
func writeText(w io.Writer, p *Profile, o Options) error {
	p.writeRecord(w, o.Schemas)
	if err := p.writeFindings(w, o); err != nil {
		return err
	}
	p.writeSteps(w)
	return nil
}

// writeRecord writes what the record says, and what follows from it.
func (p *Profile) writeRecord(w io.Writer, schemas *schema.Set) {
	fmt.Fprintf(w, "%s: %s\n%s\n\n", p.Title, source.Visible(p.Partner), source.Visible(p.Path))
	t := &textWriter{w, p, schemas}
	t.fields(p.Record, nil)
	fmt.Fprintf(w, "\nOn %s\n", p.AsOf)
	for _, line := range p.facts() {
		fmt.Fprintf(w, "  %s\n", source.Visible(line))
	}
}

// facts says what follows from the record.
func (p *Profile) facts() []string {
	var lines []string
	if p.State.Stage != "" {
		lines = append(lines, strings.TrimSuffix(p.State.Stage+" "+p.State.Detail, " "))
	}
	if p.State.WaitsFor != "" {
		lines = append(lines, "waits for "+p.State.WaitsFor)
	}
	if p.Seats != nil {
		line := fmt.Sprintf("seats of %s in use: %d", p.Partner, p.Seats.InUse)
		if p.Seats.Cap > 0 {
			line += fmt.Sprintf(" of %d", p.Seats.Cap)
		}
		lines = append(lines, line)
	}
	for _, held := range p.Holds {
		lines = append(lines, fmt.Sprintf("%s: %d", held.Title, held.Count))
	}
	if len(lines) == 0 {
		lines = []string{"nothing follows from it"}
	}
	return lines
}

// writeFindings writes what is wrong with the record.
func (p *Profile) writeFindings(w io.Writer, o Options) error {
	if len(p.Findings) == 0 {
		fmt.Fprintln(w, "\nNothing is wrong with it.")
	} else {
		fmt.Fprint(w, "\nWhat is wrong with it\n\n")
		if err := o.Findings(w, p.Findings); err != nil {
			return err
		}
	}
	if err := p.writeWaived(w, o); err != nil {
		return err
	}
	if p.Partial {
		fmt.Fprintln(w, "\nIt was not compared with all other partners; `alliances validate` does that.")
	}
	return nil
}

// writeWaived writes what does not count, and why.
func (p *Profile) writeWaived(w io.Writer, o Options) error {
	isWaiver := p.Kind == layout.WaiverKind
	switch {
	case len(p.Waived) == 0 && isWaiver:
		fmt.Fprintln(w, "\nIt waives nothing.")
		return nil
	case len(p.Waived) == 0:
		return nil
	case isWaiver:
		fmt.Fprint(w, "\nWhat it waives\n\n")
	default:
		fmt.Fprint(w, "\nWhat is waived\n\n")
	}
	return o.Waived(w, p.Waived)
}

// writeSteps writes what is to be done next, if anything.
func (p *Profile) writeSteps(w io.Writer) {
	if len(p.Steps) == 0 {
		return
	}
	fmt.Fprint(w, "\nWhat comes next")
	if p.Section != "" {
		fmt.Fprintf(w, " (handbook: %s)", source.Visible(p.Section))
	}
	fmt.Fprintln(w)
	for i, step := range p.Steps {
		fmt.Fprintf(w, "  %d. %s\n", i+1, source.Visible(step.Text))
		if step.Link != "" {
			fmt.Fprintf(w, "     %s\n", source.Visible(step.Link))
		}
		for _, input := range step.Enter {
			fmt.Fprintf(w, "     %s: %s\n", source.Visible(input.Name), source.Visible(input.Value))
		}
	}
}

type textWriter struct {
	w       io.Writer
	p       *Profile
	schemas *schema.Set
}

// fields writes the values of an object, a line each, with the names that people
// have for them.
func (t *textWriter) fields(n *record.Node, path []string) {
	for i := range n.Fields {
		if field := n.Fields[i]; len(path) > 0 || field.Key != "kind" {
			t.value(field.Value, append(path[:len(path):len(path)], field.Key))
		}
	}
}

func (t *textWriter) value(n *record.Node, path []string) {
	indent := strings.Repeat("  ", len(path))
	title := t.schemas.Title(t.p.Kind, path)
	switch {
	case n.IsScalar():
		fmt.Fprintf(t.w, "%s%s: %s\n", indent, source.Visible(title), source.Inline(n.Text))
	case n.Kind == record.Map:
		fmt.Fprintf(t.w, "%s%s\n", indent, source.Visible(title))
		t.fields(n, path)
	case n.Kind == record.List && allScalars(n):
		fmt.Fprintf(t.w, "%s%s: %s\n", indent, source.Visible(title), source.Visible(strings.Join(texts(n), ", ")))
	default:
		fmt.Fprintf(t.w, "%s%s\n", indent, source.Visible(title))
		for i, item := range n.Items {
			t.value(item, append(path[:len(path):len(path)], strconv.Itoa(i)))
		}
	}
}

func allScalars(n *record.Node) bool {
	for _, item := range n.Items {
		if !item.IsScalar() {
			return false
		}
	}
	return true
}
