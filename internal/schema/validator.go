package schema

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

// A validator holds values against one schema. This file alone knows the library
// that does so: what fails, it tells as a tree of failures.
type validator struct{ schema *jsonschema.Schema }

// A failure is a keyword of the schema that a value fails, or that something
// below them does.
type failure struct {
	keyword  string
	location []string // of the keyword in the schema
	path     []string // of the value in the record
	ofName   bool     // whether it is the value's name that fails
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
	return validator{compiled}, nil
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

// validate returns what a value, as encoding/json decodes it, fails, or nil.
func (v validator) validate(value any) *failure {
	err := v.schema.Validate(value)
	if err == nil {
		return nil
	}
	invalid, ok := err.(*jsonschema.ValidationError)
	if !ok {
		panic(err) // a value that is no JSON, or a schema that refers to itself: not the record's fault
	}
	failed := toFailure(invalid)
	return &failed
}

// toFailure takes the places from the library's tree, and none of its words.
func toFailure(err *jsonschema.ValidationError) failure {
	f := failure{path: fragmentPath(err.InstanceLocation), ofName: isOfName(fragmentPath(err.KeywordLocation))}
	_, fragment, _ := strings.Cut(err.AbsoluteKeywordLocation, "#")
	f.location = fragmentPath(fragment)
	f.keyword = keywordAt(f.location)
	for _, cause := range err.Causes {
		f.causes = append(f.causes, toFailure(cause))
	}
	return f
}

// keywordAt returns the keyword at a location: its last name, but for the
// keywords that have a name for each of several fields.
func keywordAt(location []string) string {
	for _, name := range slices.Backward(location) {
		if name == "dependentRequired" || name == "dependencies" {
			return name
		}
	}
	if len(location) == 0 {
		return ""
	}
	return location[len(location)-1]
}

// isOfName reports whether the way to a keyword leads through one on names.
func isOfName(way []string) bool {
	i := slices.Index(way, "propertyNames")
	return i == 0 || i > 0 && way[i-1] != "properties" && way[i-1] != "$defs"
}
