package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
)

// TestCodeQuality holds what GitLab asks for: one issue that lacks it, and all
// behind it are dropped.
func TestCodeQuality(t *testing.T) {
	report, options := nasty()
	text := written(t, "codequality", report, options)
	issues := decode[[]codeQualityIssue](t, text)
	if len(issues) != len(report.Findings) {
		t.Fatalf("%d issues of %d findings", len(issues), len(report.Findings))
	}
	fingerprints := map[string]bool{}
	for i, issue := range issues {
		f := report.Findings[i]
		severity := map[finding.Severity]string{finding.Error: "critical", finding.Warning: "minor"}[f.Severity]
		// JSON has no bytes that are no UTF-8; no path here has any.
		want := codeQualityLocation{f.File, codeQualityLines{f.Span.Start.Line, f.Span.End.Line}}
		if issue.CheckName != f.Rule || issue.Severity != severity || issue.Location != want {
			t.Errorf("%+v of %+v", issue, f)
		}
		if !strings.HasPrefix(issue.Description, messages(report)[i]) {
			t.Errorf("%q does not say %q", issue.Description, f.Message)
		}
		harmlessText(t, issue.Description)
		if issue.Fingerprint == "" || fingerprints[issue.Fingerprint] {
			t.Errorf("the fingerprint %q stands for two issues", issue.Fingerprint)
		}
		fingerprints[issue.Fingerprint] = true
	}
}

func TestDescription(t *testing.T) {
	for _, test := range []struct {
		name, message, help, want string
	}{
		{"short help", "11 seats", "Grant\n  fewer.", "11 seats – Grant fewer."},
		{"no help", "11 seats", "", "11 seats"},
		{"long help", "11 seats", strings.Repeat("é", 190), "11 seats"},
		{"just short enough", "11 seats", strings.Repeat("é", 189), "11 seats – " + strings.Repeat("é", 189)},
		{"long message", strings.Repeat("é", 300), "Short.", strings.Repeat("é", 300)},
		{"lines", "a\r\nb", "", `a\r\nb`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, description(&finding.Finding{Message: test.message, Help: test.help})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
