package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/fix"
	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/internal/table"
)

// tell says what is wrong, row by row, and reports whether that is in the way.
func (m *imported) tell(w io.Writer) (inTheWay bool) {
	rows := map[int]bool{}
	for _, problem := range m.problems {
		where := fmt.Sprintf("%s, row %d", source.Visible(m.file), problem.row)
		if c := problem.column; c != nil {
			where += fmt.Sprintf(", %s (cell %s)", source.Visible(c.Heading), table.CellName(c.Index, problem.row))
		}
		fmt.Fprintf(w, "%s: %s\n", where, visibleLines(problem.message))
		if !problem.warning {
			inTheWay, rows[problem.row] = true, true
		}
	}
	if inTheWay {
		fmt.Fprintf(w, "\nalliances: nothing was written: %s of %d to be put right\n", source.Counted(len(rows), "row"), len(m.sheet.Rows))
	}
	return inTheWay
}

// tellWritten says what was written, or would be.
func (m *imported) tellWritten(w io.Writer) error {
	var written, changed int
	var b strings.Builder
	for _, r := range m.rows {
		switch {
		case r.after == nil && r.before == nil:
			fmt.Fprintf(&b, "row %d: %s is there already, and was left as it is\n", r.row.Number, r.path)
		case r.before != nil && r.after != nil:
			changed++
		case r.after != nil:
			written++
		}
	}
	would := ""
	if m.flags.dryRun {
		would = "would be "
	}
	fmt.Fprintf(&b, "%s %swritten", source.Counted(written, "record"), would)
	if m.flags.update {
		fmt.Fprintf(&b, ", %d changed", changed)
	}
	b.WriteString(".\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// write writes the records, or says how far it came.
func (m *imported) write(ctx context.Context) error {
	var changes []fix.Change
	for _, r := range m.rows {
		if r.after != nil {
			changes = append(changes, fix.Change{Path: r.path, Before: r.before, After: r.after})
		}
	}
	return m.space.apply(ctx, changes)
}
