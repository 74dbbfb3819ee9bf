package ledger

import (
	"encoding/json"

	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// JSON is what a change does to a record as programs read it. The path of each
// value that changes is a JSON Pointer (RFC 6901); before or after is left out
// where there was, or is, no such value.
type JSON struct {
	Kind    string           `json:"kind,omitempty"`
	Partner string           `json:"partner"`
	Path    string           `json:"path"`
	Was     string           `json:"was,omitempty"`
	Deleted bool             `json:"deleted,omitempty"`
	Unknown bool             `json:"unknown,omitempty"`
	Events  []jsonEvent      `json:"events"`
	Changes []jsonDifference `json:"changes"`
}

type jsonEvent struct {
	Verb string `json:"verb"`
	Text string `json:"text,omitempty"`
	Line int    `json:"line,omitempty"`
}

type jsonDifference struct {
	Path   string `json:"path"`
	Before any    `json:"before,omitempty"`
	After  any    `json:"after,omitempty"`
}

// JSON returns it with all that differs in the record's values.
func (c RecordChange) JSON() JSON {
	j := JSON{Kind: c.Kind, Partner: c.Partner, Path: c.Path, Was: c.Was, Deleted: c.Deleted, Unknown: c.Unknown, Changes: []jsonDifference{}}
	for _, event := range c.Events {
		j.Events = append(j.Events, jsonEvent{event.Verb, event.Text, event.Line})
	}
	for _, d := range c.Changes {
		j.Changes = append(j.Changes, jsonDifference{pointer.Of(d.Path), Value(d.Before), Value(d.After)})
	}
	return j
}

// Value returns a value for JSON, such that null is told from no value.
func Value(n *record.Node) any {
	if n == nil {
		return nil
	}
	text, err := json.Marshal(n.JSON())
	if err != nil {
		return nil // a record's values are all JSON's
	}
	return json.RawMessage(text)
}
