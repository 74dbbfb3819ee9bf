package page

import (
	"bytes"
	"html"
	"html/template"
	"strconv"
)

// A canvas is a picture in the making: paths, circles and texts of SVG, as a part
// of a page. Its style sheet gives each its colour by its class, as readers
// prefer theirs. What it leaves free shows the page.
type canvas struct {
	out           bytes.Buffer
	width, height float64
}

const fontSize = 13 // pixels, as in the style sheet

// newCanvas begins a picture; alt says what it shows to who does not see it.
func newCanvas(width, height int, alt string) *canvas {
	c := &canvas{width: float64(width), height: float64(height)}
	w, h := strconv.Itoa(width), strconv.Itoa(height)
	c.put(`<svg class="chart" role="img" aria-label="`, html.EscapeString(oneLine(alt)), `" viewBox="0 0 `, w, ` `, h, `" width="`, w, `" height="`, h, `">`)
	return c
}

// picture ends the picture and returns it.
func (c *canvas) picture() template.HTML {
	c.put("</svg>")
	return template.HTML(c.out.String())
}

func (c *canvas) put(texts ...string) {
	for _, text := range texts {
		c.out.WriteString(text)
	}
}

// Classes of what is drawn.
const (
	gridLine  = "grid"
	limitLine = "limit"
	todayLine = "today"
	plotLine  = "line"
	plotMark  = "mark"
)

// ofSeries returns the class of a part of the n-th line of a chart.
func ofSeries(class string, n int) string { return class + " s" + strconv.Itoa(n) }

// A point is a place on a canvas, in pixels from the upper left corner.
type point struct{ x, y float64 }

// line draws a line from point to point.
func (c *canvas) line(class string, points ...point) {
	c.put(`<path class="`, class, `" d="`)
	c.outline(points)
	c.put(`"/>`)
}

func (c *canvas) outline(points []point) {
	for i, p := range points {
		command := "L"
		if i == 0 {
			command = "M"
		}
		c.put(command, pixels(p.x), " ", pixels(p.y))
	}
}

// mark draws the mark of the n-th line of a chart.
func (c *canvas) mark(n int, at point) {
	const r = 3.5
	class := ofSeries(plotMark, n)
	shapes := [][]point{
		nil, // a circle
		{{0, -r - 1}, {r + 1, 0}, {0, r + 1}, {-r - 1, 0}},
		{{-r, -r}, {r, -r}, {r, r}, {-r, r}},
		{{0, -r - 1}, {r + 1, r}, {-r - 1, r}},
	}
	shape := shapes[n%len(shapes)]
	if shape == nil {
		c.put(`<circle class="`, class, `" cx="`, pixels(at.x), `" cy="`, pixels(at.y), `" r="`, pixels(r), `"/>`)
		return
	}
	for i := range shape {
		shape[i] = point{at.x + shape[i].x, at.y + shape[i].y}
	}
	c.put(`<path class="`, class, `" d="`)
	c.outline(shape)
	c.put(`Z"/>`)
}

// text writes a text that starts, has its middle or ends at a point.
func (c *canvas) text(anchor string, at point, text string) {
	c.put(`<text x="`, pixels(at.x), `" y="`, pixels(at.y), `" text-anchor="`, anchor, `">`, html.EscapeString(text), `</text>`)
}

// textWidth returns at least how wide a text is in the fonts that readers have.
func textWidth(text string) float64 {
	const narrow, wide = 0.62, 1.05 // of the font's size
	width := 0.0
	for _, r := range text {
		if r < 0x1100 {
			width += narrow
		} else {
			width += wide
		}
	}
	return width * fontSize
}

// pixels writes a length.
func pixels(length float64) string {
	text := strconv.FormatFloat(length, 'f', 1, 64)
	if n := len(text); text[n-2:] == ".0" {
		return text[:n-2]
	}
	return text
}
