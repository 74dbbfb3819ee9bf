package report

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

var (
	workflowCommand = regexp.MustCompile(`^::(error|warning) ([^:]*)::(.*)$`)
	unescape        = strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
)

// TestGitHub reads the commands as GitHub does.
func TestGitHub(t *testing.T) {
	report, options := nasty()
	text := written(t, "github", report, options)
	harmlessText(t, text)
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) != len(report.Findings) {
		t.Fatalf("%d lines for %d findings", len(lines), len(report.Findings))
	}
	for i, line := range lines {
		f := report.Findings[i]
		parts := workflowCommand.FindStringSubmatch(line)
		if parts == nil {
			t.Errorf("%q is no command", line)
			continue
		}
		properties := map[string]string{}
		for _, property := range strings.Split(parts[2], ",") {
			name, value, _ := strings.Cut(property, "=")
			properties[name] = unescape.Replace(value)
		}
		got := []string{parts[1], visibleLines(properties["file"]), properties["title"], strings.Split(unescape.Replace(parts[3]), "\n")[0]}
		want := []string{string(f.Severity), visibleLines(f.File), f.Rule, messages(report)[i]}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if _, ok := properties["col"]; ok != (f.Span.Start.Line == f.Span.End.Line) {
			t.Errorf("columns of %v: %s", f.Span, line)
		}
	}
}

// visibleLines makes visible all but the ends of lines.
func visibleLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = source.Visible(line)
	}
	return strings.Join(lines, "\n")
}
