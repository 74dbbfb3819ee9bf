package schema

import (
	"slices"
	"strconv"
	"strings"
)

// A shape says which schemas a keyword's value holds.
type shape int

const (
	noSchema  shape = iota
	oneSchema       // its value is a schema
	schemaList
	schemaMap // an object of schemas, each under a name
	reference
	named // no schema, but something for each of several fields
)

// keywords are those of JSON Schema 2020-12. What a schema says to people and
// programs beyond them begins with x-.
var keywords = map[string]shape{
	"$schema": noSchema, "$id": noSchema, "$anchor": noSchema, "$dynamicAnchor": noSchema, "$comment": noSchema,
	"$ref": reference, "$dynamicRef": reference, "$defs": schemaMap, "$vocabulary": noSchema,

	"allOf": schemaList, "anyOf": schemaList, "oneOf": schemaList, "not": oneSchema,
	"if": oneSchema, "then": oneSchema, "else": oneSchema, "dependentSchemas": schemaMap,
	"prefixItems": schemaList, "items": oneSchema, "contains": oneSchema, "unevaluatedItems": oneSchema,
	"properties": schemaMap, "patternProperties": schemaMap, "additionalProperties": oneSchema,
	"propertyNames": oneSchema, "unevaluatedProperties": oneSchema,

	"type": noSchema, "enum": noSchema, "const": noSchema,
	"multipleOf": noSchema, "maximum": noSchema, "exclusiveMaximum": noSchema, "minimum": noSchema, "exclusiveMinimum": noSchema,
	"maxLength": noSchema, "minLength": noSchema, "pattern": noSchema, "format": noSchema,
	"maxItems": noSchema, "minItems": noSchema, "uniqueItems": noSchema, "maxContains": noSchema, "minContains": noSchema,
	"maxProperties": noSchema, "minProperties": noSchema, "required": noSchema, "dependentRequired": named,

	"contentEncoding": noSchema, "contentMediaType": noSchema, "contentSchema": oneSchema,
	"title": noSchema, "description": noSchema, "default": noSchema, "examples": noSchema,
	"deprecated": noSchema, "readOnly": noSchema, "writeOnly": noSchema,
}

// inPlace are the keywords whose schemas are about the same value as the schema
// that they stand in.
var inPlace = map[string]bool{
	"$ref": true, "$dynamicRef": true, "allOf": true, "anyOf": true, "oneOf": true, "not": true,
	"if": true, "then": true, "else": true, "dependentSchemas": true,
}

// holders are the keywords that hold schemas, sorted; heldInPlace are those of them
// whose schemas say what the value itself is.
var (
	holders = slices.Sorted(func(yield func(string) bool) {
		for keyword, shape := range keywords {
			if (shape == oneSchema || shape == schemaList || shape == schemaMap) && !yield(keyword) {
				return
			}
		}
	})
	heldInPlace = slices.DeleteFunc(slices.Clone(holders), func(keyword string) bool {
		return !inPlace[keyword] || keyword == "if" || keyword == "not"
	})
)

// formats are those that are judged, each with an example of it.
var formats = map[string]struct{ what, example string }{
	"date":                  {"a date written YYYY-MM-DD", "2026-03-31"},
	"time":                  {"a time with its zone", "14:30:00Z"},
	"date-time":             {"a day and time with its zone", "2026-03-31T14:30:00Z"},
	"duration":              {"a duration", "P3D"},
	"email":                 {"an email address", "integrations@partner.example"},
	"hostname":              {"the name of a host", "www.partner.example"},
	"ipv4":                  {"an IPv4 address", "192.0.2.1"},
	"ipv6":                  {"an IPv6 address", "2001:db8::1"},
	"uri":                   {"a complete URL", "https://partner.example"},
	"uri-reference":         {"a URL or the end of one", "/about"},
	"iri":                   {"a complete URL", "https://partner.example"},
	"iri-reference":         {"a URL or the end of one", "/about"},
	"uri-template":          {"a URL with names in braces", "https://partner.example/{id}"},
	"uuid":                  {"a UUID", "123e4567-e89b-42d3-a456-426614174000"},
	"json-pointer":          {"a JSON Pointer", "/a/0"},
	"relative-json-pointer": {"a relative JSON Pointer", "1/a"},
	"regex":                 {"a regular expression", "^[a-z]+$"},
}

// A below is a schema that stands in another one.
type below struct {
	keyword, name string // name is "" where the keyword holds one schema
	path          []string
	schema        any
}

// schemasIn returns the schemas that stand right in the one at path, sorted.
func schemasIn(schema map[string]any, path []string) []below { return heldBy(holders, schema, path) }

// heldBy returns those that stand in the one at path under some of the holders.
func heldBy(holders []string, schema map[string]any, path []string) (all []below) {
	add := func(keyword, name string, schema any) {
		at := append(append(make([]string, 0, len(path)+2), path...), keyword)
		if name != "" || keywords[keyword] == schemaMap {
			at = append(at, name)
		}
		all = append(all, below{keyword, name, at, schema})
	}
	for _, keyword := range holders {
		held, ok := schema[keyword]
		if !ok {
			continue
		}
		switch keywords[keyword] {
		case oneSchema:
			add(keyword, "", held)
		case schemaList:
			list, _ := held.([]any)
			for i, item := range list {
				add(keyword, strconv.Itoa(i), item)
			}
		case schemaMap:
			object, _ := held.(map[string]any)
			for _, name := range sortedKeys(object) {
				add(keyword, name, object[name])
			}
		}
	}
	return all
}

// target returns the path of what a schema refers to, if it stands in the same
// document: behind #, a JSON Pointer or an anchor's name.
func (d document) target(ref string) (path []string, ok bool) {
	fragment, ok := strings.CutPrefix(ref, "#")
	switch {
	case !ok:
		return nil, false
	case fragment == "":
		return nil, true
	case fragment[0] == '/':
		return fragmentPath(fragment), true
	}
	return findAnchor(d, nil, fragment)
}

func findAnchor(schema map[string]any, path []string, name string) (found []string, ok bool) {
	if schema["$anchor"] == name || schema["$dynamicAnchor"] == name {
		return path, true
	}
	for _, b := range schemasIn(schema, path) {
		if object, isObject := b.schema.(map[string]any); isObject {
			if found, ok = findAnchor(object, b.path, name); ok {
				return found, true
			}
		}
	}
	return nil, false
}

// refs returns what a schema refers to.
func refs(schema map[string]any) []string {
	return append(Texts(schema["$ref"]), Texts(schema["$dynamicRef"])...)
}
