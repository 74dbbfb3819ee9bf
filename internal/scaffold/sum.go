package scaffold

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/layout"
)

// A Sum tells which files a repository was given, and of what version: by it, an
// upgrade knows what was edited since.
type Sum struct {
	Origin
	IDs map[string]string // what git names the contents of each, by path
}

// NewSum returns the sum of files as they are written. What lies in a partner's
// folder is given once, and is the company's own from then on.
func NewSum(o Origin, files Files, id func(text []byte) string) *Sum {
	s := &Sum{o, map[string]string{}}
	for name, text := range files {
		if canBeGiven(name) {
			s.IDs[name] = id(text)
		}
	}
	return s
}

// canBeGiven reports whether an upgrade may touch the file at a path.
func canBeGiven(name string) bool {
	folder, in := layout.FolderOf(name)
	return fs.ValidPath(name) && !layout.IsRecord(name) && (!in || folder == "")
}

const sumHeader = `# What alliances init and alliances upgrade wrote: by this, the next upgrade knows what was edited since. Commit it
# with the rest, and leave it as it is.
`

// Text returns the sum as it is kept.
func (s *Sum) Text() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%sversion %s\ncompany %s\n", sumHeader, s.Version, s.Company)
	for _, name := range slices.Sorted(maps.Keys(s.IDs)) {
		fmt.Fprintf(&b, "%s %s\n", s.IDs[name], name)
	}
	return b.Bytes()
}

// ReadSum reads a sum that is kept.
func ReadSum(text []byte) (*Sum, error) {
	s := &Sum{IDs: map[string]string{}}
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		line = strings.TrimRight(line, "\r\n")
		if !strings.HasPrefix(line, "#") && !s.take(line) {
			return nil, fmt.Errorf("line %d, %q, is none that was written there: bring the file back as it was committed", number, line)
		}
	}
	if s.Version == "" || s.Company == "" {
		return nil, errors.New("it does not say which version it is of, or for whom: bring the file back as it was committed")
	}
	return s, nil
}

// take notes what a line says, and reports whether that can stand in a sum.
func (s *Sum) take(line string) bool {
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "version":
		s.Version = rest
		return rest != ""
	case "company":
		s.Company = rest
		return CheckCompany(rest) == nil
	}
	s.IDs[rest] = word
	return canBeGiven(rest)
}
