package schema

import (
	"fmt"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// demand says what a value must be to fit a schema, as what follows "must be";
// "" where there are no plain words for it.
func (e *explainer) demand(schema map[string]any) string {
	if words, ok := schema["x-expects"].(string); ok {
		return words
	}
	all := e.describe(schema).merged()
	if words, ok := all["x-expects"].(string); ok {
		return words
	}
	noun, limits := e.noun(all), limitsOf(all)
	if fields := fieldsOf(all); fields != "" {
		noun = strings.TrimSuffix("a group of fields with "+fields, " with ")
	}
	if title, ok := all["title"].(string); ok && noun == "" && len(limits) == 0 {
		return title
	}
	switch {
	case len(limits) == 0:
		return noun
	case noun == "":
		return list(limits, "and")
	}
	return noun + " that is " + list(limits, "and")
}

// unnamedForm is a form for which the schema has neither words nor an example.
const unnamedForm = "of the form that its schema asks for"

// noun returns what kind of thing a schema asks for.
func (e *explainer) noun(schema map[string]any) string {
	if value, ok := schema["const"]; ok {
		return "`" + jsonText(value) + "`"
	}
	if values := asList(schema["enum"]); len(values) > 0 {
		return allowedValues(values)
	}
	if name, ok := schema["format"].(string); ok {
		return formats[name].what
	}
	if _, ok := schema["pattern"]; ok {
		if example := example(schema); example != "" {
			return "written like `" + example + "`"
		}
		return unnamedForm
	}
	if of, ok := schema["multipleOf"]; ok {
		return "a multiple of " + jsonText(of)
	}
	types := Texts(schema["type"])
	words := make([]string, len(types))
	for i, t := range types {
		words[i], _, _ = strings.Cut(typeWord(t), " (")
	}
	return list(words, "or")
}

// limitsOf returns the limits that a schema sets to a value, each as what follows
// "is".
func limitsOf(schema map[string]any) []string {
	var limits []string
	add := func(keyword, format string, show func(any) string) {
		if value, ok := schema[keyword]; ok {
			limits = append(limits, fmt.Sprintf(format, show(value)))
		}
	}
	counted := func(one, many string) func(any) string {
		return func(value any) string { return source.Count(wholeNumber(value), one, many) }
	}
	add("minimum", "at least %s", jsonText)
	add("exclusiveMinimum", "above %s", jsonText)
	add("maximum", "at most %s", jsonText)
	add("exclusiveMaximum", "below %s", jsonText)
	add("minLength", "at least %s long", counted("character", "characters"))
	add("maxLength", "at most %s long", counted("character", "characters"))
	add("minItems", "at least %s long", counted("entry", "entries"))
	add("maxItems", "at most %s long", counted("entry", "entries"))
	return limits
}

// fieldsOf says which fields a schema asks for, with their values where there is
// one alone.
func fieldsOf(schema map[string]any) string {
	required := Texts(schema["required"])
	properties := asObject(schema["properties"])
	var words []string
	for _, name := range sortedKeys(properties) {
		if value, ok := asObject(properties[name])["const"]; ok {
			words = append(words, fmt.Sprintf("`%s: %s`", name, jsonText(value)))
		}
	}
	for _, name := range required {
		if _, ok := asObject(properties[name])["const"]; !ok {
			words = append(words, code(name))
		}
	}
	slices.Sort(words)
	return list(words, "and")
}

func entries(n int) string { return source.Count(n, "entry", "entries") }
