package page

import (
	"math"
	"testing"

	"github.com/go-analyze/charts/chartdraw/drawing"
	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// contrast returns the contrast of two colours, as WCAG reckons it.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(color string) float64 {
	c := drawing.ParseColor(color)
	linear := func(v uint8) float64 {
		share := float64(v) / 255
		if share <= 0.04045 {
			return share / 12.92
		}
		return math.Pow((share+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func TestStairs(t *testing.T) {
	days, seats := stairs([]site.Step{{Day: "1970-01-02", Seats: 5}, {Day: "no day", Seats: 9}, {Day: "1970-01-05", Seats: 3}}, "1970-01-08")
	if diff := cmp.Diff([]float64{1, 4, 4, 7}, days); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]float64{5, 5, 3, 3}, seats); diff != "" {
		t.Error(diff)
	}
	if days, _ := stairs(nil, "2026-01-01"); days != nil {
		t.Errorf("nothing has the days %v", days)
	}
}

func TestSeatsChartOfOddNumbers(t *testing.T) {
	for _, seats := range []int{0, 1, 7, 1 << 30} {
		days, values := stairs([]site.Step{{Day: "2026-01-01", Seats: seats}, {Day: "2026-01-02", Seats: 0}}, "2026-01-01")
		for _, limit := range []int{0, 1, 10} {
			if _, err := seatsChart(days, values, limit, ""); err != nil {
				t.Errorf("%d seats of %d: %v", seats, limit, err)
			}
		}
	}
}
