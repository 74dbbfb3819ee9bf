package schema

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A validator holds values against one schema. This file alone, but for its lane,
// knows the library that does so: what fails, it tells as a tree of failures.
type validator struct {
	schema *jsonschema.Schema
	lane   func() lane
	parts  func() map[string]*jsonschema.Schema // by the pointer to where each stands
}

// A failure is a keyword of the schema that a value fails, or that something
// below them does.
type failure struct {
	way      []step   // from the record's schema to the keyword, which is the last
	location []string // of the keyword in the schema
	path     []string // of the value in the record
	equal    [2]int   // of "uniqueItems": which entries are
	causes   []failure
}

// newValidator compiles the schema of that name. The error says what is no JSON
// Schema in it, and where.
func newValidator(name string, schema *text) (validator, error) {
	compiler := jsonschema.NewCompiler()
	compiler.Draft = jsonschema.Draft2020
	compiler.AssertFormat = true
	compiler.LoadURL = refuseURL
	url := "schema:///" + name
	if err := compiler.AddResource(url, bytes.NewReader(schema.file.Text())); err != nil {
		return validator{}, err
	}
	compiled, err := compiler.Compile(url)
	if err != nil {
		return validator{}, compileError(schema, err)
	}
	return validator{
		schema: compiled,
		lane:   sync.OnceValue(func() lane { return newLane(compiled) }),
		parts:  sync.OnceValue(func() map[string]*jsonschema.Schema { return partsOf(compiled) }),
	}, nil
}

// refuseURL keeps the compiler from reading anything but the schema it was
// given: a verdict must not depend on a file or a server elsewhere.
func refuseURL(url string) (io.ReadCloser, error) {
	return nil, fmt.Errorf("it refers to %s; a schema refers to its own $defs only", url)
}

// compileError says in a line what the JSON Schema compiler objects to, and
// where: the leaves of its tree, without the address that stands in for the
// file.
func compileError(schema *text, err error) error {
	invalid, ok := errors.AsType[*jsonschema.ValidationError](err)
	if !ok {
		if failed, ok := errors.AsType[*jsonschema.SchemaError](err); ok && failed.Err != nil {
			err = failed.Err
		}
		return fmt.Errorf("no JSON Schema: %w", err)
	}
	for len(invalid.Causes) > 0 {
		invalid = invalid.Causes[0]
	}
	return schema.noSchema(fragmentPath(invalid.InstanceLocation), "at %s: %s", invalid.InstanceLocation, invalid.Message)
}

// judge returns what a value of a record fails of the schema that is written in the
// document, or nil.
func (v validator) judge(n *record.Node, d document) *failure {
	if v.lane().accepts(n) {
		return nil
	}
	return v.validate(n.JSON(), d)
}

// validate returns what a value, as encoding/json decodes it, fails of the schema
// that is written in the document, or nil.
func (v validator) validate(value any, d document) *failure {
	err := v.schema.Validate(value)
	if err == nil {
		return nil
	}
	invalid, ok := err.(*jsonschema.ValidationError)
	if !ok {
		panic(err) // a value that is no JSON: not the record's fault
	}
	failed := toFailure(invalid, value, d)
	return &failed
}

// fits reports whether a value fits the schema at a location.
func (v validator) fits(value any, location []string) bool {
	part := v.parts()[pointer.Of(location)]
	return part != nil && part.Validate(value) == nil
}

// toFailure takes the places from the library's tree, and none of its words but
// the entries that they name.
func toFailure(err *jsonschema.ValidationError, value any, d document) failure {
	_, fragment, _ := strings.Cut(err.AbsoluteKeywordLocation, "#")
	f := failure{way: d.way(fragmentPath(err.KeywordLocation)), location: fragmentPath(fragment)}
	f.path = align(f.way, fragmentPath(err.InstanceLocation), value)
	if f.last().keyword == "uniqueItems" {
		fmt.Sscanf(err.Message, "items at index %d and %d are equal", &f.equal[0], &f.equal[1])
	}
	for _, cause := range err.Causes {
		f.causes = append(f.causes, toFailure(cause, value, d))
	}
	return f
}

// partsOf returns all schemas that a compiled one holds.
func partsOf(schema *jsonschema.Schema) map[string]*jsonschema.Schema {
	parts := map[string]*jsonschema.Schema{}
	for _, part := range allParts(schema) {
		_, fragment, _ := strings.Cut(part.Location, "#")
		parts[pointer.Of(fragmentPath(fragment))] = part
	}
	return parts
}

// allParts returns a compiled schema and all that it leads to.
func allParts(schema *jsonschema.Schema) (parts []*jsonschema.Schema) {
	seen := map[*jsonschema.Schema]bool{}
	var add func(value reflect.Value)
	add = func(value reflect.Value) {
		switch value.Kind() {
		case reflect.Interface:
			add(value.Elem())
		case reflect.Slice:
			for i := range value.Len() {
				add(value.Index(i))
			}
		case reflect.Map:
			for _, key := range value.MapKeys() {
				add(value.MapIndex(key))
			}
		case reflect.Pointer:
			part, ok := value.Interface().(*jsonschema.Schema)
			if !ok || part == nil || seen[part] {
				return
			}
			seen[part] = true
			parts = append(parts, part)
			for i := range value.Elem().NumField() {
				if field := value.Elem().Field(i); field.CanInterface() { // it is exported
					add(field)
				}
			}
		}
	}
	add(reflect.ValueOf(schema))
	return parts
}
