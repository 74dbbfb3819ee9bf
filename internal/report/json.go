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
	Summary jsonSummary `json:"summary"`
}

type jsonSummary struct {
	Records  int `json:"records"`
	Partners int `json:"partners"`
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
}

type jsonFinding struct {
	Rule        string           `json:"rule"`
	Severity    finding.Severity `json:"severity"`
	Message     string           `json:"message"`
	File        string           `json:"file"`
	Line        int              `json:"line"`
	Column      int              `json:"column"`
	EndLine     int              `json:"end_line"`
	EndColumn   int              `json:"end_column"`
	Path        string           `json:"path"`
	Expected    any              `json:"expected,omitempty"`
	Help        string           `json:"help,omitempty"`
	Handbook    string           `json:"handbook,omitempty"`
	Fingerprint string           `json:"fingerprint"`
}

// writeJSON writes the report for other programs. Lines and columns count from
// 1, columns in characters (code points); the end is the first one behind.
func writeJSON(out *bufio.Writer, r *Report, _ *Options) error {
	head := jsonHead{jsonVersion, jsonSummary{
		Records: r.Records, Partners: r.Partners,
		Errors: r.Count(finding.Error), Warnings: r.Count(finding.Warning),
	}}
	stream := newJSONStream(out, "  ")
	stream.object(head, "findings")
	for i := range r.Findings {
		stream.element(toJSON(&r.Findings[i]))
	}
	return stream.end()
}

func toJSON(f *finding.Finding) jsonFinding {
	return jsonFinding{
		Rule: f.Rule, Severity: f.Severity, Message: f.Message, File: f.File,
		Line: f.Span.Start.Line, Column: f.Span.Start.Column,
		EndLine: f.Span.End.Line, EndColumn: f.Span.End.Column,
		Path: f.Pointer(), Expected: f.Expected.JSON(), Help: f.Help, Handbook: f.Handbook,
		Fingerprint: f.Fingerprint,
	}
}
