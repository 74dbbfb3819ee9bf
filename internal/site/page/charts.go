package page

import "html/template"

// A chart is a picture with its title.
type chart struct {
	Title   string
	Picture template.HTML
}

const (
	chartWidth  = 1100
	chartHeight = 340
	seatsHeight = 230
	smallWidth  = 520
	smallHeight = 220
)

// maxLines is how many lines a chart tells apart: as many as the style sheet has
// colours for.
const maxLines = 8
