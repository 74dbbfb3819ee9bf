package finding

import (
	"encoding/json"
	"math"
	"reflect"
	"regexp"
	"unicode/utf8"
)

// A Value is a JSON value that every report can write, or none. Only ValueOf
// makes one: what a record or a rule asks for can make no report fail.
type Value struct {
	json any
}

// maxDepth bounds how deep a value may be nested: no record holds more.
const maxDepth = 64

// ValueOf returns a value as encoding/json decodes it, and none for nil and for
// what JSON has no text for.
func ValueOf(value any) Value {
	if !isJSON(value, maxDepth) {
		return Value{}
	}
	return Value{value}
}

// IsNone reports whether v is no value.
func (v Value) IsNone() bool { return v.json == nil }

// JSON returns the value as encoding/json decodes it, nil where there is none.
// It must not be changed.
func (v Value) JSON() any { return v.json }

// Equal reports whether both are the same value, or none.
func (v Value) Equal(w Value) bool { return reflect.DeepEqual(v.json, w.json) }

// jsonNumber is RFC 8259, section 6. JSON's own decoder takes more for a number:
// blanks around it, quotes, null.
var jsonNumber = regexp.MustCompile(`^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$`)

func isJSON(value any, depth int) bool {
	switch value := value.(type) {
	case nil, bool, int, int64:
		return true
	case string:
		return utf8.ValidString(value)
	case float64:
		return !math.IsNaN(value) && !math.IsInf(value, 0)
	case json.Number:
		return jsonNumber.MatchString(value.String())
	case []any:
		return areJSON(value, depth)
	case map[string]any:
		return hasJSON(value, depth)
	}
	return false
}

func areJSON(items []any, depth int) bool {
	for _, item := range items {
		if depth == 0 || !isJSON(item, depth-1) {
			return false
		}
	}
	return true
}

func hasJSON(fields map[string]any, depth int) bool {
	for name, field := range fields {
		if depth == 0 || !utf8.ValidString(name) || !isJSON(field, depth-1) {
			return false
		}
	}
	return true
}
