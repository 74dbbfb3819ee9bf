package agenda

import (
	"io"

	"gitlab.com/gitlab-com/alliances/internal/format"
	"gitlab.com/gitlab-com/alliances/internal/profile"
)

type jsonAgenda struct {
	Version int        `json:"version"`
	AsOf    string     `json:"as_of"`
	Within  int        `json:"within"`
	Lead    string     `json:"lead,omitempty"`
	Items   []jsonItem `json:"items"`
}

type jsonItem struct {
	Time     Time               `json:"time"`
	Day      string             `json:"day,omitempty"`
	Days     *int               `json:"days,omitempty"` // that the day is ahead; ago where it is below 0
	Kind     string             `json:"kind"`
	Partner  string             `json:"partner"`
	Path     string             `json:"path"`
	Text     string             `json:"text"`
	Summary  string             `json:"summary,omitempty"`
	Leads    []string           `json:"leads"`
	Handbook string             `json:"handbook,omitempty"`
	Steps    []profile.JSONStep `json:"steps"`
}

func (i *Item) json() jsonItem {
	j := jsonItem{
		Time: i.Time, Day: i.Day, Kind: i.Kind, Partner: i.Partner, Path: i.Path, Text: i.Text, Summary: i.Summary,
		Leads: append([]string{}, i.Leads...), Handbook: i.Section, Steps: []profile.JSONStep{},
	}
	if i.Day != "" {
		j.Days = &i.Days
	}
	for _, step := range i.Steps {
		j.Steps = append(j.Steps, step.JSON())
	}
	return j
}

// writeJSON writes an agenda for a program.
func writeJSON(w io.Writer, a *Agenda, _ Options) error {
	j := jsonAgenda{Version: 1, AsOf: a.AsOf, Within: a.Within, Lead: a.Lead, Items: []jsonItem{}}
	for i := range a.Items {
		j.Items = append(j.Items, a.Items[i].json())
	}
	return format.JSON(w, j)
}
