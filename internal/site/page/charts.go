package page

import "gitlab.com/gitlab-com/alliances/internal/site"

// A chart is what a page says of a picture that stands in two files, one for
// each colour scheme.
type chart struct {
	Light, Dark   string // the files, from the site's root
	Title, Alt    string
	Width, Height int
}

const (
	chartWidth  = 760
	chartHeight = 320
	seatsHeight = 170
)

func newChart(name, title, alt string, height int) chart {
	return chart{"charts/light/" + name + ".svg", "charts/dark/" + name + ".svg", title, alt, chartWidth, height}
}

// picture writes the files of a chart.
func (pr *printer) picture(c chart, draw func(palette) []byte) error {
	if err := pr.write(site.File{Name: c.Light, Data: draw(lightPalette)}); err != nil {
		return err
	}
	return pr.write(site.File{Name: c.Dark, Data: draw(darkPalette)})
}
