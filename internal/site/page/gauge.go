package page

import "fmt"

// A gauge is how much of something is in use, drawn beside the number.
type gauge struct {
	InUse, Limit int
	Width        string // in percent
	Class        string
}

// newGauge returns how many seats are in use of the cap, without a bar where
// there is no cap.
func newGauge(inUse, limit int) *gauge {
	if limit <= 0 {
		return &gauge{InUse: inUse, Width: "0"}
	}
	g := &gauge{inUse, limit, fmt.Sprintf("%.0f", 100*min(1, float64(inUse)/float64(limit))), "bar-running"}
	switch {
	case inUse > limit:
		g.Class = "bar-over"
	case inUse == limit:
		g.Class = "bar-full"
	}
	return g
}
