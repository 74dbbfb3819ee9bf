package editor

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// An example is one of schemas/examples, as a record in its place.
type example struct {
	kind   string
	set    *schema.Set
	text   string
	record *record.Record
	values []value // all that it holds, in the order of the text
	opened int     // how often it was open in an editor
}

// A value is one value of an example, with what its schema says of it.
type value struct {
	path       []string
	key        string // "" for an entry of a list
	keyStart   int    // offset of its key's first byte
	start, end int    // offsets of its first byte and behind its last one
	scalar     bool
	schema     object
	missing    []string // the fields that can stand beside it, without those in front of it
}

// String returns what people call it.
func (v value) String() string { return strings.Join(v.path, ".") }

func newExample(t *testing.T, set *schema.Set, kind, text string, firstLine func(*example) string) *example {
	t.Helper()
	e := &example{kind: kind, set: set}
	_, rest, _ := strings.Cut(text, "\n")
	e.text = firstLine(e) + "\n" + rest
	e.record = e.load(t, e.text)
	e.walk(e.record.Root, set.Document(kind), nil)
	return e
}

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// path returns a place where records of the kind live.
func (e *example) path() string {
	return placeholder.ReplaceAllString(placeOf(e.set, e.kind), "example")
}

// open opens a text as a record of its own: the server may still be about to
// say something of another one.
func (e *example) open(s *server, text string) document {
	s.t.Helper()
	e.opened++
	return s.open(placeholder.ReplaceAllString(placeOf(e.set, e.kind), fmt.Sprintf("example-%d", e.opened)), text)
}

// schemaLine returns the first line of a record in its place.
func (e *example) schemaLine() string {
	up := strings.Repeat("../", strings.Count(e.path(), "/"))
	return "# yaml-language-server: $schema=" + up + "schemas/" + e.kind + ".schema.json"
}

func (e *example) load(t *testing.T, text string) *record.Record {
	t.Helper()
	r, findings := record.Load(e.path(), []byte(text))
	if len(findings) > 0 {
		t.Fatalf("%s: %s:\n%s", e.kind, findings[0].Message, text)
	}
	return r
}

// judge returns the lines that the validator marks, without what it says of the
// path: that is for the validator alone.
func (e *example) judge(t *testing.T, text string) []int {
	t.Helper()
	var lines []int
	for _, f := range e.set.Judge(e.load(t, text)).Findings {
		if f.Rule != record.PathRule.ID {
			lines = append(lines, f.Span.Start.Line)
		}
	}
	return distinct(lines)
}

// walk collects what a list or a mapping holds.
func (e *example) walk(node *record.Node, s object, path []string) {
	properties, _ := s["properties"].(object)
	missing := slices.Sorted(maps.Keys(properties))
	for _, field := range node.Fields {
		inner := append(slices.Clone(path), field.Key)
		start, _ := e.offsets(e.record.Locate(inner, true).Span)
		e.add(field.Value, value{path: inner, key: field.Key, keyStart: start, schema: e.property(s, field.Key), missing: missing})
		missing = slices.DeleteFunc(slices.Clone(missing), func(name string) bool { return name == field.Key })
	}
	for i, item := range node.Items {
		e.add(item, value{path: append(slices.Clone(path), strconv.Itoa(i)), schema: e.resolve(s["items"])})
	}
}

func (e *example) add(node *record.Node, v value) {
	v.start, v.end = e.offsets(e.record.Locate(v.path, false).Span)
	v.scalar = node.IsScalar()
	index := len(e.values)
	e.values = append(e.values, v)
	e.walk(node, v.schema, v.path)
	if v.key != "" && v.start == v.keyStart {
		// It is written in the lines below its key.
		e.values[index].start = v.end + len(":")
		e.values[index].end = e.values[len(e.values)-1].end
	}
}

func (e *example) offsets(span source.Span) (start, end int) {
	return e.record.File.Offset(span.Start), e.record.File.Offset(span.End)
}

// property returns the schema of a field of what the schema s describes.
func (e *example) property(s object, name string) object {
	properties, _ := s["properties"].(object)
	if properties[name] != nil {
		return e.resolve(properties[name])
	}
	patterns, _ := s["patternProperties"].(object)
	for pattern, inner := range patterns {
		if regexp.MustCompile(pattern).MatchString(name) {
			return e.resolve(inner)
		}
	}
	return e.resolve(s["additionalProperties"])
}

// resolve lays a schema over the one of $defs that it refers to.
func (e *example) resolve(s any) object {
	written, _ := s.(object)
	reference, _ := written["$ref"].(string)
	if reference == "" {
		return written
	}
	definitions, _ := e.set.Document(e.kind)["$defs"].(object)
	merged := maps.Clone(e.resolve(definitions[strings.TrimPrefix(reference, "#/$defs/")]))
	maps.Copy(merged, written)
	return merged
}

// branches returns a schema and those of which a value has to fit one.
func (e *example) branches(s object) []object {
	all := []object{s}
	for _, keyword := range []string{"oneOf", "anyOf"} {
		inner, _ := s[keyword].([]any)
		for _, branch := range inner {
			all = append(all, e.branches(e.resolve(branch))...)
		}
	}
	return all
}

// choices returns the values that a schema names.
func (e *example) choices(s object) []string {
	var all []string
	for _, branch := range e.branches(s) {
		choices, _ := branch["enum"].([]any)
		if constant, ok := branch["const"]; ok {
			choices = append(choices, constant)
		}
		for _, choice := range choices {
			all = append(all, fmt.Sprint(choice))
		}
	}
	return all
}

// descriptions returns what a schema says of its values.
func (e *example) descriptions(s object) []string {
	var all []string
	for _, branch := range e.branches(s) {
		if text, _ := branch["description"].(string); text != "" {
			all = append(all, text)
		}
	}
	return all
}

// spoil returns the example with another text in the place of values.
func (e *example) spoil(text string, which func(value) bool) string {
	spoilt := e.text
	for _, v := range slices.Backward(e.values) {
		if which(v) {
			// As many lines as before leave all others where they are.
			lines := strings.Repeat("\n", strings.Count(spoilt[v.start:v.end], "\n"))
			spoilt = spoilt[:v.start] + " " + text + lines + spoilt[v.end:]
		}
	}
	return spoilt
}
