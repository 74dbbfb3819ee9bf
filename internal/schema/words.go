package schema

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/internal/spelling"
)

// maxListed is how many allowed values or fields a message lists.
const maxListed = 16

// maxBesideMeant is how many of them it lists beside the one that was meant.
const maxBesideMeant = 6

// finding puts a problem into words for the person who typed the record.
func (e *explainer) finding(p problem) finding.Finding {
	property := e.property(p.path)
	message, expected, help := e.words(p, property)
	if help == "" {
		help = e.correct(p.path, property)
	}
	place := e.record.Locate(p.path, p.keyword == "additionalProperties")
	if p.keyword == "required" {
		place.Subject = p.subject
	}
	rule := finding.Rule{ID: "schema/" + p.keyword, Severity: finding.Error, Help: help}
	if guess, ok := expected.(guess); ok {
		return finding.New(&rule, place, message).WithGuess(string(guess))
	}
	return finding.New(&rule, place, message).WithExpected(expected)
}

// A guess is an address that is expected but may be wrong, for all that a program
// knows.
type guess string

// words returns the message of a problem, the value that would put it right
// where that is known, and help where the field's own description is none.
func (e *explainer) words(p problem, property map[string]any) (message string, expected any, help string) {
	name, found := e.name(p.path), e.at(p.path)
	if p.message != "" {
		return p.message, nil, ""
	}
	switch p.keyword {
	case "required":
		return e.missingWords(p)
	case "additionalProperties":
		return e.unknownWords(p)
	case "type":
		return e.typeWords(p, found, property)
	case "enum":
		return e.enumWords(p, found, property)
	case "format", "pattern":
		return e.formWords(p, found, property)
	}
	return e.limitWords(p, name, found), nil, ""
}

func (e *explainer) missingWords(p problem) (message string, expected any, help string) {
	field := e.property(append(slices.Clone(p.path), p.subject))
	message = code(p.subject) + " is missing"
	if len(p.path) > 0 {
		message += " in " + e.name(p.path)
	}
	if name, line := e.misspelt(p.path, p.subject); name != "" {
		return fmt.Sprintf("%s; line %d has `%s`", message, line, name), nil, fmt.Sprintf("Correct the name `%s`.", name)
	}
	lead := fmt.Sprintf("Add the field `%s`.", p.subject)
	if lines := e.lines(p.subject, field); lines != "" {
		lead = "Add " + lines + "."
	}
	return message, nil, describedBy(lead, field)
}

func (e *explainer) unknownWords(p problem) (message string, expected any, help string) {
	name := code(p.subject)
	if p.since != "" {
		return fmt.Sprintf("%s is not allowed here, since %s", name, p.since), nil,
			fmt.Sprintf("Delete %s, or correct the field that rules it out.", name)
	}
	if p.owner != "" {
		return fmt.Sprintf("%s belongs to `%s`: indent it by two spaces", name, p.owner), nil, indentHelp(p.owner)
	}
	message = fmt.Sprintf("there is no field %s here", name)
	if p.meant != "" {
		return message + fmt.Sprintf("; did you mean `%s`?", p.meant), p.meant, "Correct the field's name."
	}
	if len(p.names) > 0 && len(p.names) <= maxListed {
		message += "; the fields are " + list(quoted(p.names), "and")
	}
	help = "Delete the line, or write it under the name of a field that exists; free text goes into a comment (`# …`)"
	if slices.Contains(p.names, "notes") {
		help += " or into notes"
	}
	return message, nil, help + "."
}

func indentHelp(owner string) string {
	return fmt.Sprintf("Write two more spaces in front of each line that belongs to `%s`.", owner)
}

func (e *explainer) typeWords(p problem, found *record.Node, property map[string]any) (message string, expected any, help string) {
	name, types, allowed := e.name(p.path), e.types(property), p.allowed
	if values := asList(p.schema["enum"]); allowed == "" && values != nil {
		allowed, p.value = allowedValues(values), values
		p.allowed = allowed
	}
	if allowed == "" && found.Kind == record.Number && property["format"] == "date" {
		allowed = formats["date"].what
	}
	if allowed == "" {
		types = Texts(p.value)
		words := make([]string, len(types))
		for i, t := range types {
			words[i] = typeWord(t)
		}
		allowed = list(words, "or")
	}
	message = fmt.Sprintf("%s must be %s, not %s", name, allowed, describe(found))
	if found.Kind == record.Null {
		message = fmt.Sprintf("%s must be %s, but nothing is written there", name, allowed)
	}
	switch {
	case len(p.owned) == 1:
		return fmt.Sprintf("%s belongs to %s: indent it by two spaces", code(p.owned[0]), name), nil, indentHelp(p.path[len(p.path)-1])
	case len(p.owned) > 1:
		return fmt.Sprintf("%s belong to %s: indent them by two spaces", list(quoted(p.owned), "and"), name), nil, indentHelp(p.path[len(p.path)-1])
	case found.Kind == record.Number && property["format"] == "date" && len(daysMeant(found.Text)) == 1:
		day := daysMeant(found.Text)[0]
		return fmt.Sprintf("%s; did you mean %s?", message, day), day, e.write(p.path, day)
	case p.pointed:
		return e.pointedWords(p, found)
	case p.allowed != "" && lists(p.value, found.Text) && found.IsScalar():
		return message + "; put it in quotes", found.Text, fmt.Sprintf("Put it in quotes: \"%s\".", found.Text)
	case found.Kind == record.String && (slices.Contains(types, "integer") || slices.Contains(types, "number")):
		return e.numberWords(message, p, types, property)
	case (found.Kind == record.Number || found.Kind == record.Bool) && slices.Contains(types, "string"):
		return message, found.Text, fmt.Sprintf("Put it in quotes: \"%s\".", found.Text)
	case found.Kind == record.String && slices.Contains(types, "array") && dashPattern.MatchString(found.Text):
		return listWords(message+"; a space is missing behind the dash", dashes.Split(found.Text, -1)[1:])
	case found.Kind == record.String && slices.Contains(types, "array"):
		if entries := e.entriesMeant(p.path, found.Text); entries != nil {
			return listWords(message, entries)
		}
	}
	if meant := e.valuesMeant(p, property); len(meant) > 0 {
		return e.offer(message, p.path, meant)
	}
	return message, nil, e.rewrite(p.path, property)
}

func (e *explainer) enumWords(p problem, found *record.Node, property map[string]any) (message string, expected any, help string) {
	values, _ := p.value.([]any)
	names, allowed := valueNames(values), p.allowed
	word, inQuotes := typographic(found.Text)
	meant := ""
	if found.IsScalar() {
		meant = spelling.Meant(word, names)
	}
	switch {
	case allowed == "" && meant != "" && len(names) > maxBesideMeant:
		allowed = fmt.Sprintf("one of %d values", len(names))
	case allowed == "":
		allowed = allowedValues(values)
	}
	message = fmt.Sprintf("%s must be %s, not %s", e.name(p.path), allowed, show(found))
	switch {
	case inQuotes:
		message += typographicHint
	case meant != "" && (len(names) > 1 || p.allowed != ""):
		message += fmt.Sprintf("; did you mean `%s`?", meant)
	}
	if meant != "" {
		value := values[slices.Index(names, meant)]
		return message, value, e.write(p.path, value)
	}
	if types := e.types(property); slices.Contains(types, "integer") {
		return e.numberWords(message, p, types, property)
	}
	return e.offer(message, p.path, e.valuesMeant(p, property))
}

func valueNames(values []any) []string {
	names := make([]string, len(values))
	for i, value := range values {
		names[i] = jsonText(value)
	}
	return names
}

// jsonText returns a value of a schema as it would be written: a text as it is,
// else as JSON.
func jsonText(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	written, _ := json.Marshal(value)
	return string(written)
}

// lists reports whether a list of values holds a text.
func lists(values any, text string) bool {
	return slices.Contains(asList(values), any(text))
}

func allowedValues(values []any) string {
	if len(values) > maxListed {
		return fmt.Sprintf("one of the %d values that its schema lists", len(values))
	}
	return list(quoted(valueNames(values)), "or")
}

func (e *explainer) formWords(p problem, found *record.Node, property map[string]any) (message string, expected any, help string) {
	name := e.name(p.path)
	if p.value == "date" && record.IsDate(found.Text) {
		return fmt.Sprintf("%s is %s, a day that the calendar does not have", name, show(found)), nil, ""
	}
	if years := yearsMeant(p, found.Text); years != "" {
		return fmt.Sprintf("%s is %s; %s is no year that is meant here: %s", name, show(found), found.Text[:4], years), nil, ""
	}
	message = fmt.Sprintf("%s must be %s, not %s", name, e.form(p, property), show(found))
	meant := e.valuesMeant(p, property)
	if _, inQuotes := typographic(found.Text); inQuotes {
		_, expected, _ = e.offer(message, p.path, meant)
		return message + typographicHint, expected, "Write plain quotes (\") or none."
	}
	if secure := secured(found.Text); secure != "" {
		return message, guess(secure), ""
	}
	switch {
	case p.value == "date" && len(meant) == 1:
		return fmt.Sprintf("%s; did you mean %s?", message, meant[0]), meant[0], e.write(p.path, meant[0])
	case p.value == "date" && len(meant) == 2:
		return fmt.Sprintf("%s; write the year first: %s or %s", message, meant[0], meant[1]), nil, e.write(p.path, meant...)
	}
	return e.offer(message, p.path, meant)
}

// form says what a value must look like: in the schema's own words, if it has
// them, else by an example.
func (e *explainer) form(p problem, property map[string]any) string {
	for _, schema := range []map[string]any{p.schema, property} {
		if words, ok := schema["x-expects"].(string); ok {
			return words
		}
	}
	example := cmp.Or(example(p.schema), example(property))
	if name, ok := p.value.(string); ok && p.keyword == "format" {
		words := formats[name].what
		if example == "" && !wellKnown(name) {
			words += ", such as " + formats[name].example
		}
		return words
	}
	if example != "" {
		return "written like `" + example + "`"
	}
	return unnamedForm
}

// wellKnown reports whether people know what a format looks like.
func wellKnown(format string) bool { return format == "date" || format == "email" || format == "uri" }

// limitWords explains the keywords that bound a value.
func (e *explainer) limitWords(p problem, name string, found *record.Node) string {
	limit := jsonText(p.value)
	switch p.keyword {
	case "minLength":
		if found.Text == "" {
			return name + " is empty"
		}
		return fmt.Sprintf("%s must have at least %s", name, source.Count(wholeNumber(p.value), "character", "characters"))
	case "maxLength":
		return fmt.Sprintf("%s must have at most %s", name, source.Count(wholeNumber(p.value), "character", "characters"))
	case "minimum":
		return fmt.Sprintf("%s must be at least %s, not %s", name, limit, show(found))
	case "exclusiveMinimum":
		return fmt.Sprintf("%s must be above %s, not %s", name, limit, show(found))
	case "maximum":
		return fmt.Sprintf("%s must be at most %s, not %s", name, limit, show(found))
	case "exclusiveMaximum":
		return fmt.Sprintf("%s must be below %s, not %s", name, limit, show(found))
	case "multipleOf":
		return fmt.Sprintf("%s must be a multiple of %s, not %s", name, limit, show(found))
	case "minItems":
		return fmt.Sprintf("%s must have at least %s; it has %d", name, source.Count(wholeNumber(p.value), "entry", "entries"), len(found.Items))
	case "maxItems":
		return fmt.Sprintf("%s must have at most %s; it has %d", name, source.Count(wholeNumber(p.value), "entry", "entries"), len(found.Items))
	case "minProperties":
		return fmt.Sprintf("%s must have at least %s; it has %d", name, source.Count(wholeNumber(p.value), "field", "fields"), len(found.Fields))
	case "maxProperties":
		return fmt.Sprintf("%s must have at most %s; it has %d", name, source.Count(wholeNumber(p.value), "field", "fields"), len(found.Fields))
	}
	return fmt.Sprintf("%s must not be %s", name, describe(found))
}

// wholeNumber returns a limit on how many there may be of something, which may be
// written 2.0 as well.
func wholeNumber(limit any) int {
	number, _ := limit.(json.Number)
	value, _ := number.Float64()
	return int(value)
}

// name is what a person calls the value at path.
func (e *explainer) name(path []string) string {
	if len(path) == 0 {
		return "the record"
	}
	last := path[len(path)-1]
	if e.isEntry(path) {
		i, _ := strconv.Atoi(last)
		return fmt.Sprintf("entry %d of %s", i+1, e.name(path[:len(path)-1]))
	}
	return code(last)
}

// code shows a name, and every blank in it that does not look like a space.
func code(name string) string {
	if name == "" {
		return "`\"\"`"
	}
	var b strings.Builder
	for _, r := range name {
		if r != ' ' && unicode.IsSpace(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return "`" + b.String() + "`"
}

// fieldNames returns the fields that the object at path may have, sorted.
func (e *explainer) fieldNames(path []string) []string {
	return sortedKeys(asObject(e.property(path)["properties"]))
}

// alternatives says what each branch of an anyOf or oneOf allows: values first,
// then types.
func (e *explainer) alternatives(branches []any) []string {
	var values, types []string
	add := func(to *[]string, word string) {
		if !slices.Contains(*to, word) {
			*to = append(*to, word)
		}
	}
	for _, branch := range branches {
		object := e.describe(asObject(branch)).merged()
		listed := asList(object["enum"])
		if value, ok := object["const"]; ok {
			listed = append(slices.Clone(listed), value)
		}
		for _, value := range listed {
			add(&values, "`"+jsonText(value)+"`")
		}
		for _, t := range Texts(object["type"]) {
			if len(listed) == 0 {
				add(&types, typeWord(t))
			}
		}
		for _, word := range e.alternatives(slices.Concat(asList(object["anyOf"]), asList(object["oneOf"]))) {
			add(&types, word)
		}
	}
	return append(values, types...)
}

// typeWord is what a person calls a type of JSON.
func typeWord(t string) string {
	switch t {
	case "string":
		return "text"
	case "integer":
		return "a whole number"
	case "number":
		return "a number"
	case "boolean":
		return "true or false"
	case "array":
		return "a list (each entry on a line that starts with `- `)"
	case "object":
		return "a group of fields (each on an indented line of its own)"
	}
	return "nothing"
}

// describe says what a value is, and which.
func describe(n *record.Node) string {
	switch n.Kind {
	case record.String:
		return "the text " + show(n)
	case record.Number:
		return "the number " + n.Text
	}
	return show(n)
}

// maxShown is how many characters of a value a message shows.
const maxShown = 60

// show returns a value as a message shows it.
func show(n *record.Node) string {
	switch n.Kind {
	case record.Null:
		return "nothing"
	case record.List:
		return "a list"
	case record.Map:
		return "a group of fields"
	case record.Number:
		return n.Text
	}
	text := []rune(n.Text)
	if len(text) > maxShown {
		text = append(text[:maxShown], '…')
	}
	return "`" + source.Visible(string(text)) + "`"
}

// exampleOf returns the first example of a property that fits on a line, or nil.
func exampleOf(property map[string]any) any {
	examples, _ := property["examples"].([]any)
	for _, value := range examples {
		switch value.(type) {
		case string, json.Number, bool:
			return value
		}
	}
	return nil
}

// example returns the first example of a property that fits on a line as it reads.
func example(property map[string]any) string {
	if value := exampleOf(property); value != nil {
		return jsonText(value)
	}
	return ""
}

func quoted(names []string) []string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = code(name)
	}
	return quoted
}

// list joins words as a sentence does: a, b or c.
func list(words []string, conjunction string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + conjunction + " " + words[last]
}
