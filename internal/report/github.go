package report

import (
	"bufio"
	"fmt"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// writeGitHub writes a workflow command for each finding, from which GitHub
// Actions makes an annotation. A clean run has none.
func writeGitHub(out *bufio.Writer, r *Report, _ *Options) error {
	for i := range r.Findings {
		f := &r.Findings[i]
		message := append([]string{source.Visible(f.Message)}, advice(f)...)
		fmt.Fprintf(out, "::%s %s::%s\n", f.Severity, gitHubProperties(f), gitHubData.Replace(strings.Join(message, "\n")))
	}
	return nil
}

// gitHubProperties says where a finding is. GitHub takes columns only within
// one line.
func gitHubProperties(f *finding.Finding) string {
	start, end := f.Span.Start, f.Span.End
	properties := fmt.Sprintf("file=%s,line=%d,endLine=%d", gitHubProperty(f.File), start.Line, end.Line)
	if start.Line == end.Line {
		properties += fmt.Sprintf(",col=%d,endColumn=%d", start.Column, end.Column)
	}
	return properties + ",title=" + gitHubProperty(f.Rule)
}

// gitHubProperty escapes first what the format can carry, line breaks among
// it, and then makes visible what is left and could act on the log.
func gitHubProperty(value string) string { return source.Visible(gitHubEscapes.Replace(value)) }

// The escapes of workflow commands: in a message, and in a property.
var (
	gitHubData    = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	gitHubEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
