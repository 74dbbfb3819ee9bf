package policy

import (
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A TypedRecord is a record as policies need to know it.
type TypedRecord struct {
	*record.Record
	Kind  string // of the set's kinds; records of any other are not judged
	Valid bool   // whether it passes its schema
}

// A Case is a record to be judged: what it is, nil where the change deletes it,
// and what it was before the change, nil where it is new or nothing is known of
// that. One of them is there.
type Case struct {
	Now, Before *TypedRecord
	Was         string // where the record was before the change, if that is elsewhere
}

// Path returns where the record is, or was before the change deleted it.
func (c Case) Path() string { return c.record().Path }

// record returns the record, or what it was before the change deleted it.
func (c Case) record() *TypedRecord {
	if c.Now != nil {
		return c.Now
	}
	return c.Before
}

// valid reports whether what there is of the record passes its schema.
func (c Case) valid() bool {
	return (c.Now == nil || c.Now.Valid) && (c.Before == nil || c.Before.Valid)
}

// locate returns the place of a violation. Of a deleted record nothing is left
// but its path.
func (c Case) locate(path []string, atKey bool) finding.Place {
	if c.Now == nil {
		return finding.Place{File: c.Before.Path, Span: source.Start}
	}
	return c.Now.Locate(path, atKey)
}

// place returns the place of a violation. A field that is missing and expected has
// its own path, and is shown where the nearest value above is.
func (c Case) place(v violation) finding.Place {
	place := c.locate(v.path, v.atKey)
	if c.Now != nil && v.expected != nil && len(place.Path) == len(v.path)-1 {
		place.Path = v.path
	}
	return place
}
