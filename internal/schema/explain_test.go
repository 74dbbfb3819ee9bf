package schema

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// load compiles one schema, of kind thing, from what stands between its braces.
func load(t *testing.T, body string) *Set {
	t.Helper()
	set, err := parsed(t, body).Compile()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func parsed(t *testing.T, body string) *Parsed {
	t.Helper()
	text := `{"x-place": "partners/{partner}/things/{id}.yaml", "type": "object", ` + body + `}`
	parsed, err := Parse(fstest.MapFS{"thing.schema.json": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// verdict returns the findings on a record that begins with `kind: thing`, each
// as "rule pointer: message".
func verdict(t *testing.T, set *Set, text string) []string {
	t.Helper()
	rec, unreadable := record.Load("partners/example/things/a.yaml", []byte("kind: thing\n"+text))
	if rec == nil {
		t.Fatal(unreadable)
	}
	var lines []string
	for _, f := range set.Judge(rec).Findings {
		line := fmt.Sprintf("%s %s: %s", strings.TrimPrefix(f.Rule, "schema/"), f.Pointer(), f.Message)
		if !f.Expected.IsNone() {
			line += fmt.Sprintf(" => %v", f.Expected.JSON())
		}
		lines = append(lines, line)
	}
	return lines
}

func TestWords(t *testing.T) {
	const (
		size  = `"properties": {"kind": {}, "size": {"type": "integer", "minimum": 1}}`
		color = `"properties": {"kind": {}, "color": {"enum": ["red", "green"]}}`
		mixed = `"properties": {"kind": {}, "seats": {"oneOf": [{"type": "integer", "minimum": 1}, {"const": "unknown"}]}}`
		shape = `"properties": {"kind": {}, "shape": {"oneOf": [
			{"type": "object", "required": ["form", "radius"], "additionalProperties": false,
			 "properties": {"form": {"const": "circle"}, "radius": {"type": "number"}}},
			{"type": "object", "required": ["form", "side"], "additionalProperties": false,
			 "properties": {"form": {"const": "square"}, "side": {"type": "number"}}}]}}`
		conditional = `"properties": {"kind": {}, "mode": {"enum": ["fast", "slow"]}, "level": {"type": "integer"}},
			"if": {"properties": {"mode": {"const": "fast"}}, "required": ["mode"]},
			"then": {"required": ["level"]}, "else": {"properties": {"level": false}}`
		staus   = `"additionalProperties": false, "required": ["kind", "status"], "properties": {"kind": {}, "name": {}, "status": {}}`
		day     = `"properties": {"kind": {}, "at": {"format": "date"}}`
		regions = `"properties": {"kind": {}, "regions": {"type": "array"}}`
		revoked = `"additionalProperties": false, "properties": {"kind": {}, "name": {}, "revoked": {"type": "object", "properties": {"date": {}, "reason": {}}}}`
		many    = `"properties": {"kind": {}, "size": {"enum": ["one", "two", "three", "four", "five", "six", "seven"]}}`
		strict  = `"additionalProperties": false, "properties": {"kind": {}, "starts_at": {}, "seats": {}, "plan": {}}`
	)
	tests := []struct {
		name, schema, record string
		want                 []string
	}{
		{"valid", size, "size: 3", nil},
		{"type", size, "size: ten", []string{"type /size: `size` must be a whole number, not the text `ten`; did you mean `10`? => 10"}},
		{"quoted number", size, `size: "3"`, []string{"type /size: `size` must be a whole number, not the text `3` => 3"}},
		{"number in blanks", size, `size: " 12 "`, []string{"type /size: `size` must be a whole number, not the text ` 12 `; did you mean `12`? => 12"}},
		{"null in quotes", size, `size: "null"`, []string{"type /size: `size` must be a whole number, not the text `null`"}},
		{"null for a number", `"properties": {"kind": {}, "share": {"type": "number"}}`, `share: "null"`,
			[]string{"type /share: `share` must be a number, not the text `null`"}},
		{"number in blanks for a number", `"properties": {"kind": {}, "share": {"type": "number"}}`, `share: " 1.5 "`,
			[]string{"type /share: `share` must be a number, not the text ` 1.5 `; did you mean `1.5`? => 1.5"}},
		{"fraction", size, "size: 1.5", []string{"type /size: `size` must be a whole number, not the number 1.5"}},
		{"nothing", size, "size:", []string{"type /size: `size` must be a whole number, but nothing is written there"}},
		{"list", size, "size: [1]", []string{"type /size: `size` must be a whole number, not a list"}},
		{"number for text", `"properties": {"kind": {}, "name": {"type": "string"}}`, "name: 42",
			[]string{"type /name: `name` must be text, not the number 42 => 42"}},
		{"text for list", `"properties": {"kind": {}, "names": {"type": "array"}}`, "names: a",
			[]string{"type /names: `names` must be a list (each entry on a line that starts with `- `), not the text `a`"}},
		{"type in list", `"properties": {"kind": {}, "names": {"items": {"type": "string"}}}`, "names: [a, 2]",
			[]string{"type /names/1: entry 2 of `names` must be text, not the number 2 => 2"}},
		{"minimum", size, "size: 0", []string{"minimum /size: `size` must be at least 1, not 0"}},
		{"exclusive minimum", `"properties": {"size": {"exclusiveMinimum": 0}}`, "size: 0", []string{"exclusiveMinimum /size: `size` must be above 0, not 0"}},
		{"enum", color, "color: blue", []string{"enum /color: `color` must be `red` or `green`, not `blue`"}},
		{"enum, near", color, "color: Gren", []string{"enum /color: `color` must be `red` or `green`, not `Gren`; did you mean `green`? => green"}},
		{"enum, other type", color, "color: 5", []string{"type /color: `color` must be `red` or `green`, not the number 5"}},
		{"const", `"properties": {"kind": {}, "v": {"const": "one"}}`, "v: two", []string{"enum /v: `v` must be `one`, not `two`"}},
		{"required", `"required": ["kind", "size", "color"]`, "color: red", []string{"required : `size` is missing"}},
		{"required twice", `"required": ["size", "color"]`, "", []string{"required : `color` is missing", "required : `size` is missing"}},
		{"required below", `"properties": {"box": {"required": ["size"]}}`, "box: {}", []string{"required /box: `size` is missing in `box`"}},
		{"unknown field", strict, "size: 1", []string{"additionalProperties /size: there is no field `size` here; the fields are `kind`, `plan`, `seats` and `starts_at`"}},
		{"misspelt field", strict, "startsAt: 1", []string{"additionalProperties /startsAt: there is no field `startsAt` here; did you mean `starts_at`? => starts_at"}},
		{"misspelt field that is there", strict, "seats: 1\nseat: 1", []string{"additionalProperties /seat: there is no field `seat` here; the fields are `kind`, `plan`, `seats` and `starts_at`"}},
		{"two misspellings of one field", strict, "seatz: 1\nseatx: 1", []string{
			"additionalProperties /seatx: there is no field `seatx` here; did you mean `seats`?",
			"additionalProperties /seatz: there is no field `seatz` here; did you mean `seats`?"}},
		{"unevaluated", `"properties": {"kind": {}}, "unevaluatedProperties": false`, "size: 1", []string{"additionalProperties /size: there is no field `size` here; the fields are `kind`"}},
		{"property names", `"propertyNames": {"pattern": "^[a-z]+$"}`, "Size: 1", []string{"additionalProperties /Size: there is no field `Size` here"}},
		{"pattern properties", `"additionalProperties": false, "properties": {"kind": {}}, "patternProperties": {"^x": {"type": "integer"}}`, "xa: b\nz: 1", []string{
			"type /xa: `xa` must be a whole number, not the text `b`",
			"additionalProperties /z: there is no field `z` here; the fields are `kind`"}},
		{"dependent", `"dependentRequired": {"a": ["b"]}`, "a: 1", []string{"required : `b` is missing"}},
		{"not required", `"not": {"required": ["a"]}`, "a: 1", []string{"additionalProperties /a: there is no field `a` here"}},
		{"not", `"properties": {"a": {"not": {"const": 1}}}`, "a: 1", []string{"not /a: `a` must not be the number 1"}},
		{"conditional, missing", conditional, "mode: fast", []string{"required : `level` is missing"}},
		{"conditional, too much", conditional, "mode: slow\nlevel: 1", []string{"additionalProperties /level: `level` is not allowed here, since `mode` is `slow`"}},
		{"format by example", `"properties": {"kind": {}, "at": {"format": "date", "examples": ["2026-03-31"]}}`, "at: 31.3.2026", []string{"format /at: `at` must be a date written YYYY-MM-DD, not `31.3.2026`; did you mean 2026-03-31? => 2026-03-31"}},
		{"no such day", `"properties": {"kind": {}, "at": {"format": "date"}}`, "at: 2026-02-30", []string{"format /at: `at` is `2026-02-30`, a day that the calendar does not have"}},
		{"expects", `"properties": {"kind": {}, "by": {"pattern": "^@", "x-expects": "a handle, such as @a"}}`, "by: a", []string{"pattern /by: `by` must be a handle, such as @a, not `a`"}},
		{"pattern by example", `"properties": {"kind": {}, "by": {"pattern": "^@", "examples": ["@a"]}}`, "by: b", []string{"pattern /by: `by` must be written like `@a`, not `b`; did you mean `@b`? => @b"}},
		{"one cause", `"properties": {"kind": {}, "url": {"format": "uri", "pattern": "^https:"}}`, "url: a b", []string{"format /url: `url` must be a complete URL, not `a b`"}},
		{"address without s", `"properties": {"kind": {}, "url": {"pattern": "^https:", "x-expects": "an address"}}`, "url: HTTP://a.example",
			[]string{"pattern /url: `url` must be an address, not `HTTP://a.example`; try `https://a.example` => https://a.example"}},
		{"address that would be wrong as well", `"properties": {"kind": {}, "url": {"pattern": "^https:[^ ]*$", "x-expects": "an address"}}`, "url: http://a .example",
			[]string{"pattern /url: `url` must be an address, not `http://a .example`"}},
		{"empty", `"properties": {"kind": {}, "name": {"type": "string", "minLength": 1}}`, `name: ""`, []string{"minLength /name: `name` is empty"}},
		{"no entry", `"properties": {"kind": {}, "names": {"minItems": 1}}`, "names: []", []string{"minItems /names: `names` must have at least 1 entry; it has 0"}},
		{"entry twice", `"properties": {"kind": {}, "names": {"uniqueItems": true}}`, "names: [a, a]", []string{"uniqueItems /names/1: entry 2 of `names` is the same as entry 1, on line 2"}},
		{"mixed, number", mixed, "seats: 0", []string{"minimum /seats: `seats` must be at least 1, not 0"}},
		{"mixed, text", mixed, "seats: many", []string{"enum /seats: `seats` must be `unknown` or a whole number, not `many`"}},
		{"mixed, near", mixed, "seats: unknwon", []string{"enum /seats: `seats` must be `unknown` or a whole number, not `unknwon`; did you mean `unknown`? => unknown"}},
		{"mixed, other", mixed, "seats: true", []string{"type /seats: `seats` must be `unknown` or a whole number, not `true`"}},
		{"shape, valid", shape, "shape: {form: circle, radius: 1}", nil},
		{"shape, missing", shape, "shape: {form: circle}", []string{"required /shape: `radius` is missing in `shape`"}},
		{"shape, field of the other", shape, "shape: {form: square, side: 1, radius: 1}", []string{"additionalProperties /shape/radius: there is no field `radius` here"}},
		{"shape, unknown", shape, "shape: {form: cube, side: 1}", []string{"enum /shape/form: `form` must be `circle` or `square`, not `cube`"}},
		{"shape, no object", shape, "shape: round", []string{"type /shape: `shape` must be a group of fields (each on an indented line of its own), not the text `round`"}},
		{"escaped names", `"properties": {"kind": {}, "a/b~c d": {"type": "integer"}}`, "a/b~c d: x", []string{"type /a~1b~0c d: `a/b~c d` must be a whole number, not the text `x`"}},
		{"reference", `"properties": {"kind": {}, "at": {"$ref": "#/$defs/day"}}, "$defs": {"day": {"type": "string", "format": "date", "x-expects": "a day"}}`, "at: x", []string{"format /at: `at` must be a day, not `x`"}},
		{"misspelt and missing", staus, "name: a\nstaus: active", []string{
			"additionalProperties /staus: there is no field `staus` here; did you mean `status`? => status"}},
		{"day first or month first", day, "at: 01/12/2026", []string{"format /at: `at` must be a date written YYYY-MM-DD, not `01/12/2026`; write the year first: 2026-12-01 or 2026-01-12"}},
		{"no date", day, "at: soon", []string{"format /at: `at` must be a date written YYYY-MM-DD, not `soon`"}},
		{"dash without space", regions, "regions:\n  -asia\n  -europe", []string{"type /regions: `regions` must be a list (each entry on a line that starts with `- `), not the text `-asia -europe`; a space is missing behind the dash => [asia europe]"}},
		{"quoted number among others", mixed, `seats: "4"`, []string{"enum /seats: `seats` must be `unknown` or a whole number, not `4` => 4"}},
		{"not indented", revoked, "revoked:\ndate: a\nreason: b", []string{
			"type /revoked: `date` and `reason` belong to `revoked`: indent them by two spaces"}},
		{"not right below", revoked, "revoked:\nname: a\ndate: a", []string{
			"additionalProperties /date: there is no field `date` here; the fields are `kind`, `name` and `revoked`",
			"type /revoked: `revoked` must be a group of fields (each on an indented line of its own), but nothing is written there"}},
		{"many values, near", many, "size: twoo", []string{"enum /size: `size` must be one of 7 values, not `twoo`; did you mean `two`? => two"}},
		{"many values", many, "size: large", []string{"enum /size: `size` must be `one`, `two`, `three`, `four`, `five`, `six` or `seven`, not `large`"}},
		{"typographic quotes, format", day, "at: “soon”", []string{"format /at: `at` must be a date written YYYY-MM-DD, not `“soon”`; these are typographic quotes; use \""}},
		{"typographic quotes, enum", color, "color: „red“", []string{"enum /color: `color` must be `red` or `green`, not `„red“`; these are typographic quotes; use \" => red"}},
		{"one typographic quote", color, "color: ”", []string{"enum /color: `color` must be `red` or `green`, not `”`"}},
		{"nothing allowed", `"allOf": [false]`, "a: 1", []string{"not : the record is never right: its schema allows nothing"}},
		{"no such field", `"properties": {"a": {"allOf": [false]}}`, "a: 1", []string{"additionalProperties /a: `a` must not be there"}},
		{"no such entry", `"properties": {"a": {"items": {"allOf": [false]}}}`, "a: [1]", []string{"not /a/0: entry 1 of `a` is one too many"}},
		{"excluded, near another", `"additionalProperties": false, "properties": {"kind": {}, "end_on": false, "ends_on": {}}`, "end_on: 1",
			[]string{"additionalProperties /end_on: `end_on` must not be there"}},
		{"a year that is not meant", `"properties": {"at": {"format": "date", "pattern": "^(199[0-9]|20[0-9][0-9]|2100)-"}}`, "at: 2206-03-02",
			[]string{"pattern /at: `at` is `2206-03-02`; 2206 is no year that is meant here: 1990 to 2100"}},
		{"a month of a year that is not meant", `"properties": {"at": {"pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"}}`, "at: 1026-12",
			[]string{"pattern /at: `at` is `1026-12`; 1026 is no year that is meant here: 2000 to 2099"}},
		{"no month", `"properties": {"at": {"pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"}}`, "at: 2026-13",
			[]string{"pattern /at: `at` must be of the form that its schema asks for, not `2026-13`"}},
		{"day without hyphens", `"properties": {"at": {"type": "string", "format": "date"}}`, "at: 20260302",
			[]string{"type /at: `at` must be a date written YYYY-MM-DD, not the number 20260302; did you mean 2026-03-02? => 2026-03-02"}},
		{"no day without hyphens", `"properties": {"at": {"type": "string", "format": "date"}}`, "at: 20261302",
			[]string{"type /at: `at` must be a date written YYYY-MM-DD, not the number 20261302"}},
		{"no address in quotes either", `"properties": {"to": {"type": "string", "format": "email"}}`, "to: 12", []string{"type /to: `to` must be text, not the number 12"}},
		{"too large without quotes as well", `"properties": {"num": {"type": "integer", "maximum": 5}}`, `num: "9"`, []string{"type /num: `num` must be a whole number, not the text `9`"}},
		{"no word in quotes", `"properties": {"num": {"type": "string", "enum": ["a", "b"]}}`, "num: 1", []string{"type /num: `num` must be `a` or `b`, not the number 1"}},
		{"a word in quotes", `"properties": {"num": {"type": "string", "enum": ["1", "2"]}}`, "num: 1", []string{"type /num: `num` must be `1` or `2`, not the number 1; put it in quotes => 1"}},
		{"a blank that looks like none", `"additionalProperties": false, "properties": {"kind": {}, "size": {}}`, "\"size\u00a0\": 1",
			[]string{"additionalProperties /size\u00a0: there is no field `size\\u00a0` here; did you mean `size`? => size"}},
		{"missing in every branch", `"oneOf": [{"properties": {"do": {"const": "mail"}}, "required": ["do", "to"]}, {"properties": {"do": {"const": "call"}}, "required": ["do", "number"]}]`, "to: a",
			[]string{"required : `do` is missing"}},
		{"control characters", color, `color: "a\e[31m"`, []string{"enum /color: `color` must be `red` or `green`, not `a\\u001b[31m`"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := verdict(t, load(t, test.schema), test.record)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHelp(t *testing.T) {
	set := load(t, `"additionalProperties": false, "required": ["status"], "properties": {"kind": {},
		"status": {"description": "How it stands.", "enum": ["active", "former"], "examples": ["active"]},
		"seats": {"description": "How many.", "type": "integer", "minimum": 1, "examples": [4]},
		"count": {"type": "integer"},
		"share": {"oneOf": [{"type": "integer"}, {"const": "unknown"}]},
		"at": {"description": "The day.", "format": "date"},
		"name": {"description": "Its name.", "type": "string"},
		"revoked": {"description": "Taken back.", "type": "object", "required": ["date", "reason"]},
		"agreement": {"description": "Who agreed.", "type": "object"},
		"regions": {"description": "Where.", "type": "array", "items":
			{"title": "Region", "description": "One continent.", "enum": ["asia", "europe"], "examples": ["asia"]}}}`)
	tests := map[string]string{
		"":                   "Add a line such as `status: active`. How it stands.",
		"staus: active":      "Correct the field's name.",
		"status: activ":      "Write `status: active`.",
		"status: paid":       "Correct `status`. How it stands.",
		"seats: ten":         "Write `seats: 10`.",
		"seats: many":        "Write only the digits, such as `4`. How many.",
		"seats: 10 seats":    "Write only the digits, such as `10`. How many.",
		"seats: 1 or 2":      "Write only the digits, such as `4`. How many.",
		"count: few":         "Write only the digits, such as `10`.",
		`seats: "3"`:         "Write 3 without quotes.",
		"seats:":             "Write a line such as `seats: 4`. How many.",
		"seats: 0":           "Correct `seats`. How many.",
		"share: 5 of 10":     "Write only the digits, such as `10`.",
		"share: few":         "Correct `share`.",
		"at: 31.12.2026":     "Write `at: 2026-12-31`.",
		"at: “2026-12-31”":   "Write plain quotes (\") or none.",
		"name: 42":           `Put it in quotes: "42".`,
		"revoked: indeed":    "Write `revoked:` and below it, indented, `date: …` and `reason: …`. Taken back.",
		"revoked: {date: a}": "Add the field `reason`.",
		"agreement: indeed":  "Correct `agreement`. Who agreed.",
		"regions: asia":      "Write `regions:` and below it, indented, `- asia`. Where.",
		"regions: [asja]":    "Write `asia`.",
		"regions: [mars]":    "Correct or delete the entry. Region: One continent.",
		"regions: [[asia]]":  "Correct or delete the entry. Region: One continent.",
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			if !strings.HasPrefix(text, "sta") && text != "" {
				text += "\nstatus: active"
			}
			rec, unreadable := record.Load("partners/example/things/a.yaml", []byte("kind: thing\n"+text))
			if rec == nil {
				t.Fatal(unreadable)
			}
			if findings := set.Judge(rec).Findings; len(findings) == 0 || findings[0].Help != want {
				t.Errorf("got %+v, want the help %q", findings, want)
			}
		})
	}
}

func TestDaysMeant(t *testing.T) {
	tests := map[string][]string{
		"31.12.2026": {"2026-12-31"},
		"12/31/2026": {"2026-12-31"},
		"2026/12/31": {"2026-12-31"},
		"2026-1-5":   {"2026-01-05"},
		"5-5-2026":   {"2026-05-05"},
		"01/12/2026": {"2026-12-01", "2026-01-12"},
		"31.2.2026":  nil,
		"2026/31/12": nil,
		"1.2.26":     nil,
		"":           nil,
	}
	for text, want := range tests {
		if got := daysMeant(text); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
