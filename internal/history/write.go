package history

import (
	"bufio"
	"io"

	"gitlab.com/gitlab-com/alliances/internal/format"
	"gitlab.com/gitlab-com/alliances/internal/gitfs"
)

// A Writer writes entries as they come.
type Writer interface {
	Entry(Entry) error
	Close() error // writes the end, and nothing where no entry came in a form without an end
}

var formats = format.Set[func(out *bufio.Writer, head gitfs.CommitID) (Writer, error)]{
	{Name: "text", Writer: newTextWriter},
	{Name: "json", Writer: newJSONWriter},
	{Name: "csv", Writer: newCSVWriter},
}

// Formats returns the names of the formats, the default one first.
func Formats() []string { return formats.Names() }

// NewWriter returns what writes the history of the commit head in the format of
// that name.
func NewWriter(name string, head gitfs.CommitID, w io.Writer) (Writer, error) {
	begin, err := formats.Get(name)
	if err != nil {
		return nil, err
	}
	return begin(bufio.NewWriterSize(w, 1<<16), head)
}
