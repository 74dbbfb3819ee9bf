// Package format keeps the forms that one thing can be written in, each by the
// name that people choose it by, and writes documents.
package format

import (
	"bytes"
	"encoding/json"
	"io"

	"gitlab.com/gitlab-com/alliances/internal/spelling"
)

// A Set is the formats of one thing, the default one first. W is what writes
// it, or makes what does.
type Set[W any] []Format[W]

// A Format is one of them.
type Format[W any] struct {
	Name   string
	Writer W
}

// Names returns the names of the formats, in their order.
func (s Set[W]) Names() []string {
	names := make([]string, len(s))
	for i, f := range s {
		names[i] = f.Name
	}
	return names
}

// Get returns the writer of the format of that name.
func (s Set[W]) Get(name string) (W, error) {
	for _, f := range s {
		if f.Name == name {
			return f.Writer, nil
		}
	}
	var none W
	return none, spelling.Unknown("format", name, s.Names())
}

// Whole writes to w what write writes, if that succeeds, and nothing else.
func Whole(w io.Writer, write func(w io.Writer) error) error {
	var out bytes.Buffer
	if err := write(&out); err != nil {
		return err
	}
	_, err := out.WriteTo(w)
	return err
}

// JSON writes a document as JSON for programs and for people: indented, and
// with <, > and & as they are.
func JSON(w io.Writer, document any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(document)
}
