package schema

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTypes(t *testing.T) {
	for _, test := range []struct{ schema, want string }{
		{`{"type": "string"}`, `{"type": "string"}`},
		{`{"allOf": [{"pattern": "^a"}, {"maxLength": 9}]}`, `{}`},
		{`{"allOf": [{"pattern": "^a"}, {"type": "string"}]}`, `{"type": "string"}`},
		{`{"type": ["string", "null"]}`, `{}`},
		{`{"type": "number", "$ref": "#/$defs/text"}`, `{}`},
		{`{"$ref": "#/$defs/text"}`, `{"type": "string"}`},
		{`{"anyOf": [{"type": "integer"}, {"const": "unknown"}]}`, `{}`},
		{`{"type": "object"}`, `{"type": "object"}`},
		{`{"properties": {"a": {"type": "string"}, "b": false}, "if": {}, "then": {"properties": {"c": {"type": "string"}}}}`,
			`{"type": "object", "properties": {"a": {"type": "string"}, "c": {}}}`},
		{`{"allOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"b": {}}}]}`, `{"type": "object", "properties": {"a": {"type": "string"}, "b": {}}}`},
		{`{"type": "array", "items": {"$ref": "#/$defs/text"}}`, `{"type": "array", "items": {"type": "string"}}`},
		{`{"type": "array", "prefixItems": [{"type": "string"}]}`, `{"type": "array"}`},
		{`{"$ref": "#/$defs/tree"}`, `{"type": "object", "properties": {"sub": {}}}`},
	} {
		kinds := parsed(t, `"properties": {"v": `+test.schema+`}, "$defs": {"text": {"type": "string"}, "tree": {"properties": {"sub": {"$ref": "#/$defs/tree"}}}}`)
		var want any
		if err := json.Unmarshal([]byte(`{"type": "object", "properties": {"v": `+test.want+`}}`), &want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, any(kinds.Types()["thing"])); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.schema, diff)
		}
	}
}
