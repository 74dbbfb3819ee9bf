package privacy

import (
	"encoding/json"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A schema may refer to itself, and to what is nowhere.
func TestMask(t *testing.T) {
	const tree = `{"properties": {"leaf": {"x-private": true}, "bark": {"type": "string"}, "sub": {"$ref": "#"}, "more": {"items": {"$ref": "#"}}}}`
	tests := []struct{ schema, value, want string }{
		{tree, "{bark: a, leaf: b, sub: {leaf: c, bark: d, sub: {bark: e, leaf: {bark: f}}}}", "{bark: a, sub: {bark: d, sub: {bark: e}}}"},
		{tree, "{more: [{leaf: a}, {bark: b}, {more: [{leaf: c}]}]}", "{more: [{bark: b}]}"},
		{tree, "{twig: a}", ""},
		{`{"properties": {"a": {"$ref": "https://a.example"}, "b": {"$dynamicRef": "#x"}, "c": {"type": "string"}}}`, "{a: 1, b: 1, c: d}", "{c: d}"},
		{`{"properties": {"a/b": {"x-private": true}, "a": {"$ref": "#/properties/a~1b"}, "b": {"$ref": "#/properties/a%7E1b"}, "c": true}}`, "{a: 1, b: 1, c: d}", "{c: d}"},
		{`{"properties": {"a": {"type": ["string", "null"]}, "b": {"x-private": true}, "c": false}}`, "{a: {b: 1}, c: 1}", ""},
		{`{"properties": {"a": {"type": "string"}}}`, "{a: c, b: 1}", "{a: c}"},
		{`{"properties": {"a": {"type": "string"}}}`, "{b: 1}", ""},
		{`{"properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "integer"}}`, "{a: c, b: 1}", "{a: c, b: 1}"},
		{`{"properties": {"a": {"properties": {"b": {"type": "string"}}}, "c": {"items": {"properties": {"d": {"type": "string"}}}}}}`,
			"{a: {b: e, f: g}, c: [{d: e, f: g}, {f: g}]}", "{a: {b: e}, c: [{d: e}]}"},
		{`{"$ref": "#/$defs/a", "$defs": {"a": {"dependentSchemas": {"b": {"properties": {"c": {"x-private": true}}}}, "properties": {"c": {"type": "string"}, "d": {}}}}}`,
			"{c: a, d: {e: [f]}}", "{d: {e: [f]}}"},
		{`{"patternProperties": {"(?=a)": {"x-private": true}}, "properties": {"b": {"type": "string"}}}`, "{a: a, b: b}", ""},
	}
	for _, test := range tests {
		var document map[string]any
		if err := json.Unmarshal([]byte(test.schema), &document); err != nil {
			t.Fatal(err)
		}
		given, _ := record.Load("given", []byte(test.value))
		got := NewMask(document, false).Publish(given.Root, nil)
		if want, _ := record.Load("want", []byte(test.want)); want == nil && got != nil || want != nil && !got.Equal(want.Root) {
			t.Errorf("%s of %s: got %+v, want %s", test.value, test.schema, got, test.want)
		}
		if NewMask(document, true).Publish(given.Root, nil) != given.Root {
			t.Errorf("%s: a private site has not all of it", test.value)
		}
	}
}
