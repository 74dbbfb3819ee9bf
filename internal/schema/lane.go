package schema

import (
	"encoding/json"
	"math/big"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// This file is a fast way to the answer that nearly all records get: that they are
// as their schema asks. It reads the compiled schema of the library and the record
// as it was read, and makes nothing on the way.
//
// It is sure, or it steps aside. It never accepts a value that the library refuses,
// and never says what is wrong with one: the library does. From a schema with
// anything that it does not know it steps aside once and for all, and from single
// values where the library would have to reckon with large numbers. It relies on
// each field of a group being there once, which reading a record makes sure of.

// A lane leads past the library, as far as it knows the schema.
type lane struct {
	schema   *jsonschema.Schema // nil where it steps aside
	patterns map[*regexp.Regexp]func() *automaton
}

// newLane returns the lane of a compiled schema.
func newLane(schema *jsonschema.Schema) lane {
	parts := allParts(schema)
	if slices.ContainsFunc(parts, func(part *jsonschema.Schema) bool { return !isKnown(part) }) {
		return lane{}
	}
	l := lane{schema, map[*regexp.Regexp]func() *automaton{}}
	for _, part := range parts {
		if part.Pattern != nil {
			l.patterns[part.Pattern] = sync.OnceValue(func() *automaton { return newAutomaton(part.Pattern) })
		}
	}
	return l
}

// accepts reports whether a value surely fits the schema.
func (l lane) accepts(n *record.Node) bool {
	if l.schema == nil {
		return false
	}
	w := walk{lane: l}
	return w.fits(l.schema, n) && !w.unsure
}

// heeded are the fields of a compiled schema that the lane judges by.
var heeded = strings.Fields(`Always Ref Types Constant Enum Not AllOf AnyOf OneOf If Then Else Format
	MinProperties MaxProperties Required Properties PropertyNames PatternProperties AdditionalProperties DependentRequired DependentSchemas
	MinItems MaxItems UniqueItems PrefixItems Items2020 Contains MinContains MaxContains
	MinLength MaxLength Pattern Minimum ExclusiveMinimum Maximum ExclusiveMaximum MultipleOf`)

// idle are those that judge nothing, or nothing without others that are not heeded.
var idle = strings.Fields(`Location Draft meta vocab DynamicAnchor dynamicAnchors format enumError ContainsEval`)

// unheeded are the indexes of all others.
var unheeded = sync.OnceValue(func() (others []int) {
	fields := reflect.TypeFor[jsonschema.Schema]()
	for i := range fields.NumField() {
		if name := fields.Field(i).Name; !slices.Contains(heeded, name) && !slices.Contains(idle, name) {
			others = append(others, i)
		}
	}
	return others
})

// isKnown reports whether the lane knows all that a schema says. Fields that it has
// never heard of are none that it may pass over.
func isKnown(s *jsonschema.Schema) bool {
	fields := reflect.ValueOf(s).Elem()
	if slices.ContainsFunc(unheeded(), func(i int) bool { return !fields.Field(i).IsZero() }) {
		return false
	}
	limits := []*big.Rat{s.Minimum, s.ExclusiveMinimum, s.Maximum, s.ExclusiveMaximum, s.MultipleOf}
	return s.Draft == jsonschema.Draft2020 &&
		(s.Format == "" || jsonschema.Formats[s.Format] != nil) &&
		!slices.ContainsFunc(limits, func(limit *big.Rat) bool { return limit != nil && !isWhole(limit) }) &&
		(s.MultipleOf == nil || s.MultipleOf.Sign() > 0) &&
		!slices.ContainsFunc(slices.Concat(s.Constant, s.Enum), func(value any) bool { return !isPlain(value) })
}

func isWhole(limit *big.Rat) bool { return limit.IsInt() && limit.Num().IsInt64() }

// isPlain reports whether a value that a schema lists is one that the lane can
// compare others with.
func isPlain(value any) bool {
	switch value := value.(type) {
	case nil, bool, string:
		return true
	case json.Number:
		number, ok := decimalOf(value.String())
		return ok && !number.broken
	}
	return false
}

// A walk goes through a value.
type walk struct {
	lane
	unsure bool // whether anything was met that the library has to judge
}

// fits reports whether a value fits a schema, if nothing is unsure.
func (w *walk) fits(s *jsonschema.Schema, n *record.Node) bool {
	if s.Always != nil {
		return *s.Always
	}
	return w.isOfType(s, n) && w.isListed(s, n) && w.hasForm(s, n) && w.fitsBranches(s, n)
}

var typeNames = [...]string{
	record.Null: "null", record.Bool: "boolean", record.Number: "number", record.String: "string", record.List: "array", record.Map: "object",
}

func (w *walk) isOfType(s *jsonschema.Schema, n *record.Node) bool {
	for _, name := range s.Types {
		if name == typeNames[n.Kind] || name == "integer" && n.Kind == record.Number && !w.decimal(n).broken {
			return true
		}
	}
	return len(s.Types) == 0
}

func (w *walk) isListed(s *jsonschema.Schema, n *record.Node) bool {
	return (len(s.Constant) == 0 || w.equals(n, s.Constant[0])) &&
		(len(s.Enum) == 0 || slices.ContainsFunc(s.Enum, func(value any) bool { return w.equals(n, value) }))
}

// equals reports whether a value is one that a schema lists.
func (w *walk) equals(n *record.Node, listed any) bool {
	switch listed := listed.(type) {
	case string:
		return n.Kind == record.String && n.Text == listed
	case bool:
		return n.Kind == record.Bool && n.True() == listed
	case json.Number:
		number, _ := decimalOf(listed.String())
		return n.Kind == record.Number && w.decimal(n) == number
	}
	return n.Kind == record.Null
}

// hasForm holds a value against the keywords for its type.
func (w *walk) hasForm(s *jsonschema.Schema, n *record.Node) bool {
	switch n.Kind {
	case record.Number:
		return w.isWithin(s, n)
	case record.String:
		return w.isText(s, n.Text)
	case record.List:
		return w.isList(s, n.Items)
	case record.Map:
		return w.isGroup(s, n)
	}
	return true
}

func (w *walk) isWithin(s *jsonschema.Schema, n *record.Node) bool {
	if s.Minimum == nil && s.ExclusiveMinimum == nil && s.Maximum == nil && s.ExclusiveMaximum == nil && s.MultipleOf == nil {
		return true
	}
	number := w.decimal(n)
	compare := func(limit *big.Rat) int { return number.compare(limit.Num().Int64()) }
	return (s.Minimum == nil || compare(s.Minimum) >= 0) &&
		(s.ExclusiveMinimum == nil || compare(s.ExclusiveMinimum) > 0) &&
		(s.Maximum == nil || compare(s.Maximum) <= 0) &&
		(s.ExclusiveMaximum == nil || compare(s.ExclusiveMaximum) < 0) &&
		(s.MultipleOf == nil || !number.broken && number.whole%s.MultipleOf.Num().Int64() == 0)
}

// decimal returns a number; one that is not written plainly is left to the library.
func (w *walk) decimal(n *record.Node) decimal {
	number, ok := decimalOf(n.Text)
	w.unsure = w.unsure || !ok
	return number
}

// A decimal is a number, as exactly as limits that are whole numbers ask for.
type decimal struct {
	whole  int64 // the largest one that is not above it
	broken bool  // whether it is between two whole numbers
}

// maxLaneDigits is how many digits surely make no number that is too large.
const maxLaneDigits = 18

// decimalOf reads a number that is written in digits and a point alone.
func decimalOf(text string) (number decimal, ok bool) {
	digits, fraction, _ := strings.Cut(text, ".")
	if len(digits) > maxLaneDigits {
		return decimal{}, false
	}
	whole, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || strings.Trim(fraction, "0123456789") != "" {
		return decimal{}, false
	}
	number = decimal{whole, strings.Trim(fraction, "0") != ""}
	if number.broken && text[0] == '-' {
		number.whole--
	}
	return number, true
}

// compare returns whether a number is below, at or above a limit: -1, 0 or 1.
func (d decimal) compare(limit int64) int {
	switch {
	case d.whole < limit:
		return -1
	case d.whole > limit || d.broken:
		return 1
	}
	return 0
}

func (w *walk) isText(s *jsonschema.Schema, text string) bool {
	if len(text)/utf8.UTFMax < s.MinLength || s.MaxLength != -1 && len(text) > s.MaxLength { // in bytes; it may be right in characters
		length := utf8.RuneCountInString(text)
		if length < s.MinLength || s.MaxLength != -1 && length > s.MaxLength {
			return false
		}
	}
	return (s.Pattern == nil || w.patterns[s.Pattern]().matches(text)) && (s.Format == "" || isOfFormat(text, s.Format))
}

// isOfFormat asks the library, but where it surely says yes and takes long.
func isOfFormat(text, format string) bool {
	switch format {
	case "date":
		_, err := time.Parse(time.DateOnly, text) // as the library does
		return err == nil
	case "email":
		if isPlainEmail(text) {
			return true
		}
	case "uri":
		if isPlainAddress(text) {
			return true
		}
	}
	return jsonschema.Formats[format](text)
}

// maxPlainName is how long no name in an address is too long.
const maxPlainName = 63

func isPlainEmail(text string) bool {
	name, host, _ := strings.Cut(text, "@")
	return len(name) <= maxPlainName && len(host) <= maxPlainName && isWords(name, "._+-") && isWords(host, ".-")
}

func isPlainAddress(text string) bool {
	rest, ok := strings.CutPrefix(text, "https://")
	host, path, _ := strings.Cut(rest, "/")
	return ok && isWords(host, ".-") && !strings.ContainsFunc(path, isOdd)
}

// isOdd reports whether a character may mean something in the path of an address.
func isOdd(r rune) bool {
	letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	return !letter && (r < '-' || r > '9') // between them: a point and a slash
}

func (w *walk) isList(s *jsonschema.Schema, items []*record.Node) bool {
	if len(items) < s.MinItems || s.MaxItems != -1 && len(items) > s.MaxItems || s.UniqueItems && w.hasTwice(items) {
		return false
	}
	for i, item := range items {
		of := s.Items2020
		if i < len(s.PrefixItems) {
			of = s.PrefixItems[i]
		}
		if of != nil && !w.fits(of, item) {
			return false
		}
	}
	return s.Contains == nil || w.contains(s, items)
}

// maxCompared is how long a list may be to be compared entry by entry.
const maxCompared = 20

func (w *walk) hasTwice(items []*record.Node) bool {
	if len(items) > maxCompared {
		w.unsure = true
		return false
	}
	for i, item := range items {
		if slices.ContainsFunc(items[:i], item.Equal) {
			return true
		}
	}
	return false
}

func (w *walk) contains(s *jsonschema.Schema, items []*record.Node) bool {
	count := 0
	for _, item := range items {
		if w.fits(s.Contains, item) {
			count++
		}
	}
	return count >= s.MinContains && (s.MaxContains == -1 || count <= s.MaxContains)
}

func (w *walk) isGroup(s *jsonschema.Schema, n *record.Node) bool {
	if len(n.Fields) < s.MinProperties || s.MaxProperties != -1 && len(n.Fields) > s.MaxProperties || !hasAll(n, s.Required) {
		return false
	}
	for i := range n.Fields {
		if !w.fitsField(s, &n.Fields[i]) {
			return false
		}
	}
	for name, others := range s.DependentRequired {
		if n.Field(name) != nil && !hasAll(n, others) {
			return false
		}
	}
	return true
}

func hasAll(n *record.Node, names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return n.Field(name) == nil })
}

func (w *walk) fitsField(s *jsonschema.Schema, f *record.Field) bool {
	if s.PropertyNames != nil && !w.fits(s.PropertyNames, &record.Node{Kind: record.String, Text: f.Key}) {
		return false
	}
	of, known := s.Properties[f.Key]
	if known && !w.fits(of, f.Value) {
		return false
	}
	for pattern, of := range s.PatternProperties {
		if pattern.MatchString(f.Key) {
			known = true
			if !w.fits(of, f.Value) {
				return false
			}
		}
	}
	switch others := s.AdditionalProperties.(type) {
	case bool:
		return known || others
	case *jsonschema.Schema:
		return known || w.fits(others, f.Value)
	}
	return true
}

// fitsBranches holds a value against the schemas that are about it, too.
func (w *walk) fitsBranches(s *jsonschema.Schema, n *record.Node) bool {
	switch {
	case s.Ref != nil && !w.fits(s.Ref, n),
		s.Not != nil && w.fits(s.Not, n),
		w.count(s.AllOf, n) < len(s.AllOf),
		len(s.AnyOf) > 0 && w.count(s.AnyOf, n) == 0,
		len(s.OneOf) > 0 && w.count(s.OneOf, n) != 1:
		return false
	}
	for name, of := range s.DependentSchemas {
		if n.Field(name) != nil && !w.fits(of, n) {
			return false
		}
	}
	branch := s.Then
	if s.If != nil && !w.fits(s.If, n) {
		branch = s.Else
	}
	return s.If == nil || branch == nil || w.fits(branch, n)
}

// count returns how many schemas a value fits.
func (w *walk) count(schemas []*jsonschema.Schema, n *record.Node) (fitting int) {
	for _, s := range schemas {
		if w.fits(s, n) {
			fitting++
		}
	}
	return fitting
}
