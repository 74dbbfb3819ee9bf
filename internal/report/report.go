// Package report renders what a run found, one file a format. It neither sorts
// nor filters, and does not know who found it.
package report

import (
	"gitlab.com/gitlab-com/alliances/internal/finding"
)

// A Report is what a run found, sorted.
type Report struct {
	Records  int // how many were judged
	Partners int // how many partners' folders were judged
	Findings []finding.Finding
}

// Count returns how many findings have that severity.
func (r *Report) Count(severity finding.Severity) int {
	n := 0
	for i := range r.Findings {
		if r.Findings[i].Severity == severity {
			n++
		}
	}
	return n
}
