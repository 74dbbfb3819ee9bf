package profile

import (
	"io"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/format"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// Options say how to write a profile. They are for text alone.
type Options struct {
	Schemas  *schema.Set                                         // that name the fields as people do
	Findings func(w io.Writer, findings []finding.Finding) error // writes what is wrong with the record
	Waived   func(w io.Writer, waived []finding.Waived) error    // writes what does not count
}

var formats = format.Set[func(w io.Writer, p *Profile, o Options) error]{
	{Name: "text", Writer: writeText},
	{Name: "json", Writer: writeJSON},
}

// Formats returns the names of the formats, the default one first.
func Formats() []string { return formats.Names() }

// Write writes a profile to w in the format of that name.
func Write(name string, w io.Writer, p *Profile, o Options) error {
	write, err := formats.Get(name)
	if err != nil {
		return err
	}
	return format.Whole(w, func(w io.Writer) error { return write(w, p, o) })
}
