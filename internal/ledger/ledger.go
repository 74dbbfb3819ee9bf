// Package ledger tells what a change to a record means, in the alliances' own
// terms: granted, revoked, approved. The words are the schemas'.
package ledger

import (
	"cmp"
	"path"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// Verbs of what can happen to records of any kind.
const (
	Added      = "added"
	Changed    = "changed"
	Deleted    = "deleted"
	Renamed    = "renamed"
	Rewritten  = "written differently"
	Unreadable = "became unreadable"
	Repaired   = "became readable"
)

// A RecordChange is what a change does to one record.
type RecordChange struct {
	Kind    string // "" where it is not known
	Title   string // what people call the kind
	Partner string // the name of the folder
	Path    string // where the record is, or was before it was deleted
	Was     string // where it was before, if somewhere else
	Deleted bool
	Unknown bool                // whether what it was, or what it is, cannot be read
	Events  []Event             // none where it only moved along with its folder, of which its partner tells
	Changes []change.Difference // what differs in its values; all of them, where one side is unknown

	Before, After *record.Record // nil where there is none, or none that can be read
}

// An Event is one thing that happened to a record.
type Event struct {
	Verb string // what happened, such as granted
	Do   string // the verb as an order, such as grant
	Text string // what there is to say of it; may be empty
	Line int    // of the record's file; 0 where there is none
}

// Describe tells what happened to a record.
func Describe(schemas *schema.Set, pair change.Pair) RecordChange {
	c := RecordChange{Path: pair.Path(), Partner: partnerOf(pair.Path()), Deleted: pair.After == nil}
	for _, item := range []*change.Item{pair.Before, pair.After} {
		if item != nil && item.Kind != "" {
			c.Kind = item.Kind
		}
	}
	c.Title = schemas.Title(c.Kind, nil)
	if pair.Moved() {
		c.Was = pair.Before.Path
	}
	if pair.Before != nil {
		c.Before = pair.Before.Record
	}
	if pair.After != nil {
		c.After = pair.After.Record
	}
	c.Unknown = pair.Before != nil && c.Before == nil || pair.After != nil && c.After == nil
	d := describer{schemas: schemas, change: &c}
	d.describe(pair)
	return c
}

func partnerOf(path string) string {
	name, _ := layout.FolderOf(path)
	return name
}

type describer struct {
	schemas *schema.Set
	change  *RecordChange
}

// event adds an event that is about the value at path.
func (d *describer) event(path []string, verb, text string) {
	e := Event{Verb: verb, Do: d.imperative(path, verb), Text: text}
	if d.change.After != nil {
		e.Line = d.change.After.Locate(path, true).Span.Start.Line
	}
	d.change.Events = append(d.change.Events, e)
}

// imperatives are the verbs of this package as orders.
var imperatives = map[string]string{Added: "add", Deleted: "delete", Renamed: "rename", Rewritten: "rewrite", Repaired: "repair"}

// imperative returns the verb of an event at path as an order.
func (d *describer) imperative(path []string, verb string) string {
	field := strings.Join(path, "/")
	if event, ok := d.schemas.Event(d.change.Kind, field); ok && event.Verb == verb && event.Imperative != "" {
		return event.Imperative
	}
	return cmp.Or(imperatives[verb], "change")
}

func (d *describer) describe(pair change.Pair) {
	c := d.change
	c.Changes = change.Differences(root(c.Before), root(c.After))
	d.moved(pair)
	switch {
	case pair.OnlyMovedAlong():
	case pair.After == nil:
		d.event(nil, Deleted, d.summary(c.Before))
	case c.After == nil:
		d.event(nil, Unreadable, pair.After.Problem())
	case pair.Before == nil:
		d.added(Added, false)
	case c.Before == nil:
		d.added(Repaired, true)
	default:
		d.changed()
	}
}

// moved tells of a record that was elsewhere. Of a folder with another name, the
// partner tells for all its records.
func (d *describer) moved(pair change.Pair) {
	was := d.change.Was
	switch {
	case was == "":
	case !pair.MovedAlong():
		d.event(nil, Renamed, "from "+below(was))
	case path.Base(was) == layout.PartnerFile:
		d.event(nil, Renamed, "with all its records, from the folder "+partnerOf(was))
	}
}

func root(rec *record.Record) *record.Node {
	if rec == nil {
		return nil
	}
	return rec.Root
}

// below returns a path from the folder of its partner.
func below(path string) string {
	segments := strings.SplitN(path, "/", 3)
	return segments[len(segments)-1]
}

// added tells of a record that was not known before. What its values mean goes
// without saying in a new one, and not in one that had others.
func (d *describer) added(verb string, withValues bool) {
	after := d.change.After.Root
	event, ok := d.schemas.Event(d.change.Kind, "")
	if ok && verb == Added {
		verb, _ = event.Of(after)
	}
	d.event(nil, verb, d.summary(d.change.After))
	for i := range after.Fields {
		field := after.Fields[i]
		event, ok := d.schemas.Event(d.change.Kind, field.Key)
		if !ok || event.Values != nil && !withValues {
			continue
		}
		if verb, text := event.Of(field.Value); verb != "" {
			d.event([]string{field.Key}, verb, text)
		}
	}
}

// summary returns what a record says of itself.
func (d *describer) summary(rec *record.Record) string {
	if rec == nil {
		return "what it said is not known"
	}
	event, _ := d.schemas.Event(d.change.Kind, "")
	_, text := event.Of(rec.Root)
	return text
}

// changed tells of a record that was there before: first of what has a word of
// its own, then of all other values in one sentence.
func (d *describer) changed() {
	before, after := d.change.Before.Root, d.change.After.Root
	told := map[string]bool{}
	for i := range after.Fields {
		field := after.Fields[i]
		if verb, text := d.fieldEvent(field.Key, before.Field(field.Key), field.Value); verb != "" {
			told[field.Key] = true
			d.event([]string{field.Key}, verb, text)
		}
	}
	var others []string
	var first []string
	for _, difference := range d.change.Changes {
		if len(difference.Path) > 0 && told[difference.Path[0]] {
			continue
		}
		if others == nil {
			first = difference.Path
		}
		others = append(others, d.difference(difference))
	}
	if len(others) > 0 {
		d.event(first, Changed, strings.Join(others, "; "))
	}
	if len(d.change.Events) == 0 {
		d.event(nil, Rewritten, "with the same values")
	}
}

// fieldEvent returns the verb for a field that is new, or has another value of
// those that mean something.
func (d *describer) fieldEvent(field string, before, after *record.Node) (verb, text string) {
	event, ok := d.schemas.Event(d.change.Kind, field)
	if !ok || after.Equal(before) || before != nil && !after.IsScalar() {
		return "", ""
	}
	if verb, text = event.Of(after); text == "" && before != nil {
		text = "was " + Show(before)
	}
	return verb, text
}

// difference says what became of a value.
func (d *describer) difference(difference change.Difference) string {
	var titles []string
	for i := range difference.Path {
		titles = append(titles, d.schemas.Title(d.change.Kind, difference.Path[:i+1]))
	}
	if len(titles) == 0 {
		titles = []string{"the record"}
	}
	return strings.Join(titles, ", ") + ": " + Show(difference.Before) + " → " + Show(difference.After)
}
