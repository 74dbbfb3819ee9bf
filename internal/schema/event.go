package schema

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/fill"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// An Event is what it means that a record, or one of its fields, is there: a
// licence is granted; one with `revoked` is revoked. The schema says so in
// "x-event".
type Event struct {
	Verb       string            // "granted"; "" where each value has one of its own
	Imperative string            // "grant"; "" where the schema does not say
	Values     map[string]string // the verb of each value; others mean nothing
	summary    string            // with names of values in braces
}

// Title returns what people call a kind, or the value at a path in its records.
func (s *Set) Title(kind string, path []string) string {
	k := s.kinds[kind]
	switch {
	case k != nil:
		return k.document.title(path)
	case len(path) > 0:
		return path[len(path)-1]
	}
	return "Record"
}

// Event returns what it means that a field is there, or, where field is "", the
// record itself.
func (s *Set) Event(kind, field string) (Event, bool) {
	k := s.kinds[kind]
	if k == nil {
		return Event{}, false
	}
	event, ok := k.events[field]
	return event, ok
}

// events reads "x-event" of the record, of which so much is said, and of its
// fields.
func (d document) events(said description) (map[string]Event, error) {
	events := map[string]Event{}
	properties, _ := d["properties"].(map[string]any)
	for _, field := range append([]string{""}, sortedKeys(properties)...) {
		var path []string
		about := said
		if field != "" {
			path, about = []string{field}, d.child(said, field)
		}
		written, ok := about.merged()["x-event"]
		if !ok {
			continue
		}
		event, err := d.event(path, written)
		if err != nil {
			return nil, fmt.Errorf(`"x-event" of %s: %w`, cmp.Or(field, "the record"), err)
		}
		events[field] = event
	}
	return events, nil
}

func (d document) event(path []string, written any) (event Event, err error) {
	object, ok := written.(map[string]any)
	if !ok {
		return event, fmt.Errorf(`it is an object with "verb" or "values", and "summary"`)
	}
	event.Verb, _ = object["verb"].(string)
	event.Imperative, _ = object["imperative"].(string)
	values, _ := object["values"].(map[string]any)
	for value, verb := range values {
		text, ok := verb.(string)
		if !ok {
			return event, fmt.Errorf(`the verb of %q is no text`, value)
		}
		if event.Values == nil {
			event.Values = map[string]string{}
		}
		event.Values[value] = text
	}
	for _, verb := range append(slices.Collect(maps.Values(event.Values)), cmp.Or(event.Verb, "is"), cmp.Or(event.Imperative, "be")) {
		if !verbPattern.MatchString(verb) {
			return event, fmt.Errorf("%q is no verb: write lower-case words", verb)
		}
	}
	if (event.Verb == "") == (event.Values == nil) {
		return event, fmt.Errorf(`it has "verb", a text, or "values", a verb for each`)
	}
	event.summary, _ = object["summary"].(string)
	return event, d.checkSummary(path, event.summary)
}

var verbPattern = regexp.MustCompile(`^[a-z]+( [a-z]+)*$`)

// Of returns the verb for a value, and what is to be said of it; "" where it
// means nothing.
func (e Event) Of(value *record.Node) (verb, text string) {
	verb = e.Verb
	if e.Values != nil && value.IsScalar() {
		verb = e.Values[value.Text]
	}
	text, _ = fill.Text(e.summary, func(name string) (string, bool) { return brief(value.At(names(name))), true })
	return verb, text
}

// checkSummary makes sure that what a summary names is there: {seats} is a field,
// {budget.amount} one further down, {} the value itself.
func (d document) checkSummary(at []string, summary string) error {
	for _, name := range fill.Names(summary) {
		if len(d.property(append(at[:len(at):len(at)], names(name)...))) == 0 {
			return fmt.Errorf("the summary has {%s}, which is no field", name)
		}
	}
	return nil
}

func names(path string) []string {
	if path == "" {
		return nil
	}
	return strings.Split(path, ".")
}

// brief returns a value as text, and an ellipsis where it is missing or more
// than a text.
func brief(value *record.Node) string {
	if value == nil || !value.IsScalar() {
		return "…"
	}
	text := []rune(source.Inline(value.Text))
	if len(text) > maxBrief {
		return string(text[:maxBrief]) + "…"
	}
	return string(text)
}

// maxBrief is how many characters of a value a summary has room for.
const maxBrief = 120
