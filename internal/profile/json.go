package profile

import (
	"io"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/format"
)

type jsonProfile struct {
	Version  int           `json:"version"`
	Path     string        `json:"path"`
	Kind     string        `json:"kind"`
	Partner  string        `json:"partner"`
	AsOf     string        `json:"as_of"`
	Record   any           `json:"record"`
	State    jsonState     `json:"state"`
	Seats    *jsonSeats    `json:"seats,omitempty"`
	Holds    []jsonHeld    `json:"holds,omitempty"`
	Findings []jsonFinding `json:"findings"`
	Waived   []jsonWaived  `json:"waived"`
	Partial  bool          `json:"partial,omitempty"`
	Section  string        `json:"handbook,omitempty"`
	Steps    []JSONStep    `json:"next"`
}

type jsonState struct {
	Stage    string `json:"stage,omitempty"`
	Detail   string `json:"detail,omitempty"`
	WaitsFor string `json:"waits_for,omitempty"`
	DaysLeft *int   `json:"days_left,omitempty"`
}

type jsonSeats struct {
	InUse int `json:"in_use"`
	Cap   int `json:"cap,omitempty"`
}

type jsonHeld struct {
	Title string `json:"title"`
	Count int    `json:"count"`
}

type jsonFinding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Line     int    `json:"line"`
	Path     string `json:"path"`
	Expected any    `json:"expected,omitempty"`
	Help     string `json:"help,omitempty"`
	Handbook string `json:"handbook,omitempty"`
}

type jsonWaived struct {
	jsonFinding
	File       string `json:"file"`
	Waiver     string `json:"waiver"`
	Reason     string `json:"reason"`
	ApprovedBy string `json:"approved_by"`
	ApprovedOn string `json:"approved_on"`
	ExpiresAt  string `json:"expires_at,omitempty"`
}

// A JSONStep is a step for a program.
type JSONStep struct {
	Text  string            `json:"text"`
	Enter map[string]string `json:"enter,omitempty"`
	Link  string            `json:"link,omitempty"`
}

// JSON returns the step for a program.
func (s Step) JSON() JSONStep {
	enter := map[string]string{}
	for _, input := range s.Enter {
		enter[input.Name] = input.Value
	}
	return JSONStep{s.Text, enter, s.Link}
}

// writeJSON writes a profile for a program.
func writeJSON(w io.Writer, p *Profile, _ Options) error {
	j := jsonProfile{
		Version: 1, Path: p.Path, Kind: p.Kind, Partner: p.Partner, AsOf: p.AsOf, Record: p.Record.JSON(),
		State: jsonState(p.State), Seats: (*jsonSeats)(p.Seats), Findings: []jsonFinding{}, Waived: []jsonWaived{}, Partial: p.Partial,
		Section: p.Section, Steps: []JSONStep{},
	}
	for _, held := range p.Holds {
		j.Holds = append(j.Holds, jsonHeld(held))
	}
	for i := range p.Findings {
		j.Findings = append(j.Findings, toJSON(&p.Findings[i]))
	}
	for i := range p.Waived {
		f, w := &p.Waived[i].Finding, &p.Waived[i].Waiver
		j.Waived = append(j.Waived, jsonWaived{toJSON(f), f.File, w.File, w.Reason, w.By, w.On, w.Until})
	}
	for _, step := range p.Steps {
		j.Steps = append(j.Steps, step.JSON())
	}
	return format.JSON(w, j)
}

func toJSON(f *finding.Finding) jsonFinding {
	return jsonFinding{
		f.Rule, string(f.Severity), f.Message, f.Span.Start.Line, f.Pointer(), f.Expected.JSON(), f.Help, f.Handbook,
	}
}
