package report

import (
	"bufio"

	"gitlab.com/gitlab-com/alliances/internal/finding"
)

// jsonVersion changes when a field of the JSON report changes its meaning or
// goes away; new fields do not change it.
const jsonVersion = 1

// jsonHead is what stands in front of the findings.
type jsonHead struct {
	Version int         `json:"version"`
	Shard   *jsonPart   `json:"shard,omitempty"`
	Summary jsonSummary `json:"summary"`
}

type jsonSummary struct {
	Records  int `json:"records"`
	Partners int `json:"partners"`
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Waived   int `json:"waived"`
}

type jsonFinding struct {
	Rule     string           `json:"rule"`
	Severity finding.Severity `json:"severity"`
	Message  string           `json:"message"`
	Detail   string           `json:"detail,omitempty"`
	jsonPlace
	Expected    any           `json:"expected,omitempty"`
	Help        string        `json:"help,omitempty"`
	Handbook    string        `json:"handbook,omitempty"`
	Related     []jsonRelated `json:"related,omitempty"`
	Fingerprint string        `json:"fingerprint"`
	jsonMore
}

// jsonWaived is a finding that does not count, and what of the waiver says why.
type jsonWaived struct {
	jsonFinding
	Waiver     string `json:"waiver"` // its path
	Reason     string `json:"reason"`
	ApprovedBy string `json:"approved_by"`
	ApprovedOn string `json:"approved_on"`
	ExpiresAt  string `json:"expires_at,omitempty"`
}

// jsonPlace is where something is.
type jsonPlace struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
	Path      string `json:"path"`
}

// jsonRelated is where else to look.
type jsonRelated struct {
	jsonPlace
	Message string `json:"message"`
}

// writeJSON writes the report for other programs. Lines and columns count from
// 1, columns in characters (code points); the end is the first one behind.
func writeJSON(out *bufio.Writer, r *Report, o *Options) error {
	head := jsonHead{jsonVersion, toJSONPart(r, o), jsonSummary{
		Records: r.Records, Partners: r.Partners,
		Errors: r.Count(finding.Error), Warnings: r.Count(finding.Warning), Waived: len(r.Waived),
	}}
	stream := newJSONStream(out, "  ")
	stream.object(head, "findings")
	more := func(*finding.Finding) jsonMore { return jsonMore{} }
	if r.Part != nil {
		more = (&teller{o, map[string]bool{}}).more
	}
	for i := range r.Findings {
		element := toJSON(&r.Findings[i])
		element.jsonMore = more(&r.Findings[i])
		stream.element(element)
	}
	stream.member("waived")
	for i := range r.Waived {
		element := toJSONWaived(&r.Waived[i])
		element.jsonMore = more(&r.Waived[i].Finding)
		stream.element(element)
	}
	return stream.end()
}

func toJSON(f *finding.Finding) jsonFinding {
	return jsonFinding{
		Rule: f.Rule, Severity: f.Severity, Message: f.Message, Detail: f.Detail,
		jsonPlace: toJSONPlace(&f.Place), Expected: f.Expected.JSON(), Help: f.Help, Handbook: f.Handbook,
		Related: toJSONRelated(f.Related), Fingerprint: f.Fingerprint,
	}
}

func toJSONWaived(w *finding.Waived) jsonWaived {
	return jsonWaived{toJSON(&w.Finding), w.Waiver.File, w.Waiver.Reason, w.Waiver.By, w.Waiver.On, w.Waiver.Until}
}

func toJSONRelated(related []finding.Related) []jsonRelated {
	var places []jsonRelated
	for _, r := range related {
		places = append(places, jsonRelated{toJSONPlace(&r.Place), r.Message})
	}
	return places
}

func toJSONPlace(p *finding.Place) jsonPlace {
	return jsonPlace{p.File, p.Span.Start.Line, p.Span.Start.Column, p.Span.End.Line, p.Span.End.Column, p.Pointer()}
}
