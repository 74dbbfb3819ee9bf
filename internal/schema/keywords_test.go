package schema

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A keywordCase is a schema of the field v that fails by one keyword alone.
type keywordCase struct {
	keyword, schema, value string
	rule, below            string // of the finding, and where below v it is
	message                string // with V for v's name
}

// keywordCases has every keyword of JSON Schema 2020-12 that judges.
var keywordCases = []keywordCase{
	{"type", `{"type": "integer"}`, "a", "type", "", "V must be a whole number, not the text `a`"},
	{"type, several", `{"type": ["string", "null"]}`, "[]", "type", "", "V must be text or nothing, not a list"},
	{"enum", `{"enum": ["b", 2, null]}`, "a", "enum", "", "V must be `b`, `2` or `null`, not `a`"},
	{"enum of texts of digits", `{"enum": ["1", "2"]}`, "1", "type", "", "V must be `1` or `2`, not the number 1; put it in quotes"},
	{"const", `{"const": "b"}`, "a", "enum", "", "V must be `b`, not `a`"},
	{"const, an object", `{"const": {"a": [1, null]}}`, "a", "type", "", "V must be `{\"a\":[1,null]}`, not the text `a`"},
	{"multipleOf", `{"multipleOf": 2.5}`, "4", "multipleOf", "", "V must be a multiple of 2.5, not 4"},
	{"maximum", `{"maximum": 3}`, "4", "maximum", "", "V must be at most 3, not 4"},
	{"exclusiveMaximum", `{"exclusiveMaximum": 4}`, "4", "exclusiveMaximum", "", "V must be below 4, not 4"},
	{"minimum", `{"minimum": 5}`, "4", "minimum", "", "V must be at least 5, not 4"},
	{"exclusiveMinimum", `{"exclusiveMinimum": 4}`, "4", "exclusiveMinimum", "", "V must be above 4, not 4"},
	{"maxLength", `{"maxLength": 1}`, "ab", "maxLength", "", "V must have at most 1 character"},
	{"minLength", `{"minLength": 3}`, "ab", "minLength", "", "V must have at least 3 characters"},
	{"pattern", `{"pattern": "^b"}`, "a", "pattern", "", "V must be of the form that its schema asks for, not `a`"},
	{"format", `{"format": "uuid"}`, "a", "format", "", "V must be a UUID, such as 123e4567-e89b-42d3-a456-426614174000, not `a`"},
	{"format, a time", `{"format": "time"}`, "noon", "format", "", "V must be a time with its zone, such as 14:30:00Z, not `noon`"},
	{"maxItems", `{"maxItems": 1}`, "[a, b]", "maxItems", "", "V must have at most 1 entry; it has 2"},
	{"minItems", `{"minItems": 3}`, "[a, b]", "minItems", "", "V must have at least 3 entries; it has 2"},
	{"uniqueItems", `{"uniqueItems": true}`, "[1, a, 1.0]", "uniqueItems", "/2", "entry 3 of V is the same as entry 1, on line L"},
	{"contains", `{"contains": {"const": "x"}}`, "[a]", "contains", "", "V must have at least 1 entry that is `x`; it has 0"},
	{"minContains", `{"contains": {"minimum": 2}, "minContains": 2}`, "[1, 3]", "contains", "", "V must have at least 2 entries that are at least 2; it has 1"},
	{"maxContains", `{"contains": {"type": "integer"}, "maxContains": 1}`, "[1, 3]", "contains", "", "V must have at most 1 entry that is a whole number; it has 2"},
	{"maxProperties", `{"maxProperties": 1}`, "{a: 1, b: 2}", "maxProperties", "", "V must have at most 1 field; it has 2"},
	{"minProperties", `{"minProperties": 2}`, "{a: 1}", "minProperties", "", "V must have at least 2 fields; it has 1"},
	{"required", `{"required": ["a"]}`, "{b: 1}", "required", "", "`a` is missing in V"},
	{"dependentRequired", `{"dependentRequired": {"b": ["a"]}}`, "{b: 1}", "required", "", "`a` is missing in V"},
	{"properties", `{"properties": {"a": {"type": "integer"}}}`, "{a: b}", "type", "/a", "`a` must be a whole number, not the text `b`"},
	{"properties, false", `{"properties": {"a": false}}`, "{a: b}", "additionalProperties", "/a", "`a` must not be there"},
	{"properties, named like keywords", `{"properties": {"dependentRequired": {"type": "array"}}}`, "{dependentRequired: b}", "type", "/dependentRequired",
		"`dependentRequired` must be a list (each entry on a line that starts with `- `), not the text `b`"},
	{"properties, without a name", `{"properties": {"": {"type": "integer"}}}`, `{"": b}`, "type", "/", "`\"\"` must be a whole number, not the text `b`"},
	{"patternProperties", `{"patternProperties": {"^a": {"type": "integer"}}}`, "{ab: b}", "type", "/ab", "`ab` must be a whole number, not the text `b`"},
	{"additionalProperties", `{"properties": {"a": {}, "c": false}, "additionalProperties": false}`, "{b: 1}", "additionalProperties", "/b",
		"there is no field `b` here; the fields are `a`"},
	{"additionalProperties, a schema", `{"additionalProperties": {"type": "integer"}}`, "{b: b}", "type", "/b", "`b` must be a whole number, not the text `b`"},
	{"propertyNames", `{"propertyNames": {"enum": ["colour"]}}`, "{color: 1}", "additionalProperties", "/color", "there is no field `color` here; did you mean `colour`?"},
	{"propertyNames, by length", `{"propertyNames": {"maxLength": 3}}`, "{color: 1}", "additionalProperties", "/color",
		"there is no field `color` here; the name must be at most 3 characters long"},
	{"unevaluatedProperties", `{"allOf": [{"properties": {"size": {"type": "integer"}}}], "unevaluatedProperties": false}`, "{b: 1}", "additionalProperties", "/b",
		"there is no field `b` here; the fields are `size`"},
	{"unevaluatedProperties beside the fault", `{"allOf": [{"properties": {"size": {"type": "integer"}}}], "unevaluatedProperties": false}`, "{size: b}", "type", "/size",
		"`size` must be a whole number, not the text `b`"},
	{"unevaluatedProperties, near", `{"if": true, "then": {"properties": {"size": {}}}, "unevaluatedProperties": false}`, "{sizes: b}", "additionalProperties", "/sizes",
		"there is no field `sizes` here; did you mean `size`?"},
	{"unevaluatedProperties past the branch", `{"properties": {"mode": {}}, "if": {"properties": {"mode": {"const": "on"}}}, "then": {"properties": {"level": {}}}, "unevaluatedProperties": false}`,
		"{mode: low, level: 1}", "additionalProperties", "/level", "`level` is not allowed here, since `mode` is `low`"},
	{"items", `{"items": {"type": "integer"}}`, "[1, b]", "type", "/1", "entry 2 of V must be a whole number, not the text `b`"},
	{"items, false", `{"prefixItems": [{}], "items": false}`, "[1, b]", "not", "/1", "entry 2 of V is one too many: V must have at most 1 entry"},
	{"prefixItems", `{"prefixItems": [{"type": "integer"}]}`, "[b]", "type", "/0", "entry 1 of V must be a whole number, not the text `b`"},
	{"unevaluatedItems", `{"prefixItems": [{}], "unevaluatedItems": false}`, "[1, b]", "not", "/1", "entry 2 of V is one too many: V must have at most 1 entry"},
	{"dependentSchemas", `{"properties": {"gone": {}, "seat": {}}, "dependentSchemas": {"gone": {"properties": {"seats": false}}}}`, "{gone: 1, seats: 1}",
		"additionalProperties", "/seats", "`seats` is not allowed here, since `gone` is there"},
	{"then", `{"if": {"properties": {"a": {"const": 1}}}, "then": {"required": ["b"]}}`, "{a: 1}", "required", "", "`b` is missing in V"},
	{"else", `{"if": {"properties": {"a": {"const": 1}}}, "else": {"properties": {"b": false}}}`, "{a: 2, b: 1}", "additionalProperties", "/b",
		"`b` is not allowed here, since `a` is 2"},
	{"then, false", `{"if": {"required": ["a"]}, "then": false}`, "{a: 1}", "not", "", "V is not right, since `a` is 1"},
	{"allOf", `{"allOf": [{"minimum": 3}, {"maximum": 5}]}`, "6", "maximum", "", "V must be at most 5, not 6"},
	{"not", `{"not": {"multipleOf": 3}}`, "6", "not", "", "V must not be a multiple of 3, as 6 is"},
	{"not, of a list", `{"not": {"type": "array"}}`, "[6]", "not", "", "V must not be a list"},
	{"not, of two fields", `{"not": {"required": ["issue", "link"]}}`, "{issue: 1, link: 2, issues: 3}", "not", "/link", "`issue` and `link` cannot both be there"},
	{"not, of any field", `{"not": {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}}`, "{b: 1}", "additionalProperties", "/b", "there is no field `b` here"},
	{"anyOf, required", `{"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}`, "{}", "required", "", "`a` or `b` is missing in V"},
	{"anyOf, several required", `{"anyOf": [{"required": ["a"]}, {"required": ["b", "c"]}]}`, "{}", "required", "", "one of these is missing in V: `a`; or `b` and `c`"},
	{"anyOf, formats", `{"anyOf": [{"format": "email"}, {"format": "uri"}]}`, "a", "format", "", "V must be an email address or a complete URL, not `a`"},
	{"anyOf, patterns", `{"anyOf": [{"pattern": "^b", "examples": ["ba"]}, {"pattern": "^c", "x-expects": "a c"}]}`, "a", "pattern", "", "V must be written like `ba` or a c, not `a`"},
	{"anyOf, multiples", `{"anyOf": [{"multipleOf": 3}, {"multipleOf": 5}]}`, "7", "multipleOf", "", "V must be a multiple of 3 or a multiple of 5, not 7"},
	{"anyOf, constants", `{"anyOf": [{"const": 3}, {"const": 5}]}`, "7", "enum", "", "V must be `3` or `5`, not 7"},
	{"anyOf, types", `{"anyOf": [{"type": "integer"}, {"type": "boolean"}]}`, "a", "type", "", "V must be a whole number or true or false, not the text `a`"},
	{"anyOf, a near name", `{"anyOf": [{"properties": {"sizes": {}}, "additionalProperties": false}, {"properties": {"colour": {}}, "additionalProperties": false}]}`, "{color: 1}",
		"additionalProperties", "/color", "there is no field `color` here; did you mean `colour`?"},
	{"anyOf, other names", `{"anyOf": [{"properties": {"sizes": {}}, "additionalProperties": false}, {"properties": {"colour": {}}, "additionalProperties": false}]}`, "{weight: 1}",
		"additionalProperties", "/weight", "there is no field `weight` here; the fields are `colour` and `sizes`"},
	{"oneOf, told apart", `{"oneOf": [{"properties": {"do": {"const": "mail"}}, "required": ["do", "to"]}, {"properties": {"do": {"const": "call"}}, "required": ["do", "number"]}]}`,
		"{do: call}", "required", "", "`number` is missing in V"},
	{"oneOf, not told apart", `{"oneOf": [{"properties": {"do": {"const": "mail"}}, "required": ["do", "to"]}, {"properties": {"do": {"const": "call"}}, "required": ["do", "number"]}]}`,
		"{do: fax}", "enum", "/do", "`do` must be `mail` or `call`, not `fax`"},
	{"oneOf, of another type", `{"oneOf": [{"properties": {"do": {"const": "mail"}}}, {"properties": {"do": {"const": "call"}}}]}`,
		"{do: 5}", "type", "/do", "`do` must be `mail` or `call`, not the number 5"},
	{"oneOf, both", `{"oneOf": [{"multipleOf": 3}, {"multipleOf": 5}]}`, "15", "oneOf", "", "V must be only one of these: a multiple of 3 or a multiple of 5; 15 is more than one"},
	{"oneOf, both fields", `{"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}`, "{a: 1, b: 1}", "oneOf", "/b", "`a` and `b` cannot both be there"},
	{"$ref", `{"$ref": "#/$defs/count"}`, "a", "type", "", "V must be a whole number, not the text `a`"},
	{"$ref to an anchor", `{"$ref": "#size"}`, "a", "type", "", "V must be a whole number, not the text `a`"},
	{"$dynamicRef", `{"$dynamicRef": "#growing"}`, "a", "type", "", "V must be a whole number, not the text `a`"},
}

const keywordDefs = `{"count": {"type": "integer"}, "size": {"$anchor": "size", "type": "integer"}, "grow": {"$dynamicAnchor": "growing", "type": "integer"}}`

// jargon are words that say nothing to somebody who writes a record.
var jargon = []string{"<nil>", "map[", "oneOf", "anyOf", "allOf", "properties", "instance", "JSON", "regex", "%!"}

func TestKeywords(t *testing.T) {
	for _, c := range keywordCases {
		t.Run(c.keyword, func(t *testing.T) {
			c.judge(t, c.schema, "v: "+c.value, "/v", "`v`", 2)
			three := `{"properties": {"b": {"properties": {"v": ` + c.schema + `}}}}`
			c.judge(t, three, "v:\n  b:\n    v: "+c.value, "/v/b/v", "`v`", 4)
			c.judge(t, `{"items": `+c.schema+`}`, "v:\n- "+c.value, "/v/0", "entry 1 of `v`", 3)
			for _, combined := range []string{
				`{"$ref": "#/$defs/it"}`, `{"allOf": [{"$ref": "#/$defs/it"}]}`, `{"anyOf": [%s]}`, `{"oneOf": [%s]}`, `{"allOf": [{}, %s]}`,
				`{"if": {}, "then": %s}`, `{"if": false, "else": %s}`, `{"anyOf": [%s, {"$ref": "#/$defs/it"}]}`, `{"not": {"not": {}}, "allOf": [{"allOf": [%s]}]}`,
			} {
				c.judge(t, strings.ReplaceAll(combined, "%s", c.schema), "v: "+c.value, "/v", "`v`", 2)
			}
		})
	}
}

// judge makes sure that a schema of v, with $defs/it for the case's own, finds
// the one thing that the case is about.
func (c *keywordCase) judge(t *testing.T, schema, text, path, name string, line int) {
	t.Helper()
	set := load(t, `"properties": {"kind": {}, "v": `+schema+`}, "$defs": `+strings.TrimSuffix(keywordDefs, "}")+`, "it": `+c.schema+`}`)
	rec, unreadable := record.Load("partners/example/things/a.yaml", []byte("kind: thing\n"+text))
	if rec == nil {
		t.Fatal(unreadable)
	}
	var got []string
	for _, f := range set.Judge(rec).Findings {
		got = append(got, fmt.Sprintf("%d %s %s: %s", f.Span.Start.Line, f.Rule, f.Pointer(), f.Message))
	}
	message := strings.NewReplacer("V", name, "line L", fmt.Sprint("line ", line)).Replace(c.message)
	want := []string{fmt.Sprintf("%d schema/%s %s%s: %s", line, c.rule, path, c.below, message)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", schema, diff)
	}
	for _, word := range jargon {
		if strings.Contains(message, word) {
			t.Errorf("%s: %q is no plain word", message, word)
		}
	}
}

// TestKeywordCases makes sure that there is a case for every keyword that judges.
func TestKeywordCases(t *testing.T) {
	told := map[string]bool{ // or say something to people and programs alone
		"$schema": true, "$id": true, "$anchor": true, "$dynamicAnchor": true, "$comment": true, "$defs": true, "$vocabulary": true, "if": true,
		"contentEncoding": true, "contentMediaType": true, "contentSchema": true, "title": true, "description": true, "default": true,
		"examples": true, "deprecated": true, "readOnly": true, "writeOnly": true,
	}
	for _, c := range keywordCases {
		keyword, _, _ := strings.Cut(c.keyword, ",")
		keyword, _, _ = strings.Cut(keyword, " ")
		told[keyword] = true
		if !json.Valid([]byte(c.schema)) {
			t.Errorf("%s is no JSON", c.schema)
		}
	}
	for keyword := range keywords {
		if !told[keyword] {
			t.Errorf("there is no case of %s", keyword)
		}
	}
}
