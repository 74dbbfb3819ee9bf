package finding_test

import (
	"encoding/json"
	"math"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/finding"
)

// nested returns a list in a list, and so on.
func nested(depth int) any {
	value := any("innermost")
	for range depth {
		value = []any{value}
	}
	return value
}

func TestValueOf(t *testing.T) {
	endless := map[string]any{}
	endless["again"] = endless
	for _, test := range []struct {
		name  string
		value any
		known bool
	}{
		{"text", "10", true},
		{"blank text", " ", true},
		{"true", true, true},
		{"integer", 10, true},
		{"long integer", int64(10), true},
		{"float", 0.5, true},
		{"number", json.Number("10"), true},
		{"number with an exponent", json.Number("-1.5e+300000"), true},
		{"list", []any{1, nil}, true},
		{"object", map[string]any{"a": nil}, true},
		{"as deep as a record", nested(64), true},
		{"nothing", nil, false},
		{"number with blanks", json.Number(" 12 "), false},
		{"number in quotes", json.Number(`"12"`), false},
		{"number that is null", json.Number("null"), false},
		{"number that is empty", json.Number(""), false},
		{"number with a line break", json.Number("1\n"), false},
		{"number with a zero in front", json.Number("012"), false},
		{"number that is none", json.Number("NaN"), false},
		{"number in a list", []any{json.Number("null")}, false},
		{"no number", math.NaN(), false},
		{"endless", math.Inf(1), false},
		{"bytes that are no UTF-8", "\xff", false},
		{"a name that is no UTF-8", map[string]any{"\xff": 1}, false},
		{"deeper than a record", nested(65), false},
		{"itself", endless, false},
		{"a function", func() {}, false},
		{"bytes", []byte("10"), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			value := finding.ValueOf(test.value)
			if value.IsNone() == test.known || (value.JSON() == nil) == test.known {
				t.Fatalf("it is %v", value.JSON())
			}
			if _, err := json.Marshal(value.JSON()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestEqualValues(t *testing.T) {
	if !finding.ValueOf([]any{"a"}).Equal(finding.ValueOf([]any{"a"})) {
		t.Error("a value is not itself")
	}
	if finding.ValueOf("1").Equal(finding.ValueOf(1)) || finding.ValueOf("").Equal(finding.ValueOf(nil)) {
		t.Error("two values are one")
	}
}
