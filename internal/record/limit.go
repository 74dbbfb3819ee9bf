package record

import (
	"fmt"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
)

// MaxFindings is how many findings of a file are told. Whoever has that many reads
// no more of them.
const MaxFindings = 100

// Limit returns the first findings of a file in their order, and one that says how
// many more there are, if there are more than MaxFindings. Some may be left out
// already: those that come last.
func Limit(findings []finding.Finding, leftOut int) []finding.Finding {
	untold := len(findings) + leftOut - MaxFindings
	if untold <= 0 || slices.ContainsFunc(findings, isRest) {
		return findings
	}
	slices.SortStableFunc(findings, finding.Compare)
	first := findings[MaxFindings].Place
	more := finding.New(limitRule, first, fmt.Sprintf("%d more findings, from here on, are not told", untold))
	if untold == 1 {
		more.Message = "1 more finding, here, is not told"
	}
	more.Help = restHelp
	return append(findings[:MaxFindings:MaxFindings], more)
}

const restHelp = "Put right what is told first; what is left is told then."

// isRest reports whether a finding says how many more there are.
func isRest(f finding.Finding) bool { return f.Rule == limitRule.ID && f.Help == restHelp }
