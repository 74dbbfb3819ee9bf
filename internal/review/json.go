package review

import (
	"io"

	"gitlab.com/gitlab-com/alliances/internal/format"
	"gitlab.com/gitlab-com/alliances/internal/ledger"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
)

type jsonReview struct {
	Version  int           `json:"version"`
	Base     string        `json:"base"`
	Head     string        `json:"head,omitempty"`
	Summary  string        `json:"summary"`
	Partners []jsonPartner `json:"partners"`
	Others   []string      `json:"others"`
	Rules    *jsonRules    `json:"rules,omitempty"`
}

type jsonPartner struct {
	Partner string       `json:"partner"`
	Name    string       `json:"name"`
	Changes []jsonRecord `json:"changes"`
}

type jsonRecord struct {
	ledger.JSON
	Seats *jsonSeats `json:"seats,omitempty"`
}

type jsonSeats struct {
	Day    string `json:"day"`
	Before int    `json:"before"`
	After  int    `json:"after"`
	Cap    int    `json:"cap,omitempty"`
}

type jsonRules struct {
	Handbook []jsonValue  `json:"handbook"`
	Schemas  []jsonPart   `json:"schemas"`
	Rules    []jsonPart   `json:"rules"`
	Valid    []string     `json:"valid"`
	Invalid  []jsonBroken `json:"invalid"`
	Problem  string       `json:"problem,omitempty"`
}

type jsonValue struct {
	Path   string `json:"path"`
	From   string `json:"from,omitempty"`
	Before any    `json:"before,omitempty"`
	After  any    `json:"after,omitempty"`
	Text   string `json:"text,omitempty"`
}

type jsonPart struct {
	Name   string `json:"name"`
	Change string `json:"change"`
}

type jsonBroken struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

func writeJSON(w io.Writer, r *Review, _ Options) error {
	j := jsonReview{Version: 1, Base: string(r.Base), Head: string(r.Head), Summary: r.summary(), Partners: []jsonPartner{}, Others: append([]string{}, r.Others...), Rules: r.Rules.json()}
	for _, p := range r.Partners {
		partner := jsonPartner{Partner: p.Folder, Name: p.Name}
		for _, c := range p.Changes {
			partner.Changes = append(partner.Changes, jsonRecord{c.RecordChange.JSON(), (*jsonSeats)(c.Seats)})
		}
		j.Partners = append(j.Partners, partner)
	}
	return format.JSON(w, j)
}

func (r *RuleChanges) json() *jsonRules {
	if r == nil {
		return nil
	}
	j := &jsonRules{
		Handbook: []jsonValue{}, Schemas: []jsonPart{}, Rules: []jsonPart{},
		Valid: append([]string{}, r.Valid...), Invalid: []jsonBroken{}, Problem: r.Problem,
	}
	for _, turn := range r.Handbook {
		j.Handbook = append(j.Handbook, jsonValue{
			pointer.Of(turn.Path), turn.Since, ledger.Value(turn.Before), ledger.Value(turn.After), turn.Text,
		})
	}
	for _, p := range r.Schemas {
		j.Schemas = append(j.Schemas, jsonPart(p))
	}
	for _, p := range r.Rules {
		j.Rules = append(j.Rules, jsonPart(p))
	}
	for _, f := range r.Invalid {
		j.Invalid = append(j.Invalid, jsonBroken{f.File, f.Span.Start.Line, f.Rule, f.Message})
	}
	return j
}
