package cli

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/form"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/lookup"
	"gitlab.com/gitlab-com/alliances/internal/record"
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
	wanted, err := n.terminal.Pick(form.Question{Title: "Is there more to say?", Choices: form.Choices(optional)})
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
	partners, err := lookup.Partners(n.space.state.Tree())
	if err != nil {
		return err
	}
	var choices []form.Choice
	for _, p := range partners {
		choices = append(choices, form.Choice{Answer: p.Folder, Label: p.String()})
	}
	n.partner, err = n.terminal.Ask(form.Question{
		Title: "Partner", Description: "The partner that the record belongs to.", Choices: choices,
	})
	return err
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
	answer, err := n.terminal.Ask(q)
	if err != nil || answer == fallback {
		return err
	}
	return n.Give(l.path, answer)
}

// check returns what speaks against an answer: what the schema says, or, as a
// doubt, what a rule says, since a later answer can change that.
func (n *newRecord) check(path []string, answer string) error {
	trial := *n
	trial.Draft = n.Clone()
	if err := trial.Give(path, answer); err != nil {
		return err
	}
	rec, unreadable := record.Load("draft.yaml", trial.Text(""))
	if rec == nil {
		return errors.New(unreadable[0].Message)
	}
	for _, f := range n.schemas.Judge(rec).Findings {
		if slices.Equal(f.Path, path) && f.Rule != "schema/required" {
			return errors.New(f.Message)
		}
	}
	if n.Kind == layout.PartnerKind && slices.Equal(path, []string{"name"}) {
		return trial.checkNewPartner(answer)
	}
	return trial.checkRules(path)
}

// checkNewPartner makes sure that no partner has the name or the folder that a new
// one would have.
func (n *newRecord) checkNewPartner(called string) error {
	if folder, err := lookup.Partner(n.space.state.Tree(), called); err == nil {
		return fmt.Errorf("there is a partner of that name already: %s", path.Join(layout.Partners, folder))
	}
	name, err := n.place()
	if err == nil && n.space.state.Has(name) {
		return n.there(name)
	}
	return err
}

// checkRules returns the doubt that the first rule with something against the
// value at a path has, where the record's place is known by now.
func (n *newRecord) checkRules(at []string) error {
	n.Fill(n.sources())
	name, err := n.place()
	if err != nil {
		return nil // that is told once all is known
	}
	result, err := n.judge(context.Background(), name)
	if err != nil {
		return nil
	}
	for _, f := range result.Findings {
		if f.Severity == finding.Error && slices.Equal(f.Path, at) && !strings.HasPrefix(f.Rule, "schema/") {
			return form.Doubtful(errors.New(f.Message))
		}
	}
	return nil
}

// settled reports whether the value at a path was given, or asked for.
func (n *newRecord) settled(path []string) bool { return n.Given(path) || n.asked[flagName(path)] }

func question(field *schema.Field, fallback string) form.Question {
	return form.Question{
		Title: field.Title, Description: strings.ReplaceAll(field.Description, "`", ""),
		Choices: form.Choices(field.Texts()), Default: fallback,
	}
}

func (n *newRecord) askChoices(l leaf) error {
	q := question(&l.field, "")
	q.Choices = form.Choices(l.field.Items.Texts())
	chosen, err := n.terminal.Pick(q)
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
				return err
			}
		}
		if more, err := n.terminal.Confirm(fmt.Sprintf("%s: is there another?", l.field.Title), "", false); !more || err != nil {
			return err
		}
	}
}

// askEntry asks for an entry and returns it as it is given with a flag.
func (n *newRecord) askEntry(l leaf, i int) (string, error) {
	whole := func(answer string) error { return n.checkEntry(l.path, answer) }
	if l.field.Type == "object" {
		q := question(&l.field, "")
		q.Description += " Write it as NAME=VALUE."
		q.Check = whole
		return n.terminal.Ask(q)
	}
	if l.field.Items == nil || len(l.field.Items.Fields) == 0 {
		q := question(&l.field, "")
		q.Check = whole
		return n.terminal.Ask(q)
	}
	var parts []string
	for _, field := range l.field.Items.Fields {
		q := question(&field, n.Default(&field, n.sources()))
		q.Title = fmt.Sprintf("%s %d: %s", l.field.Title, i, field.Title)
		q.Optional = !field.Required
		q.Check = func(answer string) error {
			return n.checkEntry(l.path, strings.Join(append(slices.Clone(parts), field.Name+"="+answer), ","), field.Name)
		}
		answer, err := n.terminal.Ask(q)
		if err != nil {
			return "", err
		}
		if answer != "" {
			parts = append(parts, field.Name+"="+answer)
		}
	}
	return strings.Join(parts, ","), nil
}

// checkEntry returns what the schema says against an entry of the list at a path,
// or against one part of it.
func (n *newRecord) checkEntry(path []string, entry string, part ...string) error {
	trial := n.Clone()
	if err := trial.Give(path, entry); err != nil {
		return err
	}
	rec, unreadable := record.Load("draft.yaml", trial.Text(""))
	if rec == nil {
		return errors.New(unreadable[0].Message)
	}
	for _, f := range n.schemas.Judge(rec).Findings {
		below := len(path) + 1 // where the entry's number stands
		if len(f.Path) >= below && slices.Equal(f.Path[:len(path)], path) && slices.Equal(f.Path[below:], part) && f.Rule != "schema/required" {
			return errors.New(f.Message)
		}
	}
	return nil
}

// confirm shows what is to be written and asks whether it is right, if anything
// was asked before.
func (n *newRecord) confirm(name string, result *check.Result) error {
	if n.terminal == nil || !n.terminal.HasAsked() || n.dryRun || isRefused(result) {
		return nil
	}
	summary := name + "\n\n" + strings.TrimRight(string(n.Text("")), "\n")
	for i, f := range result.Findings {
		if i == 0 {
			summary += "\n\nStill to be put right:"
		}
		summary += "\n- " + f.Message
	}
	yes, err := n.terminal.Confirm("Is this to be written?", summary, true)
	if err == nil && !yes {
		return form.ErrAborted
	}
	return err
}
