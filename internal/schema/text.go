package schema

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A text is a schema as it stands in its file: JSON, and where each part of it
// is.
type text struct {
	file    *source.File
	offsets map[string]int64 // by the pointer to a value: where it, or its name, begins
}

// maxDepth is how deep a schema's JSON may be nested.
const maxDepth = 100

// read returns the document that a schema's text holds. A byte order mark is no
// part of it.
func read(data []byte) (document, *text, error) {
	t := &text{source.New(data), map[string]int64{}}
	if err := t.syntax(); err != nil {
		return nil, nil, err
	}
	r := reader{text: t, Decoder: json.NewDecoder(bytes.NewReader(t.file.Text()))}
	r.UseNumber()
	value, err := r.value(nil)
	if err != nil {
		return nil, nil, err
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, nil, t.errorf(nil, "no JSON: a schema is an object in braces")
	}
	return object, t, nil
}

// syntax returns what is no JSON in the text.
func (t *text) syntax() error {
	var all json.RawMessage
	err := json.Unmarshal(t.file.Text(), &all)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset := syntax.Offset - 1
		if syntax.Error() == "unexpected end of JSON input" {
			offset, err = int64(len(t.file.Text())), errors.New("it ends before its JSON does")
		}
		return t.errorAt(offset, fmt.Errorf("no JSON: %w", err))
	}
	return err
}

// errorf returns an error that says where in the schema something is wrong.
func (t *text) errorf(path []string, format string, args ...any) error {
	return t.errorAt(t.offsets[pointer.Of(path)], fmt.Errorf(format, args...))
}

// noSchema returns an error that says that the schema is none, and where.
func (t *text) noSchema(path []string, format string, args ...any) error {
	at := t.file.Position(int(t.offsets[pointer.Of(path)]))
	return fmt.Errorf("no JSON Schema: %w (line %d, column %d)", fmt.Errorf(format, args...), at.Line, at.Column)
}

func (t *text) errorAt(offset int64, err error) error {
	at := t.file.Position(int(offset))
	return fmt.Errorf("line %d, column %d: %w", at.Line, at.Column, err)
}

// A reader decodes a schema's JSON and notes its places.
type reader struct {
	*json.Decoder
	*text
}

// value reads the value at a path.
func (r *reader) value(path []string) (any, error) {
	if _, ok := r.offsets[pointer.Of(path)]; !ok {
		r.offsets[pointer.Of(path)] = r.next()
	}
	if len(path) > maxDepth {
		return nil, r.errorf(path, "nothing in a schema may be nested more than %d deep", maxDepth)
	}
	token, err := r.Token()
	switch {
	case err != nil:
		return nil, err
	case token == json.Delim('{'):
		return r.object(path)
	case token == json.Delim('['):
		return r.list(path)
	}
	if number, ok := token.(json.Number); ok && !reckonable(number) {
		return nil, r.errorf(path, "the number %s is too large or too small to reckon with", number)
	}
	return token, nil
}

// reckonable reports whether reckoning with a number ends: one of a billion
// digits is written in three characters.
func reckonable(number json.Number) bool {
	_, exponent, found := strings.Cut(strings.ToLower(number.String()), "e")
	size, err := strconv.Atoi(exponent)
	return !found || err == nil && -maxExponent < size && size < maxExponent
}

const maxExponent = 400

func (r *reader) object(path []string) (any, error) {
	object := map[string]any{}
	for r.More() {
		at := r.next()
		token, err := r.Token()
		if err != nil {
			return nil, err
		}
		name := token.(string) // or it were no JSON
		if _, twice := object[name]; twice {
			return nil, r.errorAt(at, fmt.Errorf("`%s` stands here a second time; keep one of the two", source.Visible(name)))
		}
		below := append(slices.Clip(path), name)
		r.offsets[pointer.Of(below)] = at
		if object[name], err = r.value(below); err != nil {
			return nil, err
		}
	}
	_, err := r.Token()
	return object, err
}

func (r *reader) list(path []string) (any, error) {
	list := []any{}
	for r.More() {
		item, err := r.value(append(slices.Clip(path), fmt.Sprint(len(list))))
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	_, err := r.Token()
	return list, err
}

// next returns where the next token begins.
func (r *reader) next() int64 {
	data := r.file.Text()
	at := r.InputOffset()
	for at < int64(len(data)) && bytes.IndexByte([]byte(" \t\r\n,:"), data[at]) >= 0 {
		at++
	}
	return at
}

func sortedKeys(object map[string]any) []string {
	return slices.Sorted(maps.Keys(object))
}
