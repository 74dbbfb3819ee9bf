package finding

import "slices"

// A Waiver is a decision that a finding does not count.
type Waiver struct {
	File   string // path of the record that tells of it, from the root of the tree
	Reason string
	By, On string // who decided it, and the day
	Until  string // the first day on which it no longer holds; "" where it holds for good
}

// A Waived is a finding that does not count, and the waiver that says so.
type Waived struct {
	Finding
	Waiver Waiver
}

// SortWaived brings findings that are waived into the order of all others, and
// numbers their fingerprints: each has the one that it would have if it counted,
// since a waiver is for all that a rule finds in a file.
func SortWaived(waived []Waived) {
	slices.SortFunc(waived, func(a, b Waived) int { return Compare(a.Finding, b.Finding) })
	seen := make(map[string]int, len(waived))
	for i := range waived {
		waived[i].number(seen)
	}
}
