package schema

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func loadText(text string) (*Set, error) {
	return Load(fstest.MapFS{"thing.schema.json": {Data: []byte(text)}})
}

// nested returns a schema whose references lead, level by level, to ten times as
// many schemas.
func nested(levels int) string {
	var defs []string
	for i := range levels {
		refs := strings.Repeat(fmt.Sprintf(`{"$ref": "#/$defs/d%d"}, `, i+1), 10)
		defs = append(defs, fmt.Sprintf(`"d%d": {"allOf": [%s]}`, i, strings.TrimSuffix(refs, ", ")))
	}
	return `"$ref": "#/$defs/d0", "$defs": {` + strings.Join(defs, ", ") + fmt.Sprintf(`, "d%d": {"type": "object"}}`, levels)
}

var placed = regexp.MustCompile(`^schemas/thing.schema.json: .*line [0-9]+, column [0-9]+`)

func TestVetRefuses(t *testing.T) {
	const head = "{\n  \"x-place\": \"partners/{partner}/things/{id}.yaml\",\n  "
	tests := []struct{ body, want string }{
		{`"properties": {"a": {"$ref": "#"}}`, "line 3, column 24: `#` is the whole record, which cannot hold itself"},
		{`"properties": {"a": {"$dynamicRef": "#top"}}, "$dynamicAnchor": "top"`, "line 3, column 24: `#top` is the whole record"},
		{`"$defs": {"a": {"anyOf": [{"$ref": "#/$defs/b"}]}, "b": {"not": {"$ref": "#/$defs/a"}}}`, "column 68: this leads back to itself without end"},
		{`"$defs": {"a": {"$ref": "#/$defs/a"}}`, "column 19: this leads back to itself without end"},
		{nested(9), "is more than 10000 schemas: refer to fewer"},
		{`"type": "object", "type": "array"`, "line 3, column 21: `type` stands here a second time"},
		{`"properties": {"a": {"minimum": 1,` + "\n" + `"minimum": 2}}`, "line 4, column 1: `minimum` stands here a second time"},
		{`"properties": {"a": {"minlength": 1}}`, "line 3, column 24: `minlength` is no keyword of JSON Schema; did you mean `minLength`?"},
		{`"properties": {"a": {"minLenght": 1}}`, "did you mean `minLength`?"},
		{`"properties": {"a": {"minimun": 1}}`, "did you mean `minimum`?"},
		{`"additionalproperties": false`, "line 3, column 3: `additionalproperties` is no keyword of JSON Schema; did you mean `additionalProperties`?"},
		{`"allOf": [{"anyOf": [{"if": {"requierd": []}}]}]`, "did you mean `required`?"},
		{`"elephants": 1`, "`elephants` is no keyword of JSON Schema"},
		{`"definitions": {}`, "`definitions` is a word of an earlier JSON Schema; write `$defs`"},
		{`"properties": {"a": {"format": "dat"}}`, "line 3, column 24: there is no format `dat`; did you mean `date`?"},
		{`"properties": {"a": {"format": "idn-email"}}`, "there is no format `idn-email`"},
		{`"properties": {"a": {"$ref": "#/$defs/b"}}`, "no JSON Schema: it refers to #/$defs/b, where there is no schema (line 3, column 24)"},
		{`"properties": {"a": {"$ref": "#b"}}`, "there is no anchor `b`"},
		{`"properties": {"a": {"$ref": "#/x-a"}}, "x-a": {}`, "it refers to #/x-a, where there is no schema"},
		{`"properties": {"a": {"$id": "https://a.example"}}`, "a schema within another one has no `$id`"},
		{`"$schema": "http://json-schema.org/draft-07/schema#"`, "line 3, column 3: schemas here are of JSON Schema 2020-12"},
		{`"properties": {"a": {"pattern": "(?=a)"}}`, "no JSON Schema: `(?=a)` is no pattern"},
		{`"properties": {"a": {"maximum": 1e999999999}}`, "the number 1e999999999 is too large or too small"},
		{strings.Repeat(`"not": {`, 200) + strings.Repeat("}", 200), "nothing in a schema may be nested more than 100 deep"},
		{`"type": "object"} {`, "line 3, column 21: no JSON"},
	}
	for _, test := range tests {
		start := time.Now()
		_, err := loadText(head + test.body + "}")
		if err == nil || !strings.Contains(err.Error(), test.want) || !placed.MatchString(err.Error()) {
			t.Errorf("%.80s: error %v, want %q", test.body, err, test.want)
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("%.80s: refused after %v", test.body, took)
		}
	}
}

func TestVetAllows(t *testing.T) {
	for _, body := range []string{
		`"x-anything": {"minlength": 1}`,
		`"properties": {"minlength": {}, "definitions": {"x-a": 1}, "$ref": {}}`,
		`"default": {"minlength": 1}, "const": {"a": 1}, "enum": [{"format": "dat"}], "examples": [{"$ref": "#"}]`,
		`"properties": {"a": {"$ref": "#size"}, "b": {"$ref": "#size"}}, "$defs": {"size": {"$anchor": "size", "type": "integer"}}`,
		`"$defs": {"tree": {"properties": {"branches": {"items": {"$ref": "#/$defs/tree"}}}}}`,
		nested(2),
	} {
		if _, err := loadText("\uFEFF" + `{"x-place": "partners/{partner}/things/{id}.yaml", ` + body + "}"); err != nil {
			t.Errorf("%s: %v", body, err)
		}
	}
}
