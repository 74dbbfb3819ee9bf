package schema

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/spelling"
)

// describedBy returns help that ends in what the schema says of a field.
func describedBy(help string, property map[string]any) string {
	description, _ := property["description"].(string)
	return strings.TrimSpace(help + " " + description)
}

// correct is the help where nothing better is known.
func (e *explainer) correct(path []string, property map[string]any) string {
	if !e.isEntry(path) {
		return describedBy("Correct "+e.name(path)+".", property)
	}
	help := "Correct or delete the entry."
	if title, ok := property["title"].(string); ok {
		help += " " + title + ":"
	}
	return describedBy(help, property)
}

// write is the help where the value to write is known: as it is typed, in quotes
// where YAML needs them. Of several values one is meant.
func (e *explainer) write(path []string, values ...any) string {
	var typed []string
	for _, value := range values {
		line := asTyped(value)
		if len(path) > 0 && !e.isEntry(path) {
			line = path[len(path)-1] + ": " + line
		}
		typed = append(typed, "`"+line+"`")
	}
	return "Write " + list(typed, "or") + "."
}

// asTyped returns a value as a record has it.
func asTyped(value any) string {
	if text, ok := record.Scalar(value); ok {
		return text
	}
	return jsonText(value)
}

// rewrite is the help where a value has to be written in another way; "" where
// the schema does not tell in which.
func (e *explainer) rewrite(path []string, property map[string]any) string {
	if len(path) == 0 || e.isEntry(path) {
		return ""
	}
	lines := e.lines(path[len(path)-1], property)
	if lines == "" {
		return ""
	}
	return describedBy("Write "+lines+".", property)
}

// isEntry reports whether path leads to an entry of a list.
func (e *explainer) isEntry(path []string) bool {
	return len(path) > 0 && e.at(path[:len(path)-1]).Kind == record.List
}

// lines says how the lines of a field are written, as far as its schema tells.
func (e *explainer) lines(name string, property map[string]any) string {
	if example := exampleOf(property); example != nil {
		return fmt.Sprintf("a line such as `%s: %s`", name, asTyped(example))
	}
	var inner []string
	for _, field := range Texts(property["required"]) {
		inner = append(inner, field+": …")
	}
	if items, ok := property["items"].(map[string]any); ok {
		if example := exampleOf(e.describe(items).merged()); example != nil {
			inner = []string{"- " + asTyped(example)}
		}
	}
	if len(inner) == 0 {
		return ""
	}
	return fmt.Sprintf("`%s:` and below it, indented, %s", name, list(quoted(inner), "and"))
}

// types returns the types that a property may have.
func (e *explainer) types(property map[string]any) []string {
	types := Texts(property["type"])
	for _, keyword := range []string{"anyOf", "oneOf"} {
		branches, _ := property[keyword].([]any)
		for _, branch := range branches {
			object, _ := branch.(map[string]any)
			types = append(types, Texts(e.describe(object).merged()["type"])...)
		}
	}
	return types
}

// freeNames returns the fields that the object at path may have and has not.
func (e *explainer) freeNames(path []string) []string {
	object := e.at(path)
	return slices.DeleteFunc(e.fieldNames(path), func(name string) bool { return object.Field(name) != nil })
}

// misspelt returns the unknown field that was meant to be the missing one, and
// its line.
func (e *explainer) misspelt(path []string, missing string) (name string, line int) {
	known, free := e.fieldNames(path), e.freeNames(path)
	for _, field := range e.at(path).Fields {
		if !slices.Contains(known, field.Key) && spelling.Meant(field.Key, free) == missing {
			place := e.record.Locate(append(slices.Clone(path), field.Key), true)
			return field.Key, place.Span.Start.Line
		}
	}
	return "", 0
}

// owner returns the empty field that an unknown one right below it belongs to,
// as where the fields of a group are not indented. It may be "".
func (e *explainer) owner(path []string, name string) string {
	known := e.fieldNames(path)
	for _, above := range known {
		if field := e.at(path).Field(above); field == nil || field.Kind != record.Null {
			continue
		}
		inner := e.fieldNames(append(slices.Clone(path), above))
		if slices.Contains(inner, name) && rightBelow(e.at(path).Fields, above, name, known) {
			return above
		}
	}
	return ""
}

// rightBelow reports whether only unknown fields stand between a field and one
// below it.
func rightBelow(fields []record.Field, above, name string, known []string) bool {
	from := slices.IndexFunc(fields, func(f record.Field) bool { return f.Key == above })
	to := slices.IndexFunc(fields, func(f record.Field) bool { return f.Key == name })
	return from < to && !slices.ContainsFunc(fields[from+1:to], func(f record.Field) bool { return slices.Contains(known, f.Key) })
}

var (
	digitsPattern = regexp.MustCompile(`[0-9]+`)
	dashPattern   = regexp.MustCompile(`^-[^-\s]`)
	dashes        = regexp.MustCompile(`(?:^| )-`)
)

// numberWords are those of a text where a number belongs: the number that it was
// meant to be, or how to write one.
func (e *explainer) numberWords(message string, p problem, types []string, property map[string]any) (words string, expected any, help string) {
	text := e.at(p.path).Text
	if isNumber(text, !slices.Contains(types, "number")) {
		return message, json.Number(text), fmt.Sprintf("Write %s without quotes.", text)
	}
	if meant := e.valuesMeant(p, property); len(meant) > 0 {
		return e.offer(message, p.path, meant)
	}
	if p.keyword == "type" || digitsPattern.MatchString(text) {
		help = onlyDigits(text, property)
	}
	return message, nil, help
}

// onlyDigits is the help for a text that is no number, though one may be in it.
func onlyDigits(text string, property map[string]any) string {
	number := "10"
	if found := digitsPattern.FindAllString(text, 2); len(found) == 1 && isNumber(found[0], true) {
		number = found[0]
	} else if example := example(property); isNumber(example, false) {
		number = example
	}
	return describedBy(fmt.Sprintf("Write only the digits, such as `%s`.", number), property)
}

// listWords are those of a text that was meant to be a list of these entries.
func listWords(message string, texts []string) (words string, expected any, help string) {
	var entries []any
	var typed []string
	for _, entry := range texts {
		entries = append(entries, entry)
		typed = append(typed, "`- "+asTyped(entry)+"`")
	}
	return message, entries, "Write " + list(typed, "and") + ", each on a line of its own."
}

// entriesMeant returns the entries that a text lists, in commas or side by side, if
// it can be none itself.
func (e *explainer) entriesMeant(path []string, text string) []string {
	entries := strings.Fields(text)
	if strings.ContainsAny(text, ",;") {
		entries = strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' })
	}
	values := make([]any, len(entries))
	for i, entry := range entries {
		entries[i] = strings.TrimSpace(entry)
		values[i] = entries[i]
	}
	if len(entries) < 2 || e.takes(path, []any{text}) || !e.takes(path, values) {
		return nil
	}
	return entries
}

func isNumber(text string, whole bool) bool {
	if !record.IsNumber(text) || len(text) > 18 {
		return false
	}
	_, err := strconv.ParseInt(text, 10, 64)
	return err == nil || !whole
}

var yearFirstOf = regexp.MustCompile(`^[0-9]{4}-`)

// yearsMeant returns the years that a pattern allows where a date or a month has
// another one, as "1990 to 2100", or "".
func yearsMeant(p problem, text string) string {
	written, _ := p.value.(string)
	pattern, err := regexp.Compile(written)
	if p.keyword != "pattern" || err != nil || !yearFirstOf.MatchString(text) {
		return ""
	}
	first, last := "", ""
	for year := range 10_000 {
		if other := fmt.Sprintf("%04d", year); pattern.MatchString(other + text[4:]) {
			first, last = cmp.Or(first, other), other
		}
	}
	if first == "" {
		return ""
	}
	return first + " to " + last
}

const typographicHint = `; these are typographic quotes; use "`

// typographic returns what stands between typographic quotes, or the whole text
// where it is not enclosed by them.
func typographic(text string) (inner string, ok bool) {
	const quotes = "“”„‟«»‘’‚‛"
	runes := []rune(text)
	last := len(runes) - 1
	if last < 1 || !strings.ContainsRune(quotes, runes[0]) || !strings.ContainsRune(quotes, runes[last]) {
		return text, false
	}
	return string(runes[1:last]), true
}

var webAddress = regexp.MustCompile(`^(?i:https?)://`)

// secured returns the address of a website with https, or "" where it is none or
// begins so.
func secured(text string) string {
	scheme := webAddress.FindString(text)
	if scheme == "" || scheme == "https://" {
		return ""
	}
	return "https://" + text[len(scheme):]
}
