package page

import (
	"html/template"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A plot is a row of numbers in a chart; nil stands for one that is not known.
type plot struct {
	name   string
	values []*int64
}

// monthsChart draws lines over months, such as 2026-03, in the order of time. A
// month that is not there, or of which a line knows no number, is left free.
func monthsChart(alt string, months []string, lines []plot) template.HTML {
	return newCanvas(chartWidth, chartHeight, alt).months(months, lines)
}

// months draws on a canvas what monthsChart says.
func (c *canvas) months(months []string, lines []plot) template.HTML {
	f := c.frame(c.legend(lines), highestOf(lines))
	f.left += sideRoom // so that the first label is as free as the last one
	across := make([]float64, len(months))
	for i, name := range months {
		across[i] = float64(monthNumber(name))
	}
	f.first, f.last = across[0], across[len(across)-1]
	c.scale(f, monthMarks(f))
	for i, l := range lines {
		c.plot(f, i, across, l.values)
	}
	return c.picture()
}

func highestOf(lines []plot) int64 {
	highest := int64(1)
	for _, l := range lines {
		for _, v := range l.values {
			if v != nil {
				highest = max(highest, *v)
			}
		}
	}
	return highest
}

// monthMarks returns months to label, the last one among them.
func monthMarks(f *frame) (marks []scaleMark) {
	first, last := int(f.first), int(f.last)
	step := monthStep(last-first+1, f.right-f.left)
	for month := last; month >= first; month -= step {
		marks = append(marks, scaleMark{float64(month), monthName(month)})
	}
	return marks
}

// plot draws the n-th line: a mark for each number, and lines between those of
// months that follow one another.
func (c *canvas) plot(f *frame, n int, across []float64, values []*int64) {
	var run []point
	draw := func() {
		if len(run) > 1 {
			c.line(ofSeries(plotLine, n), run...)
		}
		for _, at := range run {
			c.mark(n, at)
		}
		run = nil
	}
	for i, v := range values {
		if v == nil || i > 0 && across[i] != across[i-1]+1 {
			draw()
		}
		if v != nil {
			run = append(run, f.at(across[i], float64(*v)))
		}
	}
	draw()
}

// legend names the lines, each with its mark, where there are several, and
// returns where it ends.
func (c *canvas) legend(lines []plot) float64 {
	if len(lines) == 1 {
		return 2 * gap
	}
	at := legendStart
	for i, l := range lines {
		at = c.legendEntry(at, ofSeries(plotLine, i), l.name, func(at point) { c.mark(i, at) })
	}
	return at.y + 2*gap
}

// Measures of a legend.
const (
	legendRow    = 18.0
	legendSample = 26.0
	legendName   = 40 // characters
)

var legendStart = point{gap, legendRow}

// legendEntry draws a piece of a line, as the chart has it, and its name, and
// returns where the next entry begins.
func (c *canvas) legendEntry(at point, class, name string, mark func(at point)) point {
	name = source.Shorten(name, legendName)
	width := legendSample + gap + textWidth(name) + 2*gap
	if at.x > gap && at.x+width > c.width {
		at = point{gap, at.y + legendRow}
	}
	y := at.y - fontSize/3
	c.line(class, point{at.x, y}, point{at.x + legendSample, y})
	mark(point{at.x + legendSample/2, y})
	c.text("start", point{at.x + legendSample + gap, at.y}, name)
	return point{at.x + width, at.y}
}
