package schema

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// refuseURL keeps the compiler from reading anything but the schema it was
// given: a verdict must not depend on a file or a server elsewhere.
func refuseURL(url string) (io.ReadCloser, error) {
	return nil, fmt.Errorf("it refers to %s; a schema refers to its own $defs only", url)
}

// jsonError adds the line and column to an error of encoding/json.
func jsonError(data []byte, err error) error {
	offset := int64(len(data))
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset - 1
	case errors.As(err, &kind):
		offset = kind.Offset - 1
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		err = errors.New("it ends before its JSON does")
	}
	text := source.New(data)
	at := text.Position(int(offset) - (len(data) - len(text.Text())))
	return fmt.Errorf("line %d, column %d: no JSON: %w", at.Line, at.Column, err)
}

// compileError says in a line what the JSON Schema compiler objects to: the
// leaves of its tree, without the address that stands in for the file.
func compileError(err error) error {
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		var failed *jsonschema.SchemaError
		if errors.As(err, &failed) && failed.Err != nil {
			return fmt.Errorf("no JSON Schema: %w", failed.Err)
		}
		return fmt.Errorf("no JSON Schema: %w", err)
	}
	for len(invalid.Causes) > 0 {
		invalid = invalid.Causes[0]
	}
	return fmt.Errorf("no JSON Schema: at %s: %s", invalid.InstanceLocation, invalid.Message)
}
