package record_test

import (
	"fmt"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

func TestLimit(t *testing.T) {
	rule := &finding.Rule{ID: "a/b", Severity: finding.Warning}
	for _, n := range []int{0, record.MaxFindings, record.MaxFindings + 1, 5 * record.MaxFindings} {
		var findings []finding.Finding
		for i := range n {
			at := source.Position{Line: n - i, Column: 1}
			findings = append(findings, finding.New(rule, finding.Place{File: path, Span: source.Span{Start: at, End: at}}, "no"))
		}
		told := record.Limit(findings, 0)
		if len(told) != min(n, record.MaxFindings+1) {
			t.Errorf("of %d findings %d are told", n, len(told))
		}
		for i, f := range told {
			if n > record.MaxFindings && f.Span.Start.Line != i+1 {
				t.Errorf("of %d findings number %d is at line %d", n, i, f.Span.Start.Line)
			}
		}
		if again := record.Limit(told, 0); len(again) != len(told) || n > record.MaxFindings && again[len(told)-1].Message != told[len(told)-1].Message {
			t.Errorf("%d findings are limited twice: %v", n, again[len(again)-1])
		}
		if n > record.MaxFindings+1 && told[record.MaxFindings].Message != fmt.Sprintf("%d more findings, from here on, are not told", n-record.MaxFindings) {
			t.Error(told[record.MaxFindings].Message)
		}
	}
}
