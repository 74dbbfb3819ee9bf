package draft

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/fill"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// Sources are what defaults can refer to, besides the record's own fields.
type Sources struct {
	Today    string                   // YYYY-MM-DD
	Handbook Handbook                 // nil where nothing is known of it
	Partner  *record.Node             // the partner of the record's folder; nil where it is not known
	Settled  func(path []string) bool // which of the record's own fields count; nil is all
}

// A Handbook returns a value of the handbook in force on a day, the newest for "",
// or nil.
type Handbook func(day string, names ...string) any

// Fill gives each field that a record cannot be without, and that nobody gave,
// the first of its defaults that can be filled in and that the field can have;
// other fields get a default only where it says that it counts here.
// What an earlier call gave is given anew: it may follow from something else now.
func (d *Draft) Fill(sources Sources) {
	for _, path := range slices.Backward(d.filled) {
		if !d.given[pointer.Of(path)] {
			d.remove(path)
		}
	}
	d.filled = nil
	d.fill(d.Fields, nil, sources)
}

// remove takes away the value at a path, and what held nothing else.
func (d *Draft) remove(path []string) {
	parent := d.values.At(path[:len(path)-1])
	if parent == nil || parent.Kind != record.Map {
		return
	}
	name := path[len(path)-1]
	parent.Fields = slices.DeleteFunc(parent.Fields, func(f record.Field) bool { return f.Key == name })
	delete(d.why, pointer.Of(path))
	if len(parent.Fields) == 0 && len(path) > 1 {
		d.remove(path[:len(path)-1])
	}
}

func (d *Draft) fill(fields []schema.Field, path []string, sources Sources) {
	for i := range fields {
		f := &fields[i]
		below := append(path[:len(path):len(path)], f.Name)
		value := d.values.At(below)
		switch {
		case value == nil && len(f.Fields) == 0 && f.Others == nil:
			d.fillScalar(f, below, sources)
		case value == nil && (!f.Required || f.Others != nil):
		case value == nil || value.Kind == record.Map:
			d.fill(f.Fields, below, sources)
		case value.Kind == record.List && f.Items != nil:
			for i := range value.Items {
				d.fill(f.Items.Fields, append(below[:len(below):len(below)], strconv.Itoa(i)), sources)
			}
		}
	}
}

func (d *Draft) fillScalar(f *schema.Field, path []string, sources Sources) {
	candidate, value := d.choose(f, sources)
	if value == nil || !f.Required && candidate.If == "" {
		return
	}
	d.put(path, value)
	d.why[pointer.Of(path)] = candidate.Why
	d.filled = append(d.filled, path)
}

// choose returns the first default that counts and that a field can have, and
// the value that it gives, or nil.
func (d *Draft) choose(f *schema.Field, sources Sources) (schema.Default, *record.Node) {
	for _, candidate := range f.Defaults {
		if counts, _ := d.expand(candidate.If, sources); candidate.If != "" && counts != "true" {
			continue
		}
		text, ok := d.expand(candidate.Value, sources)
		if value := scalar(f, text); ok && fits(f, value) {
			return candidate, value
		}
	}
	return schema.Default{}, nil
}

// Default returns what a field has if nobody gives a value, or "".
func (d *Draft) Default(f *schema.Field, sources Sources) string {
	if _, value := d.choose(f, sources); value != nil {
		return value.Text
	}
	return ""
}

// Follows reports whether a field's value follows from that of another field of
// the record, one that known says is settled, so that nobody need be asked.
func (d *Draft) Follows(f *schema.Field, known func(path []string) bool) bool {
	for _, candidate := range f.Defaults {
		for _, name := range fill.Names(candidate.Value) {
			path := strings.Split(name, ".")
			if _, own := d.Field(path); own && known(path) {
				return true
			}
		}
	}
	return false
}

// fits reports whether a field can have a value, as far as its type tells.
func fits(f *schema.Field, value *record.Node) bool {
	switch {
	case len(f.Choices) > 0:
		return slices.Contains(f.Texts(), value.Text)
	case f.Type == "integer" || f.Type == "number":
		return value.Kind == record.Number
	}
	return value.Text != ""
}

// expand fills in what a default refers to, if all of it is known.
func (d *Draft) expand(template string, sources Sources) (text string, ok bool) {
	return fill.Text(template, func(name string) (string, bool) {
		value := d.source(name, sources)
		return value, value != ""
	})
}

// source returns the text that a name stands for, or "".
func (d *Draft) source(name string, sources Sources) string {
	first, rest, _ := strings.Cut(name, ".")
	names := strings.Split(rest, ".")
	switch {
	case name == "today":
		return sources.Today
	case name == "month":
		return sources.Today[:min(7, len(sources.Today))]
	case first == "handbook" && sources.Handbook == nil:
		return ""
	case first == "handbook":
		if value := sources.Handbook(d.day(sources), names...); value != nil {
			return fmt.Sprint(value)
		}
		return ""
	case first == "partner":
		if value := sources.Partner.At(names); value != nil && value.IsScalar() {
			return value.Text
		}
		return ""
	}
	path := strings.Split(name, ".")
	if sources.Settled != nil && !sources.Settled(path) {
		return ""
	}
	return d.Value(path...)
}

// day returns the day that the record is of: what was given, or else what will be
// filled in.
func (d *Draft) day(sources Sources) string {
	path := d.schemas.DayPath(d.Kind)
	if path == nil {
		return ""
	}
	field, _ := find(d.Fields, path)
	text := d.Value(path...)
	if text == "" {
		sources.Handbook = nil // which depends on the day
		text = d.Default(&field, sources)
	}
	return schema.FirstDay(text)
}

// ID returns a name for the record's file, of the parts that its schema names:
// of a date the month, of a text its first words.
func (d *Draft) ID(sources Sources) string {
	var words []string
	for _, name := range d.schemas.IDParts(d.Kind) {
		switch value := d.source(name, sources); {
		case record.IsDate(value):
			words = append(words, value[:len("2006-01")])
		default:
			words = append(words, firstWords(value)...)
		}
	}
	if len(words) == 0 {
		words = []string{d.source("month", sources), d.Kind}
	}
	return Shorten(strings.Join(words, "-"), schema.MaxSlug)
}

// maxWords is how many words of a text an id takes.
const maxWords = 4

// firstWords returns the first words of a text that say something.
func firstWords(text string) []string {
	words := slices.DeleteFunc(strings.Split(Slug(text), "-"), func(word string) bool {
		return word == "" || slices.Contains(emptyWords, word)
	})
	return words[:min(maxWords, len(words))]
}

var emptyWords = []string{"a", "an", "and", "for", "in", "of", "on", "that", "the", "to", "with"}
