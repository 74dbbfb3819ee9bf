package schema

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// isHeld reports whether the lane accepts a value and whether it is right, and makes
// sure that nothing wrong is accepted.
func isHeld(t *testing.T, v validator, n *record.Node) (accepted, right bool) {
	t.Helper()
	accepted = v.lane().accepts(n)
	err := v.schema.Validate(n.JSON())
	if accepted && err != nil {
		t.Errorf("%v is accepted: %v", n.JSON(), err)
	}
	return accepted, err == nil
}

// TestLaneOnRecords makes sure that every right record takes the lane, no wrong one
// does, and that both get the verdict that they get without it.
func TestLaneOnRecords(t *testing.T) {
	set, without := ownSet(t), ownSet(t)
	without.leaveLanes()
	taken := 0
	for _, r := range ownRecords(t) {
		kind := set.stated(r)
		if kind == nil {
			continue
		}
		accepted, right := isHeld(t, kind.validator, r.Root)
		if right && !accepted {
			t.Errorf("%s is right and does not take the lane:\n%s", r.Path, r.File.Text())
		}
		if accepted {
			taken++
		}
		if diff := cmp.Diff(without.Judge(r).Findings, set.Judge(r).Findings); diff != "" {
			t.Errorf("%s (-without +with the lane):\n%s", r.Path, diff)
		}
	}
	if taken < 1000 {
		t.Errorf("only %d records take the lane", taken)
	}
}

// TestLaneOnMutants makes sure of the same for records that nobody would write.
func TestLaneOnMutants(t *testing.T) {
	set := ownSet(t)
	m := mutator{rand.New(rand.NewPCG(1, 2))}
	taken, right := 0, 0
	for _, r := range ownRecords(t) {
		kind := set.stated(r)
		for range 8 {
			mutant := m.mutant(r.Root)
			if kind == nil {
				continue
			}
			accepted, isRight := isHeld(t, kind.validator, mutant)
			if accepted {
				taken++
			}
			if isRight {
				right++
			}
		}
	}
	if right < 1000 || taken*100 < right*95 {
		t.Errorf("%d of %d right mutants take the lane", taken, right)
	}
}

func ownSet(t testing.TB) *Set {
	t.Helper()
	set, err := Load(schemas.Files)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// TestLaneKinds makes sure that the lane knows all that the repository's own schemas
// say.
func TestLaneKinds(t *testing.T) {
	for name, kind := range ownSet(t).kinds {
		if kind.validator.lane().schema == nil {
			t.Errorf("the lane steps aside from %s", name)
		}
	}
}

// TestLaneFields makes sure that the lane names fields that the library has, and each
// once.
func TestLaneFields(t *testing.T) {
	library := reflect.TypeFor[jsonschema.Schema]()
	seen := map[string]bool{}
	for _, name := range slices.Concat(heeded, idle) {
		if _, ok := library.FieldByName(name); !ok || seen[name] {
			t.Errorf("%s is no field of the library's schemas, or named twice", name)
		}
		seen[name] = true
	}
}

// laneSchemas are schemas that the lane knows.
var laneSchemas = []string{
	`true`, `false`, `{}`, `{"type": "null"}`, `{"type": "boolean"}`, `{"type": "integer"}`, `{"type": "number"}`, `{"type": "string"}`, `{"type": "array"}`,
	`{"type": "object"}`, `{"type": ["integer", "null"]}`, `{"type": ["string", "integer", "boolean"]}`,
	`{"const": 4}`, `{"const": 4.0}`, `{"const": null}`, `{"const": true}`, `{"const": false}`, `{"const": "a"}`, `{"const": ""}`, `{"const": -0}`,
	`{"enum": ["a", "é", 1, null, false]}`, `{"enum": [0, 4, -4]}`,
	`{"minimum": 4}`, `{"exclusiveMinimum": 4}`, `{"maximum": 4}`, `{"exclusiveMaximum": 4}`, `{"minimum": -4.0}`, `{"exclusiveMinimum": 0}`, `{"maximum": -1}`,
	`{"exclusiveMaximum": 0}`, `{"multipleOf": 4}`, `{"multipleOf": 1}`, `{"minimum": 9223372036854775807}`, `{"maximum": 1e18}`,
	`{"minLength": 1}`, `{"minLength": 0}`, `{"maxLength": 1}`, `{"maxLength": 0}`, `{"minLength": 2, "maxLength": 10}`, `{"maxLength": 1.0}`,
	`{"pattern": "^[a-c]+$"}`, `{"pattern": "é"}`, `{"pattern": ""}`,
	`{"minItems": 1}`, `{"maxItems": 2}`, `{"maxItems": 0}`, `{"uniqueItems": true}`, `{"uniqueItems": false}`, `{"items": {"type": "integer"}}`, `{"items": false}`,
	`{"prefixItems": [{"type": "integer"}]}`, `{"prefixItems": [{"type": "integer"}, true], "items": false}`, `{"prefixItems": [{}], "items": {"type": "string"}}`,
	`{"contains": {"type": "integer"}}`, `{"contains": {"type": "string"}, "minContains": 2}`, `{"contains": true, "maxContains": 1}`, `{"contains": {"type": "null"}, "minContains": 0}`,
	`{"minContains": 5}`, `{"contains": false, "minContains": 0, "maxContains": 0}`,
	`{"required": ["a"]}`, `{"required": ["a", ""]}`, `{"minProperties": 1}`, `{"maxProperties": 1}`, `{"maxProperties": 0}`,
	`{"properties": {"a": {"type": "integer"}}}`, `{"properties": {"a": false}}`, `{"properties": {"a": {}}, "additionalProperties": false}`,
	`{"properties": {"a": {}}, "additionalProperties": true}`, `{"properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "integer"}}`, `{"additionalProperties": false}`,
	`{"patternProperties": {"^a": {"type": "integer"}}, "additionalProperties": false}`, `{"patternProperties": {"a|b": {"minimum": 2}, "^b": {"type": "integer"}}}`,
	`{"properties": {"a": {}}, "patternProperties": {"": {"type": "integer"}}}`, `{"properties": {"a": {}}, "allOf": [{"properties": {"b": {}}}], "additionalProperties": false}`,
	`{"propertyNames": {"maxLength": 1, "pattern": "^a?$"}}`, `{"propertyNames": {"enum": ["a", "b"]}}`, `{"propertyNames": false}`, `{"propertyNames": {"type": "integer"}}`,
	`{"dependentRequired": {"a": ["b"]}}`, `{"dependentRequired": {"b": ["a", "c"], "a": []}}`, `{"dependentSchemas": {"a": {"required": ["b"]}}}`, `{"dependentSchemas": {"b": false}}`,
	`{"if": {"required": ["a"]}, "then": {"required": ["b"]}}`, `{"if": {"type": "string"}, "then": {"minLength": 2}, "else": {"type": "number"}}`, `{"if": {"minimum": 3}, "else": false}`,
	`{"if": {"type": "string"}}`, `{"then": false, "else": false}`,
	`{"allOf": [{"type": "integer"}, {"minimum": 1}]}`, `{"anyOf": [{"type": "integer"}, {"type": "string"}]}`, `{"anyOf": [{"minimum": 3}, {"maximum": 0}]}`,
	`{"oneOf": [{"type": "integer"}, {"minimum": 1}]}`, `{"oneOf": [{"type": "integer"}, {"const": "unknown"}]}`, `{"oneOf": [{"multipleOf": 2}, {"multipleOf": 3}, {"type": "string"}]}`,
	`{"not": {"type": "integer"}}`, `{"not": {"not": {"minimum": 4}}}`, `{"not": {"multipleOf": 4}}`, `{"not": {"uniqueItems": true}}`, `{"not": {"required": ["a", "b"]}}`,
	`{"not": {"properties": {"a": {"const": 1}}}}`, `{"not": {"contains": {"type": "integer"}}}`, `{"not": {"const": 4}}`, `{"not": {"enum": [1, 4]}}`,
	`{"$ref": "#/$defs/count"}`, `{"$ref": "#/$defs/count", "maximum": 4}`, `{"$ref": "#/$defs/tree"}`, `{"$ref": "#size"}`, `{"allOf": [{"$ref": "#/$defs/count"}, {"$ref": "#size"}]}`,
	`{"format": "date"}`, `{"format": "email"}`, `{"format": "uri"}`, `{"format": "time"}`, `{"format": "uuid"}`, `{"format": "hostname"}`, `{"format": "regex", "type": "string"}`,
	`{"title": "a", "description": "b", "default": 1, "examples": [2], "$comment": "c", "deprecated": true, "readOnly": true, "x-private": true}`,
	`{"$anchor": "v", "$dynamicAnchor": "w", "type": "integer"}`,
}

const laneDefs = `"$defs": {"count": {"type": "integer", "minimum": 1}, "size": {"$anchor": "size", "type": ["integer", "string"]},
	"tree": {"type": "object", "properties": {"a": {"$ref": "#/$defs/tree"}, "b": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}}}`

// unknownToLane are schemas that the lane steps aside from, as it should.
var unknownToLane = []string{
	`{"unevaluatedProperties": false}`, `{"unevaluatedProperties": true}`, `{"unevaluatedItems": {"type": "integer"}}`, `{"$dynamicRef": "#growing"}`,
	`{"contentEncoding": "base64"}`, `{"contentMediaType": "application/json"}`, `{"const": {"a": 1}}`, `{"enum": ["a", [1]]}`, `{"const": 1.5}`, `{"const": 1e2}`,
	`{"enum": [1234567890123456789]}`, `{"minimum": 0.5}`, `{"maximum": 1e19}`, `{"multipleOf": 0.01}`, `{"items": {"properties": {"a": {"not": {"minimum": 0.5}}}}}`,
}

// ofValue returns the validator of a record in which v is as a schema says.
func ofValue(t testing.TB, schema string) (validator, bool) {
	t.Helper()
	text := `{"x-place": "partners/{partner}/things/{id}.yaml", "properties": {"v": ` + schema + `, "w": {"$dynamicAnchor": "growing"}}, ` + laneDefs + `}`
	set, err := Load(fstest.MapFS{"thing.schema.json": {Data: []byte(text)}})
	if err != nil {
		return validator{}, false
	}
	return set.kinds["thing"].validator, true
}

// TestLaneKeywords makes sure that the lane says of schemas that it knows what the
// library says, but for numbers that it leaves to the library.
func TestLaneKeywords(t *testing.T) {
	for _, schema := range laneSchemas {
		v, ok := ofValue(t, schema)
		if !ok || v.lane().schema == nil {
			t.Errorf("the lane does not know %s", schema)
			continue
		}
		for _, value := range oddValues {
			n := &record.Node{Kind: record.Map, Fields: []record.Field{{Key: "v", Value: value}}}
			if accepted, right := isHeld(t, v, n); right && !accepted && !isLong(value) {
				t.Errorf("%s: %v is right and not accepted", schema, value.JSON())
			}
		}
	}
}

// isLong reports whether the lane leaves a number to the library.
func isLong(n *record.Node) bool {
	_, ok := decimalOf(n.Text)
	return n.Kind == record.Number && !ok
}

func TestLaneStepsAside(t *testing.T) {
	for _, schema := range unknownToLane {
		v, ok := ofValue(t, schema)
		if !ok {
			t.Errorf("%s is no schema", schema)
		} else if v.lane().schema != nil {
			t.Errorf("the lane believes to know %s", schema)
		}
	}
}

// TestLaneLists makes sure that entries that are there twice are found in lists of
// any length, by the lane or behind it.
func TestLaneLists(t *testing.T) {
	for _, schema := range []string{`{"uniqueItems": true}`, `{"not": {"uniqueItems": true}}`} {
		v, _ := ofValue(t, schema)
		list := &record.Node{Kind: record.List}
		whole := &record.Node{Kind: record.Map, Fields: []record.Field{{Key: "v", Value: list}}}
		for i := range 50 {
			isHeld(t, v, whole)
			list.Items = append(list.Items, record.FromJSON(i/2))
			isHeld(t, v, whole)
			list.Items[i] = record.FromJSON(i)
		}
	}
}

// TestLaneFormats makes sure that the lane and the library know the same formats.
func TestLaneFormats(t *testing.T) {
	texts := []string{"2026-00-10", "2026-01-00", "0000-01-01", "2026-01-011", "2026-01-1", "２026-01-01", "2026/01/01", "a@b", "a.@b.example", "a@b-.example", "a@b--c.example",
		"a@[192.0.2.1]", "Kim <kim@partner.example>", "a b@c.example", `"a b"@c.example`, "a@@b.example", "a+b@c.example", "a@b.example.", strings.Repeat("a", 64) + "@b.example",
		strings.Repeat("a", 65) + "@b.example", "a@" + strings.Repeat("b", 64) + ".example", "https://", "https:///a", "https://a b", "https://a.example/a b", "https://a..example",
		"https://a.example:x", "https://a.example/%zz", "https://a.example/a:b", "https://[::1]/", "https://a_b.example", "https://-a.example", "HTTPS://a.example", "https:a.example",
		"https://a.example//..//.", "https://a.example/a-/-b", "//a.example", "mailto:a@b.example", "https://ä.example", "https://a.example/ä", "https://a.example/\x7f", ""}
	for day := time.Date(1895, 12, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2105; day = day.AddDate(0, 0, 1) {
		texts = append(texts, day.Format(time.DateOnly))
		if day.Day() > 27 {
			texts = append(texts, day.Format("2006-01-")+fmt.Sprint(day.Day()+1))
		}
	}
	m := mutator{rand.New(rand.NewPCG(3, 4))}
	for range 20_000 {
		texts = append(texts, m.otherText(texts[m.IntN(len(texts))]), m.otherText(oddValues[m.IntN(len(oddValues))].Text))
	}
	for _, text := range texts {
		for _, format := range []string{"date", "email", "uri"} {
			if got, want := isOfFormat(text, format), jsonschema.Formats[format](text); got != want {
				t.Errorf("%q is %s: %v, want %v", text, format, got, want)
			}
		}
	}
}

// TestLaneMakesNothing makes sure that the lane leaves nothing for the garbage
// collector, but what the formats of the library do.
func TestLaneMakesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("left out by -short, with which the race detector's run goes: it forgets what is pooled")
	}
	set := ownSet(t)
	for name, kind := range set.kinds {
		text, err := fs.ReadFile(schemas.Files, "examples/"+name+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		r, _ := record.Load("", text)
		l := kind.validator.lane()
		if made := testing.AllocsPerRun(10, func() { l.accepts(r.Root) }); made > 0 {
			t.Errorf("%s: %v allocations", name, made)
		}
	}
}

// FuzzLaneRecord mutates records that are as others are written.
func FuzzLaneRecord(f *testing.F) {
	set := ownSet(f)
	for _, r := range ownRecords(f) {
		if !strings.HasPrefix(r.Path, "partners/example-0") { // the corpus
			f.Add(string(r.File.Text()), uint64(0))
		}
	}
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		r, _ := record.Load("partners/example/partner.yaml", []byte(text))
		if r == nil {
			return
		}
		mutant := r.Root
		if seed != 0 {
			mutant = mutator{rand.New(rand.NewPCG(seed, seed))}.mutant(r.Root)
		}
		for _, kind := range set.kinds {
			isHeld(t, kind.validator, mutant)
		}
	})
}

// FuzzLane holds any value against any schema.
func FuzzLane(f *testing.F) {
	for i, schema := range slices.Concat(laneSchemas, unknownToLane) {
		f.Add(schema, []string{"4", "a", "[1, a, 1]", "{a: 1, b: x}", "2026-02-28", "4.0", "-0.5", "true"}[i%8])
	}
	f.Fuzz(func(t *testing.T, schema, value string) {
		v, ok := ofValue(t, schema)
		if !ok {
			return
		}
		r, _ := record.Load("partners/example/things/a.yaml", []byte("v: "+value))
		if r != nil {
			isHeld(t, v, r.Root)
		}
	})
}
