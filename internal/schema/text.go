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
	"unicode/utf8"

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
	r := reader{text: t, data: t.file.Text()}
	value, err := r.value("", 0)
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

// A reader decodes a schema's JSON, which is known to be JSON, and notes its places.
type reader struct {
	*text
	data []byte
	next int // where what is not read yet begins
}

// value reads the value that a pointer leads to.
func (r *reader) value(at string, depth int) (any, error) {
	begin := r.skip()
	if _, ok := r.offsets[at]; !ok {
		r.offsets[at] = begin
	}
	if depth > maxDepth {
		return nil, r.errorAt(r.offsets[at], fmt.Errorf("nothing in a schema may be nested more than %d deep", maxDepth))
	}
	switch r.data[r.next] {
	case '{':
		return r.object(at, depth)
	case '[':
		return r.list(at, depth)
	case '"':
		return r.string()
	}
	return r.word(r.offsets[at])
}

// string reads a text, or a name.
func (r *reader) string() (text string, err error) {
	begin := r.next
	for r.next++; r.data[r.next] != '"'; r.next++ {
		if r.data[r.next] == '\\' {
			r.next++
		}
	}
	r.next++
	written := r.data[begin:r.next]
	if bytes.IndexByte(written, '\\') < 0 && utf8.Valid(written) {
		return string(written[1 : len(written)-1]), nil
	}
	err = json.Unmarshal(written, &text)
	return text, err
}

// word reads true, false, null or a number.
func (r *reader) word(begin int64) (any, error) {
	rest := r.data[r.next:]
	word := string(rest[:len(rest)-len(bytes.TrimLeft(rest, "+-.0123456789Eaeflnrstu"))])
	r.next += len(word)
	switch word {
	case "true", "false":
		return word == "true", nil
	case "null":
		return nil, nil
	}
	number := json.Number(word)
	if !reckonable(number) {
		return nil, r.errorAt(begin, fmt.Errorf("the number %s is too large or too small to reckon with", number))
	}
	return number, nil
}

// reckonable reports whether reckoning with a number ends: one of a billion
// digits is written in three characters.
func reckonable(number json.Number) bool {
	_, exponent, found := strings.Cut(strings.ToLower(number.String()), "e")
	size, err := strconv.Atoi(exponent)
	return !found || err == nil && -maxExponent < size && size < maxExponent
}

const maxExponent = 400

func (r *reader) object(at string, depth int) (any, error) {
	object := map[string]any{}
	for r.more() {
		begin := r.skip()
		name, err := r.string()
		if err != nil {
			return nil, err
		}
		if _, twice := object[name]; twice {
			return nil, r.errorAt(begin, fmt.Errorf("`%s` stands here a second time; keep one of the two", source.Visible(name)))
		}
		below := at + pointer.Of([]string{name})
		r.offsets[below] = begin
		if object[name], err = r.value(below, depth+1); err != nil {
			return nil, err
		}
	}
	return object, nil
}

func (r *reader) list(at string, depth int) (any, error) {
	list := []any{}
	for r.more() {
		item, err := r.value(at+"/"+strconv.Itoa(len(list)), depth+1)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, nil
}

// skip passes over blanks, and the colon behind a name, and returns where it stops.
func (r *reader) skip() int64 {
	r.next = len(r.data) - len(bytes.TrimLeft(r.data[r.next:], " \t\r\n:"))
	return int64(r.next)
}

// more reads the sign that a list or an object begins with, goes on with or ends
// with, and reports whether there is more of it.
func (r *reader) more() bool {
	sign := r.data[r.skip()]
	r.next++
	if sign == '{' || sign == '[' {
		if next := r.data[r.skip()]; next != '}' && next != ']' {
			return true
		}
		r.next++
	}
	return sign == ','
}
func sortedKeys(object map[string]any) []string {
	return slices.Sorted(maps.Keys(object))
}
