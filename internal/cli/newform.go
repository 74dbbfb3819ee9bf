package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/form"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// A leaf is a field that one asks for: it has no fields of fixed names below it.
type leaf struct {
	path  []string
	field schema.Field
}

// leaves returns what makes up the field at a path: the field itself, or what
// it cannot be without.
func (n *newRecord) leaves(path []string) []leaf {
	field, ok := n.Field(path)
	if !ok {
		return nil
	}
	if field.Type != "object" || field.Others != nil {
		return []leaf{{path, field}}
	}
	var all []leaf
	for _, below := range field.Fields {
		if below.Required {
			all = append(all, n.leaves(append(path[:len(path):len(path)], below.Name))...)
		}
	}
	return all
}

// interview asks which partner the record belongs to and, if no value was given,
// for all that it cannot be without, and for what else is wanted.
func (n *newRecord) interview() error {
	if err := n.askPartner(); err != nil {
		return err
	}
	if !n.IsEmpty() {
		return nil // whoever gives values has the rest filled in; what is missing then is asked for
	}
	var optional []string
	for _, field := range n.Fields {
		if !field.Required {
			optional = append(optional, field.Title)
			continue
		}
		if err := n.askAll([]string{field.Name}); err != nil {
			return err
		}
	}
	wanted, err := n.terminal.Pick("Is there more to say?", optional)
	if err != nil {
		return err
	}
	for _, field := range n.Fields {
		if !slices.Contains(wanted, field.Title) || field.Required {
			continue
		}
		if err := n.askAll([]string{field.Name}); err != nil {
			return err
		}
	}
	return nil
}

// askPartner asks which partner the record belongs to.
func (n *newRecord) askPartner() error {
	if n.partner != "" || n.Kind == layout.PartnerKind || !slices.Contains(n.schemas.Placeholders(n.Kind), "partner") {
		return nil
	}
	names, err := repo.New(n.space.state.Files).Folders()
	if err != nil {
		return err
	}
	names = slices.DeleteFunc(names, func(name string) bool { return name == "" || name == layout.Program })
	q := &form.Question{Title: "Partner", Description: "The folder of the partner that the record belongs to.", Choices: names}
	if err := n.terminal.Ask(q); err != nil {
		return err
	}
	n.partner = q.Answer
	return nil
}

// askForPlace asks for the field from which the record's place follows, if
// somebody can be asked.
func (n *newRecord) askForPlace() error {
	if n.terminal == nil {
		return nil
	}
	for _, name := range n.schemas.Placeholders(n.Kind) {
		if name == "partner" && n.Kind == layout.PartnerKind {
			name = "name"
		}
		if _, known := n.Field([]string{name}); known && n.Value(name) == "" && n.partner == "" {
			if err := n.askAll([]string{name}); err != nil {
				return err
			}
		}
	}
	return nil
}

// askAll asks for all that makes up the field at a path.
func (n *newRecord) askAll(path []string) error {
	for _, l := range n.leaves(path) {
		if err := n.askLeaf(l); err != nil {
			return err
		}
	}
	return nil
}

// askLeaf asks for a field, unless its value follows from others.
func (n *newRecord) askLeaf(l leaf) error {
	switch {
	case l.field.Type == "array" && l.field.Items != nil && len(l.field.Items.Choices) > 0:
		return n.askChoices(l)
	case l.field.Type == "array" || l.field.Type == "object":
		return n.askEntries(l)
	case n.Follows(&l.field, n.settled):
		return nil
	}
	sources := n.sources()
	n.Fill(sources)
	sources.Settled = n.settled
	fallback := n.Default(&l.field, sources)
	q := question(&l.field, fallback)
	q.Check = func(answer string) error { return n.check(l.path, answer) }
	n.asked[flagName(l.path)] = true
	if err := n.terminal.Ask(q); err != nil || q.Answer == fallback {
		return err
	}
	return n.Give(l.path, q.Answer)
}

// check returns what the schema has against an answer.
func (n *newRecord) check(path []string, answer string) error {
	text, err := n.Try(path, answer)
	if err != nil {
		return err
	}
	rec, unreadable := record.Load("draft.yaml", text)
	if rec == nil {
		return errors.New(unreadable[0].Message)
	}
	for _, f := range n.schemas.Judge(rec).Findings {
		if slices.Equal(f.Path, path) && f.Rule != "schema/required" {
			return errors.New(f.Message)
		}
	}
	return nil
}

// settled reports whether the value at a path was given, or asked for.
func (n *newRecord) settled(path []string) bool { return n.Given(path) || n.asked[flagName(path)] }

func question(field *schema.Field, fallback string) *form.Question {
	return &form.Question{
		Title: field.Title, Description: strings.ReplaceAll(field.Description, "`", ""), Choices: field.Texts(), Default: fallback,
	}
}

func (n *newRecord) askChoices(l leaf) error {
	chosen, err := n.terminal.Pick(l.field.Title+": "+strings.ReplaceAll(l.field.Description, "`", ""), l.field.Items.Texts())
	for _, choice := range chosen {
		if err := n.Give(l.path, choice); err != nil {
			return err
		}
	}
	return err
}

// askEntries asks for one entry after another.
func (n *newRecord) askEntries(l leaf) error {
	for i := 1; ; i++ {
		text, err := n.askEntry(l, i)
		if err != nil {
			return err
		}
		if text != "" {
			if err := n.Give(l.path, text); err != nil {
				fmt.Fprintf(n.program.Stderr, "%s\n", err)
				continue
			}
		}
		if more, err := n.terminal.Confirm(fmt.Sprintf("%s: is there another?", l.field.Title)); !more || err != nil {
			return err
		}
	}
}

// askEntry asks for an entry and returns it as it is given with a flag.
func (n *newRecord) askEntry(l leaf, i int) (string, error) {
	if l.field.Type == "object" {
		q := question(&l.field, "")
		q.Description += " Write it as NAME=VALUE."
		err := n.terminal.Ask(q)
		return q.Answer, err
	}
	if l.field.Items == nil || len(l.field.Items.Fields) == 0 {
		q := question(&l.field, "")
		err := n.terminal.Ask(q)
		return q.Answer, err
	}
	var parts []string
	for _, field := range l.field.Items.Fields {
		q := question(&field, n.Default(&field, n.sources()))
		q.Title = fmt.Sprintf("%s %d: %s", l.field.Title, i, field.Title)
		q.Optional = !field.Required
		if err := n.terminal.Ask(q); err != nil {
			return "", err
		}
		if q.Answer != "" {
			parts = append(parts, field.Name+"="+q.Answer)
		}
	}
	return strings.Join(parts, ","), nil
}
