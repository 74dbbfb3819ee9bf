package schema

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

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

// write is the help where the value to write is known.
func (e *explainer) write(path []string, value string) string {
	if len(path) == 0 || e.isEntry(path) {
		return fmt.Sprintf("Write `%s`.", value)
	}
	return fmt.Sprintf("Write `%s: %s`.", path[len(path)-1], value)
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
	if example := example(property); example != "" {
		return fmt.Sprintf("a line such as `%s: %s`", name, example)
	}
	var inner []string
	for _, field := range Texts(property["required"]) {
		inner = append(inner, field+": …")
	}
	if items, ok := property["items"].(map[string]any); ok {
		if example := example(e.describe(items).merged()); example != "" {
			inner = []string{"- " + example}
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

// rightBelow reports whether a field is empty and only unknown fields stand
// between it and another one.
func rightBelow(fields []record.Field, above, name string, known []string) bool {
	from := slices.IndexFunc(fields, func(f record.Field) bool { return f.Key == above })
	to := slices.IndexFunc(fields, func(f record.Field) bool { return f.Key == name })
	return 0 <= from && from < to && fields[from].Value.Kind == record.Null &&
		!slices.ContainsFunc(fields[from+1:to], func(f record.Field) bool { return slices.Contains(known, f.Key) })
}

var (
	digitsPattern = regexp.MustCompile(`[0-9]+`)
	dashPattern   = regexp.MustCompile(`^-[^-\s]`)
)

// digits returns the number that a text was meant to be, where it is nothing
// else, and how to write it.
func (e *explainer) digits(text string, types []string, property map[string]any) (expected any, help string) {
	if isNumber(text, !slices.Contains(types, "number")) {
		return json.Number(text), fmt.Sprintf("Write %s without quotes.", text)
	}
	number := "10"
	if found := digitsPattern.FindAllString(text, 2); len(found) == 1 && isNumber(found[0], true) {
		number = found[0]
	} else if example := example(property); isNumber(example, false) {
		number = example
	}
	return nil, describedBy(fmt.Sprintf("Write only the digits, such as `%s`.", number), property)
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

var (
	digitsOnly = regexp.MustCompile(`^([0-9]{4})([0-9]{2})([0-9]{2})$`)
	yearFirst  = regexp.MustCompile(`^([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})$`)
	yearLast   = regexp.MustCompile(`^([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})$`)
)

// daysMeant returns the days that a date in another form may be, as YYYY-MM-DD.
func daysMeant(text string) []string {
	var days []string
	add := func(year, month, day string) {
		if at, err := time.Parse("2006-1-2", year+"-"+month+"-"+day); err == nil {
			days = append(days, at.Format(time.DateOnly))
		}
	}
	if m := digitsOnly.FindStringSubmatch(text); m != nil {
		add(m[1], m[2], m[3])
	}
	if m := yearFirst.FindStringSubmatch(text); m != nil {
		add(m[1], m[2], m[3])
	}
	if m := yearLast.FindStringSubmatch(text); m != nil {
		add(m[3], m[2], m[1])
		add(m[3], m[1], m[2])
	}
	return slices.Compact(days)
}
