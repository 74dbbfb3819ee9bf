package cli

import (
	"errors"
	"fmt"

	"gitlab.com/gitlab-com/alliances/internal/issue"
	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/internal/table"
)

// takeIssue gives the record what the text of an issue says, but for what flags say.
func (n *newRecord) takeIssue() error {
	data, err := n.program.readGiven(n.from, issue.MaxBytes)
	if err != nil {
		return err
	}
	if n.from == "-" {
		n.terminal = nil // what could be answered there has been read
	}
	found, err := issue.Read(data, tableFields(n.schemas, n.Kind))
	for _, lost := range found.Lost {
		fmt.Fprintf(n.program.Stderr, "alliances: %s, line %d: %s\n", n.fromName(), lost.Line, lost.Why)
	}
	switch {
	case errors.Is(err, issue.ErrNoField):
		return fmt.Errorf("%s: %w: write each value below a heading such as %q; `alliances new %s --help` lists what there is to say",
			n.fromName(), err, "## "+n.Fields[0].Title, n.Kind)
	case err != nil:
		return fmt.Errorf("%s: %w", n.fromName(), err)
	}
	return n.take(found)
}

// fromName says where the text of the issue comes from.
func (n *newRecord) fromName() string {
	if n.from == "-" {
		return "standard input"
	}
	return source.Visible(n.from)
}

// take gives the record what an issue says, but for what flags say.
func (n *newRecord) take(found *issue.Issue) error {
	if kind := found.Names[table.KindName]; kind != "" && kind != n.Kind {
		return fmt.Errorf("%s says that it is of the kind %q: `alliances new %s` makes no other", n.fromName(), source.Inline(kind), n.Kind)
	}
	for name, given := range map[string]*string{"partner": &n.partner, "id": &n.id} {
		if *given == "" {
			*given = found.Names[name]
		}
	}
	byFlag := n.Clone()
	for _, value := range found.Values {
		if !byFlag.GivenAbove(value.Path) {
			n.Set(value.Path, value.Value)
		}
	}
	return nil
}
