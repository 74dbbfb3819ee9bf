package page

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/go-analyze/charts"
	"github.com/go-analyze/charts/chartdraw"
	"github.com/go-analyze/charts/chartdraw/drawing"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

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

// files returns the chart's two files. It is drawn once: the dark one differs
// in nothing but its colours.
func (c chart) files(draw func() ([]byte, error)) ([]site.File, error) {
	drawn, err := draw()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Light, err)
	}
	return []site.File{
		{Name: c.Light, Data: []byte(toLight.Replace(string(drawn)))}, {Name: c.Dark, Data: []byte(toDark.Replace(string(drawn)))},
	}, nil
}

// picture writes the files of a chart.
func (pr *printer) picture(c chart, draw func() ([]byte, error)) error {
	files, err := c.files(draw)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := pr.write(f); err != nil {
			return err
		}
	}
	return nil
}

// The library measures with a font of its own that readers do not have: their
// system chooses one.
var (
	toLight = strings.NewReplacer(drawnFont, readersFont)
	toDark  = strings.NewReplacer(append(darkened(), drawnFont, readersFont)...)
)

const (
	drawnFont   = "'Roboto Medium',sans-serif"
	readersFont = "system-ui,sans-serif"
)

// darkened returns each light colour, as it is written in a file, and then the
// dark one.
func darkened() []string {
	pairs := []string{
		lightPalette.text, darkPalette.text, lightPalette.grid, darkPalette.grid, lightPalette.limit, darkPalette.limit,
	}
	for i, c := range lightPalette.series {
		pairs = append(pairs, c, darkPalette.series[i])
	}
	for i := range pairs {
		pairs[i] = drawing.ParseColor(pairs[i]).String()
	}
	return pairs
}

// A plot is a row of numbers in a chart; nil stands for one that is not known.
type plot struct {
	name   string
	values []*int64
}

// lineChart draws lines over labels that are spread evenly, such as months.
func lineChart(labels []string, lines []plot) ([]byte, error) {
	option := charts.NewLineChartOptionWithData(chartValues(lines))
	option.Theme = chartTheme()
	option.Padding = charts.NewBoxEqual(8)
	option.XAxis.Labels = labels
	option.XAxis.LabelFontStyle.FontSize = 9
	option.XAxis.LabelCount = min(len(labels), 8)
	option.Legend = charts.LegendOption{SeriesNames: lineNames(lines), Offset: charts.OffsetLeft}
	option.Legend.FontStyle.FontSize = 10
	if len(lines) == 1 {
		option.Legend.Show = charts.Ptr(false)
	}
	option.YAxis[0] = charts.YAxisOption{Min: charts.Ptr(0.0), ValueFormatter: axisNumber}
	option.YAxis[0].LabelFontStyle.FontSize = 9
	shapes := []charts.SymbolShape{charts.SymbolCircle, charts.SymbolDiamond, charts.SymbolDot}
	for i := range option.SeriesList {
		option.SeriesList[i].Symbol = charts.Symbol{Shape: shapes[i%len(shapes)]}
	}
	painter := charts.NewPainter(charts.PainterOptions{
		OutputFormat: charts.ChartOutputSVG, Width: chartWidth, Height: chartHeight,
	})
	if err := painter.LineChart(option); err != nil {
		return nil, err
	}
	return painter.Bytes()
}

func chartTheme() charts.ColorPalette {
	series := make([]charts.Color, len(lightPalette.series))
	for i, c := range lightPalette.series {
		series[i] = drawing.ParseColor(c)
	}
	text, grid := drawing.ParseColor(lightPalette.text), drawing.ParseColor(lightPalette.grid)
	return charts.GetTheme(charts.ThemeLight).WithSeriesColors(series).WithTextColor(text).
		WithXAxisColor(grid).WithYAxisColor(grid).WithXAxisTextColor(text).WithYAxisTextColor(text).
		WithAxisSplitLineColor(grid).WithBackgroundColor(charts.ColorTransparent)
}

func chartValues(lines []plot) [][]float64 {
	values := make([][]float64, len(lines))
	for i, l := range lines {
		for _, v := range l.values {
			if v == nil {
				values[i] = append(values[i], charts.GetNullValue())
			} else {
				values[i] = append(values[i], float64(*v))
			}
		}
	}
	return values
}

func lineNames(lines []plot) []string {
	names := make([]string, len(lines))
	for i := range lines {
		names[i] = lines[i].name + slack
	}
	return names
}

// slack makes room in the legend for fonts that are wider than the one that the
// library measures with.
const slack = "\u00a0\u00a0"

func axisNumber(v float64) string {
	if v != float64(int64(v)) {
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return humanize.Comma(int64(v))
}

// seatsChart draws how many seats ran from day to day, in steps, against the
// cap, and where the day of the site is. The days are those of stairs.
func seatsChart(days, seats []float64, limit int, today string) ([]byte, error) {
	first, last := days[0], days[len(days)-1]
	top := float64(max(limit, 1))
	for _, n := range seats {
		top = max(top, n)
	}
	across := []float64{first, last}
	lines := []chartdraw.Series{
		chartdraw.ContinuousSeries{XValues: days, YValues: seats, Style: stroke(lightPalette.series[0], 2.5)},
	}
	if limit > 0 {
		cap := []float64{float64(limit), float64(limit)}
		lines = append(lines, chartdraw.ContinuousSeries{XValues: across, YValues: cap, Style: stroke(lightPalette.limit, 1.5, 6, 4)})
	}
	if day, ok := dayNumber(today); ok && first <= day && day <= last {
		now := chartdraw.ContinuousSeries{XValues: []float64{day, day}, YValues: []float64{0, top}, Style: stroke(lightPalette.text, 1, 2, 3)}
		lines = append(lines, now)
	}
	return stepChart(lines, dayTicks(first, last), top)
}

func stepChart(lines []chartdraw.Series, days []chartdraw.Tick, top float64) ([]byte, error) {
	clear := chartdraw.Style{FillColor: drawing.ColorTransparent, Padding: chartdraw.NewBox(8, 8, 24, 8)}
	axis := stroke(lightPalette.grid, 1)
	axis.FontStyle = chartdraw.FontStyle{FontColor: drawing.ParseColor(lightPalette.text), FontSize: 9}
	hidden := chartdraw.Style{Hidden: true}
	drawn := chartdraw.Chart{
		Width: chartWidth, Height: seatsHeight, Background: clear, Canvas: clear,
		XAxis: chartdraw.XAxis{Style: axis, Ticks: days, GridMajorStyle: hidden, GridMinorStyle: hidden},
		YAxis: chartdraw.YAxis{
			AxisType: chartdraw.YAxisSecondary, // which is drawn on the left
			Style:    axis, Ticks: seatTicks(top), GridMajorStyle: hidden, GridMinorStyle: hidden,
			Range: &chartdraw.ContinuousRange{Min: 0, Max: top},
		},
		YAxisSecondary: chartdraw.YAxis{Style: hidden},
		Series:         lines,
	}
	var out bytes.Buffer
	err := drawn.Render(numberRenderer, &out)
	return out.Bytes(), err
}

// A ruler measures days and numbers, by the width of a figure. The library would
// build its font anew for each chart, which takes nearly all of the time that a
// chart does.
type ruler struct{ chartdraw.Renderer }

func numberRenderer(width, height int) chartdraw.Renderer {
	return ruler{chartdraw.SVG(width, height)}
}

// MeasureText returns the size of a text at the size that labels have.
func (ruler) MeasureText(text string) chartdraw.Box {
	const figure, height = 7, 12 // pixels
	return chartdraw.Box{Right: figure * len(text), Bottom: height, IsSet: true}
}

func stroke(color string, width float64, dashes ...float64) chartdraw.Style {
	return chartdraw.Style{StrokeColor: drawing.ParseColor(color), StrokeWidth: width, StrokeDashArray: dashes}
}

// stairs returns the points of a line that goes along and up or down, never
// aslant, and that reaches today at least.
func stairs(steps []site.Step, today string) (days, seats []float64) {
	add := func(day, n float64) { days, seats = append(days, day), append(seats, n) }
	for _, s := range steps {
		day, ok := dayNumber(s.Day)
		if !ok {
			continue
		}
		if n := len(seats); n > 0 {
			add(day, seats[n-1])
		}
		add(day, float64(s.Seats))
	}
	if day, ok := dayNumber(today); ok && len(days) > 0 && days[len(days)-1] < day {
		add(day, seats[len(seats)-1])
	}
	return days, seats
}

const secondsOfDay = 24 * 60 * 60

// dayNumber returns the number of a day, counted from 1970.
func dayNumber(day string) (float64, bool) {
	t, err := time.Parse(time.DateOnly, day)
	return float64(t.Unix() / secondsOfDay), err == nil
}

func dayTicks(first, last float64) []chartdraw.Tick {
	const count = 6
	ticks := make([]chartdraw.Tick, count)
	for i := range ticks {
		v := first + (last-first)*float64(i)/(count-1)
		ticks[i] = chartdraw.Tick{Value: v, Label: time.Unix(int64(v)*secondsOfDay, 0).UTC().Format(time.DateOnly)}
	}
	return ticks
}

func seatTicks(top float64) []chartdraw.Tick {
	step := max(1, int(top)/5)
	var ticks []chartdraw.Tick
	for v := 0; float64(v) <= top; v += step {
		ticks = append(ticks, chartdraw.Tick{Value: float64(v), Label: strconv.Itoa(v)})
	}
	return ticks
}
