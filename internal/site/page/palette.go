package page

// A palette is the colours of a chart on a page of that scheme. Each colour of
// a series stands out from the page by more than three to one.
type palette struct {
	text, grid, limit string
	series            []string
}

var (
	lightPalette = palette{"#4a5160", "#d5dae3", "#b3261e", []string{
		"#1f4fa8", "#b45309", "#0f766e", "#8b3fb0", "#a8275a", "#4d6b12", "#5b6472", "#7a4a21",
	}}
	darkPalette = palette{"#b8c0cf", "#363d4b", "#ff9a8f", []string{
		"#8ab4ff", "#f0a44b", "#4fc8ba", "#cf9bf0", "#f08bb2", "#a8cc63", "#aab4c5", "#d3a27c",
	}}
)

// maxLines is how many lines a chart tells apart.
var maxLines = len(lightPalette.series)
