package page

// A gauge is how much of something is in use, drawn beside the number.
type gauge struct {
	InUse, Limit int
	Width        string // in percent of all that the gauge can show
	Mark         string // where the limit is, where the gauge can show more than that
	Class        string
}

// newGauge returns how many seats are in use of the cap, on a gauge that can show
// so many, without a bar where there is no cap.
func newGauge(inUse, limit, most int) *gauge {
	if limit <= 0 {
		return &gauge{InUse: inUse, Width: "0"}
	}
	most = max(most, inUse, limit)
	g := &gauge{InUse: inUse, Limit: limit, Width: inPercent(float64(inUse) / float64(most)), Class: "bar-running"}
	if limit < most {
		g.Mark = inPercent(float64(limit) / float64(most))
	}
	switch {
	case inUse > limit:
		g.Class = "bar-over"
	case inUse == limit:
		g.Class = "bar-full"
	}
	return g
}

// Over returns by how much there is more in use than the limit.
func (g *gauge) Over() int {
	if g.Limit == 0 {
		return 0
	}
	return max(0, g.InUse-g.Limit)
}
