package report

import (
	"bufio"
	"unicode/utf8"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// GitLab reads a Code Quality report up to the first issue that it does not
// like, and says nothing; it keeps one issue for each fingerprint, and shows
// of it the description, the severity and the place. The members type and
// categories are for other readers of Code Climate's format.
type codeQualityIssue struct {
	Type        string              `json:"type"`
	CheckName   string              `json:"check_name"`
	Description string              `json:"description"`
	Categories  []string            `json:"categories"`
	Severity    string              `json:"severity"`
	Fingerprint string              `json:"fingerprint"`
	Location    codeQualityLocation `json:"location"`
}

type codeQualityLocation struct {
	Path  string           `json:"path"` // as it is, not made visible: GitLab links it
	Lines codeQualityLines `json:"lines"`
}

type codeQualityLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// writeCodeQuality writes a report for GitLab's Code Quality.
func writeCodeQuality(out *bufio.Writer, r *Report, _ *Options) error {
	stream := newJSONStream(out, "")
	stream.array()
	for i := range r.Findings {
		stream.element(toCodeQuality(&r.Findings[i]))
	}
	return stream.end()
}

func toCodeQuality(f *finding.Finding) codeQualityIssue {
	severity := "minor"
	if f.Severity == finding.Error {
		severity = "critical"
	}
	return codeQualityIssue{
		Type: "issue", CheckName: f.Rule, Description: description(f), Categories: []string{"Bug Risk"},
		Severity: severity, Fingerprint: f.Fingerprint,
		Location: codeQualityLocation{f.File, codeQualityLines{f.Span.Start.Line, f.Span.End.Line}},
	}
}

// maxDescription is how many characters a description may have with the help
// in it: the widget shows each in full, one below the other.
const maxDescription = 200

// description says in one line what is wrong and, where that stays short, how
// to put it right.
func description(f *finding.Finding) string {
	message := source.Visible(f.Message)
	if f.Help == "" {
		return message
	}
	if whole := message + " – " + source.Inline(f.Help); utf8.RuneCountInString(whole) <= maxDescription {
		return whole
	}
	return message
}
