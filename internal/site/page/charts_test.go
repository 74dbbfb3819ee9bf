package page

import (
	"encoding/xml"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// contrast returns the contrast of two colours, as WCAG reckons it.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(color string) float64 {
	var rgb [3]uint8
	fmt.Sscanf(color, "#%02x%02x%02x", &rgb[0], &rgb[1], &rgb[2])
	linear := func(v uint8) float64 {
		share := float64(v) / 255
		if share <= 0.04045 {
			return share / 12.92
		}
		return math.Pow((share+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(rgb[0]) + 0.7152*linear(rgb[1]) + 0.0722*linear(rgb[2])
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

// capOf returns a cap that has always been in force, and none for 0.
func capOf(limit int) []site.Step {
	if limit == 0 {
		return nil
	}
	return []site.Step{{Seats: limit}}
}

func TestCapStairs(t *testing.T) {
	number := func(day string) float64 { n, _ := dayNumber(day); return n }
	caps := []site.Step{{Seats: 10}, {Day: "2027-01-01", Seats: 8}, {Day: "2028-01-01", Seats: 12}}
	for _, test := range []struct {
		first, last string
		days        []string
		want        []float64
	}{
		{"2026-01-01", "2026-12-31", []string{"2026-01-01", "2026-12-31"}, []float64{10, 10}},
		{"2026-12-01", "2027-02-01", []string{"2026-12-01", "2027-01-01", "2027-01-01", "2027-02-01"}, []float64{10, 10, 8, 8}},
		{"2027-01-01", "2027-02-01", []string{"2027-01-01", "2027-02-01"}, []float64{8, 8}},
		{"2028-02-01", "2028-03-01", []string{"2028-02-01", "2028-03-01"}, []float64{12, 12}},
	} {
		days, seats := capStairs(caps, number(test.first), number(test.last))
		var names []string
		for _, day := range days {
			names = append(names, dayName(day))
		}
		if diff := cmp.Diff(test.days, names) + cmp.Diff(test.want, seats); diff != "" {
			t.Errorf("%s to %s: %s", test.first, test.last, diff)
		}
	}
}

func TestSeatsChartOfOddNumbers(t *testing.T) {
	for _, seats := range []int{0, 1, 7, 1 << 30} {
		days, values := stairs([]site.Step{{Day: "2026-01-01", Seats: seats}, {Day: "2026-01-02", Seats: 0}}, "2026-01-01")
		for _, limit := range []int{0, 1, 10} {
			text := string(seatsChart("", days, values, capOf(limit), ""))
			checkXML(t, "the chart", text)
			if strings.Contains(text, "NaN") || strings.Contains(text, "Inf") || !strings.Contains(text, ">2026-01-02</text>") {
				t.Errorf("%d seats of %d: %s", seats, limit, text)
			}
		}
	}
}

// labelsOf returns the texts of a chart and where each begins and ends, by the
// height at which it stands.
func labelsOf(t *testing.T, svg template.HTML) map[string][]label {
	t.Helper()
	var picture struct {
		Texts []struct {
			X      float64 `xml:"x,attr"`
			Y      string  `xml:"y,attr"`
			Anchor string  `xml:"text-anchor,attr"`
			Text   string  `xml:",chardata"`
		} `xml:"text"`
	}
	if err := xml.Unmarshal([]byte(svg), &picture); err != nil {
		t.Fatal(err)
	}
	rows := map[string][]label{}
	for _, text := range picture.Texts {
		width := textWidth(text.Text)
		from := text.X - map[string]float64{"start": 0, "middle": width / 2, "end": width}[text.Anchor]
		rows[text.Y] = append(rows[text.Y], label{text.Text, from, from + width})
	}
	return rows
}

// upTo returns the numbers from 1.
func upTo(last int) (all []int) {
	for n := range last {
		all = append(all, n+1)
	}
	return all
}

type label struct {
	text     string
	from, to float64
}

// TestChartLabels makes sure that no label of a chart overlaps another one or the
// edge, and that numbers are whole.
func TestChartLabels(t *testing.T) {
	some := func(n int64) *int64 { return &n }
	for _, months := range append(upTo(130), 500) {
		for _, highest := range []int64{0, 1, 3, 12345678} {
			var names []string
			var values []*int64
			for i := range months {
				names, values = append(names, monthName(12*1990+i)), append(values, some(highest))
			}
			var lines []plot
			for i := range maxLines {
				lines = append(lines, plot{strings.Repeat("A long name ", i), values})
			}
			days, seats := stairs([]site.Step{{Day: "2020-01-15", Seats: int(highest)}, {Day: names[0] + "-20", Seats: 0}}, "2026-06-15")
			for _, svg := range []template.HTML{monthsChart("", names, lines), seatsChart("", days, seats, capOf(10), "2026-06-15")} {
				checkLabels(t, labelsOf(t, svg), chartWidth)
			}
			checkLabels(t, labelsOf(t, newCanvas(smallWidth, smallHeight, "").months(names, lines[:1])), smallWidth)
		}
	}
}

func checkLabels(t *testing.T, rows map[string][]label, width float64) {
	t.Helper()
	for _, row := range rows {
		slices.SortFunc(row, func(a, b label) int { return int(a.from - b.from) })
		for i, l := range row {
			if l.from < 0 || l.to > width || i > 0 && l.from < row[i-1].to {
				t.Errorf("%q is from %.0f to %.0f", l.text, l.from, l.to)
			}
			if strings.Contains(l.text, ".") {
				t.Errorf("%s is no whole number", l.text)
			}
		}
	}
}

// TestMonthsLeftFree makes sure that a line has a gap where a month is missing
// or its number is.
func TestMonthsLeftFree(t *testing.T) {
	n := int64(5)
	tests := []struct {
		months []string
		values []*int64
		runs   int
	}{
		{[]string{"2025-11", "2025-12", "2026-01", "2026-02"}, []*int64{&n, &n, &n, &n}, 1},
		{[]string{"2025-11", "2025-12", "2026-02", "2026-03"}, []*int64{&n, &n, &n, &n}, 2},
		{[]string{"2025-10", "2025-11", "2025-12", "2026-01", "2026-02"}, []*int64{&n, &n, nil, &n, &n}, 2},
		{[]string{"2025-11", "2025-12", "2026-01"}, []*int64{&n, nil, &n}, 0},
	}
	for _, test := range tests {
		text := string(monthsChart("", test.months, []plot{{"One", test.values}}))
		if got := strings.Count(text, `<path class="line s0"`); got != test.runs {
			t.Errorf("%v: %d lines, want %d", test.months, got, test.runs)
		}
	}
}

// TestLegend makes sure that a legend has each line's own colour and mark.
func TestLegend(t *testing.T) {
	var lines []plot
	for i := range maxLines {
		lines = append(lines, plot{"<" + monthName(i) + ">", []*int64{nil}})
	}
	text := string(monthsChart("", []string{"2026-01"}, lines))
	for i := range maxLines {
		mark, line := fmt.Sprintf(`class="mark s%d"`, i), fmt.Sprintf(`class="line s%d"`, i)
		if strings.Count(text, mark) != 1 || strings.Count(text, line) != 1 || !strings.Contains(text, "&lt;"+monthName(i)+"&gt;") {
			t.Errorf("the legend has no mark for line %d", i)
		}
	}
}

// TestSeatsLegend makes sure that the legend of a chart of seats has the lines
// that the chart has, and no others.
func TestSeatsLegend(t *testing.T) {
	days, seats := stairs([]site.Step{{Day: "2026-01-01", Seats: 1}, {Day: "2026-03-01", Seats: 0}}, "2026-02-01")
	for _, test := range []struct {
		limit int
		today string
		want  map[string]int
	}{
		{10, "2026-02-01", map[string]int{"line s0": 2, "limit": 2, "today": 2}},
		{0, "2027-02-01", map[string]int{"line s0": 2, "limit": 0, "today": 0}},
	} {
		text := string(seatsChart("", days, seats, capOf(test.limit), test.today))
		for class, want := range test.want {
			if got := strings.Count(text, `class="`+class+`"`); got != want {
				t.Errorf("limit %d on %s: %d lines %s, want %d", test.limit, test.today, got, class, want)
			}
		}
	}
}
