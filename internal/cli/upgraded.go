package cli

import (
	"fmt"
	"io"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/scaffold"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// outcomes says of each kind of step, in their order, what became of the files.
var outcomes = []string{
	scaffold.Noted:       "",
	scaffold.Added:       "New",
	scaffold.Replaced:    "Replaced, since nobody had edited it",
	scaffold.Merged:      "Merged with what you edited",
	scaffold.Removed:     "Removed, since nobody had edited it, and this version has it no more",
	scaffold.LeftDeleted: "Left out, since you deleted it",
	scaffold.LeftEdited:  "Left as you edited it, although this version has it no more",
	scaffold.Conflict:    "In conflict, since you and this version changed the same lines",
	scaffold.Clash:       "In conflict, since this version brings a file where you have one of your own",
	scaffold.Unknown:     "In conflict, since git does not know what it said before you edited it",
}

// tellUpgrade says what becomes of which files.
func tellUpgrade(out io.Writer, u *scaffold.Upgrade) error {
	var b strings.Builder
	for kind, outcome := range outcomes {
		lines := linesOf(u, scaffold.Kind(kind))
		if outcome != "" && len(lines) > 0 {
			fmt.Fprintf(&b, "\n%s\n  %s\n", outcome, strings.Join(lines, "\n  "))
		}
	}
	end := "\n"
	if b.Len() == 0 {
		end = ": there is nothing to do.\n"
	}
	_, err := fmt.Fprintf(out, "From %s to %s%s%s", source.Visible(u.From.Version), u.To.Version, end, b.String())
	return err
}

// linesOf names the files of a kind, and the lines at which they are in conflict.
func linesOf(u *scaffold.Upgrade, kind scaffold.Kind) (lines []string) {
	for i := range u.Steps {
		s := &u.Steps[i]
		switch {
		case s.Kind != kind:
		case len(s.Marks) == 0:
			lines = append(lines, source.Visible(s.Path))
		default:
			for _, mark := range s.Marks {
				lines = append(lines, fmt.Sprintf("%s:%d", source.Visible(s.Path), mark))
			}
		}
	}
	return lines
}
