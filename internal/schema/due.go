package schema

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/fill"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// dueKeyword says in a schema what of its records is due, and when. It is a list,
// of which the first entry counts that is due.
const dueKeyword = "x-due"

// A Timing says what the day of a Due means.
type Timing string

// The timings.
const (
	On      Timing = "on"    // it happens on that day, and is over behind it
	By      Timing = "by"    // it has to be done by that day, and is late from it on
	Since   Timing = "since" // it waits since that day
	Undated Timing = ""      // it waits, and no field says since when
)

// WaitsFor is the name, in the text of a Due, of what the handbook's steps say
// that a record waits for.
const WaitsFor = "waits_for"

// A Due is something to see to: a licence ends, a campaign waits for an approval.
type Due struct {
	Timing     Timing
	Section    string   // of the handbook, that Step is from; may be empty
	day        []string // the path to the day; nil where it is Undated
	conditions []condition
	text, step string // with names of values in braces
}

// A condition is what a value has to be, as record.Node.Fits has it.
type condition struct {
	path   []string
	wanted []string
}

// Dues returns what may be due of the records of a kind, of which the first that is
// due counts.
func (s *Set) Dues(kind string) []Due {
	if k := s.kinds[kind]; k != nil {
		return k.dues
	}
	return nil
}

// Fits reports whether a record is one that it is said of.
func (d *Due) Fits(root *record.Node) bool {
	return !slices.ContainsFunc(d.conditions, func(c condition) bool { return !root.At(c.path).Fits(c.wanted...) })
}

// Day returns what a record has for the day, "" where it has none.
func (d *Due) Day(root *record.Node) string { return root.At(d.day).AsText() }

// Text returns what is the matter with a record that by the handbook's steps waits
// for something, or for nothing where that is "". It is not ok where the text tells
// of that and there is nothing.
func (d *Due) Text(root *record.Node, waitsFor string) (text string, ok bool) {
	return fill.Text(d.text, func(name string) (string, bool) {
		if name == WaitsFor {
			return waitsFor, waitsFor != ""
		}
		return brief(root.At(names(name))), true
	})
}

// Step returns what to do about it, "" where the handbook's steps say that.
func (d *Due) Step(root *record.Node) string {
	text, _ := fill.Text(d.step, func(name string) (string, bool) { return brief(root.At(names(name))), true })
	return text
}

// dues reads "x-due".
func (d document) dues(t *text) (dues []Due, err error) {
	written, ok := d[dueKeyword]
	if !ok {
		return nil, nil
	}
	entries, ok := written.([]any)
	if !ok || len(entries) == 0 {
		return nil, t.errorf([]string{dueKeyword}, `"%s" is a list of what may be due, such as [{"on": "expires_at", "text": "it ends"}]`, dueKeyword)
	}
	for i, entry := range entries {
		path := []string{dueKeyword, fmt.Sprint(i)}
		due, err := d.due(entry)
		if err != nil {
			return nil, t.errorf(path, `"%s": %w`, dueKeyword, err)
		}
		dues = append(dues, due)
	}
	return dues, nil
}

func (d document) due(written any) (due Due, err error) {
	entry, ok := written.(map[string]any)
	if !ok {
		return due, errors.New(`an entry is an object with "text", and, as it needs them, "on", "by" or "since", "when" and "step"`)
	}
	for _, name := range sortedKeys(entry) {
		switch name {
		case string(On), string(By), string(Since):
			err = d.timing(&due, Timing(name), entry[name])
		case "when":
			due.conditions, err = d.conditions(entry[name])
		case "text":
			due.text, err = d.dueText(entry[name], WaitsFor)
		case "step":
			due.step, err = d.dueText(entry[name])
		case "section":
			due.Section, err = d.dueText(entry[name])
		default:
			err = fmt.Errorf(`there is no %q; there are "on", "by", "since", "when", "text", "step" and "section"`, name)
		}
		if err != nil {
			return due, err
		}
	}
	switch {
	case due.text == "":
		err = errors.New(`"text" is missing: it says what is the matter`)
	case due.Section != "" && due.step == "":
		err = errors.New(`"section" without "step" says nothing: the handbook's steps name their own`)
	}
	return due, err
}

// timing reads "on", "by" or "since", each the path to a date.
func (d document) timing(due *Due, timing Timing, written any) error {
	if due.Timing != Undated {
		return fmt.Errorf(`"%s" and "%s" exclude each other: there is one day`, due.Timing, timing)
	}
	field, _ := written.(string)
	due.Timing, due.day = timing, names(field)
	if d.property(due.day)["format"] != "date" {
		return fmt.Errorf(`"%s" names no field with the format date: %v`, timing, written)
	}
	return nil
}

// conditions reads "when": what each of some fields has to be.
func (d document) conditions(written any) (all []condition, err error) {
	object, ok := written.(map[string]any)
	if !ok {
		return nil, errors.New(`"when" is an object: of each field a value, a list of them, "missing" or "present"`)
	}
	for _, field := range sortedKeys(object) {
		c := condition{names(field), Texts(object[field])}
		property := d.property(c.path)
		list, isList := object[field].([]any)
		switch {
		case len(property) == 0:
			return nil, fmt.Errorf(`"when" names %q, which is no field`, field)
		case len(c.wanted) == 0 || isList && len(list) != len(c.wanted):
			return nil, fmt.Errorf(`what "when" wants of %q is a text or a list of them`, field)
		}
		if wrong := outside(c.wanted, property["enum"]); wrong != "" {
			return nil, fmt.Errorf(`"when" wants %q of %q, which cannot be: it is %s`, wrong, field, strings.Join(Texts(property["enum"]), ", "))
		}
		all = append(all, c)
	}
	return all, nil
}

// outside returns the first of the values that is none of an enum's, if it is an
// enum of texts; "" where there is none.
func outside(wanted []string, enum any) string {
	values := Texts(enum)
	if len(values) == 0 || len(wanted) == 1 && (wanted[0] == record.Missing || wanted[0] == record.Present) {
		return ""
	}
	for _, value := range wanted {
		if !slices.Contains(values, value) {
			return value
		}
	}
	return ""
}

// dueText reads a text in which there may be names of fields, and others.
func (d document) dueText(written any, others ...string) (string, error) {
	text, _ := written.(string)
	if text == "" {
		return "", errors.New(`"text", "step" and "section" are texts that say something`)
	}
	for _, name := range fill.Names(text) {
		if !slices.Contains(others, name) && (name == "" || len(d.property(names(name))) == 0) {
			return "", fmt.Errorf("%q has {%s}, which is no field", text, name)
		}
	}
	return text, nil
}
