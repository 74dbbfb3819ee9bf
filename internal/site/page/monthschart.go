package page

// A plot is a row of numbers in a chart; nil stands for one that is not known.
type plot struct {
	name   string
	values []*int64
}

// monthsChart draws lines over months, such as 2026-03, in the order of time. A
// month that is not there, or of which a line knows no number, is left free.
func monthsChart(months []string, lines []plot, p palette) []byte {
	c := newCanvas(chartWidth, chartHeight, p)
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
	return c.bytes()
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
			c.line(stroke{color: c.series[n], width: 2}, run...)
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
	const row, sample, most = 18.0, 22.0, 40
	if len(lines) == 1 {
		return 2 * gap
	}
	at := point{gap, row}
	for i, l := range lines {
		name := cutAt(l.name, most)
		width := sample + gap + textWidth(name) + 2*gap
		if at.x > gap && at.x+width > c.width {
			at = point{gap, at.y + row}
		}
		y := at.y - fontSize/3
		c.line(stroke{color: c.series[i], width: 2}, point{at.x, y}, point{at.x + sample, y})
		c.mark(i, point{at.x + sample/2, y})
		c.text("start", point{at.x + sample + gap, at.y}, name)
		at.x += width
	}
	return at.y + 2*gap
}

// cutAt returns a text of at most so many characters.
func cutAt(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}
