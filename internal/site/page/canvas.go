package page

import (
	"bytes"
	"html"
	"strconv"
)

// A canvas is a picture in the making: paths, circles and texts of SVG, in the
// colours of a palette. What it leaves free shows the page.
type canvas struct {
	palette
	out           bytes.Buffer
	width, height float64
}

const fontSize = 12 // pixels

func newCanvas(width, height int, p palette) *canvas {
	c := &canvas{palette: p, width: float64(width), height: float64(height)}
	w, h := strconv.Itoa(width), strconv.Itoa(height)
	c.put(`<svg xmlns="http://www.w3.org/2000/svg" width="`, w, `" height="`, h, `" viewBox="0 0 `, w, ` `, h,
		`" font-family="system-ui,sans-serif" font-size="`, strconv.Itoa(fontSize), `" fill="`, p.text, `">`)
	return c
}

// bytes ends the picture and returns its file.
func (c *canvas) bytes() []byte {
	c.put("</svg>\n")
	return c.out.Bytes()
}

func (c *canvas) put(texts ...string) {
	for _, text := range texts {
		c.out.WriteString(text)
	}
}

// A stroke is how a line is drawn.
type stroke struct {
	color  string
	width  float64
	dashes string // lengths of a dash and of a gap; "" for a line without gaps
}

// A point is a place on a canvas, in pixels from the upper left corner.
type point struct{ x, y float64 }

// line draws a line from point to point.
func (c *canvas) line(s stroke, points ...point) {
	c.put(`<path fill="none" stroke="`, s.color, `" stroke-width="`, pixels(s.width), `"`)
	if s.dashes != "" {
		c.put(` stroke-dasharray="`, s.dashes, `"`)
	}
	c.put(` d="`)
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
	color := c.series[n]
	shapes := [][]point{
		nil, // a circle
		{{0, -r - 1}, {r + 1, 0}, {0, r + 1}, {-r - 1, 0}},
		{{-r, -r}, {r, -r}, {r, r}, {-r, r}},
		{{0, -r - 1}, {r + 1, r}, {-r - 1, r}},
	}
	shape := shapes[n%len(shapes)]
	if shape == nil {
		c.put(`<circle fill="`, color, `" cx="`, pixels(at.x), `" cy="`, pixels(at.y), `" r="`, pixels(r), `"/>`)
		return
	}
	for i := range shape {
		shape[i] = point{at.x + shape[i].x, at.y + shape[i].y}
	}
	c.put(`<path fill="`, color, `" d="`)
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
