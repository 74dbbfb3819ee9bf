package page

import (
	"strconv"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// A topic is one kind of figures.
type topic struct {
	ID, Title, Lead string
	Columns         []string
	Rows            []figureRow
	Chart           *chart
}

// A figureRow is the figures of a month; nil stands for one that is not known.
type figureRow struct {
	Month  string
	Values []*int64 // the total first, then by column
}

// topicKinds are the kinds of figures that there are.
var topicKinds = []struct {
	id, title, lead string
	names           func(*site.Site) []string
	values          func(*site.Month) map[string]int64
}{
	{
		"installations", "Active installations", "How many installations of the product were active, by the hosting platform that they run on.",
		func(s *site.Site) []string { return s.Platforms }, site.Installations,
	},
	{
		"smau", "Monthly active users (SMAU)", "Stage monthly active users: those of each stage of the product, added up, by hosting platform.",
		func(s *site.Site) []string { return s.Platforms }, site.SMAU,
	},
	{
		"downloads", "Downloads", "How often the product was downloaded, by the way in which it is distributed.",
		func(s *site.Site) []string { return s.Methods }, site.Downloads,
	},
}

// draw draws the figures of a topic, of which there are some.
func (t *topic) draw() *chart {
	labels := make([]string, len(t.Rows))
	for i, r := range t.Rows {
		labels[len(labels)-1-i] = r.Month
	}
	alt := t.Title + " by month, from " + labels[0] + " to " + labels[len(labels)-1] + ". A table has the numbers."
	return &chart{t.Title, monthsChart(alt, labels, t.chartLines())}
}

// topics returns the figures of some months, the latest first.
func (pr *printer) topics(months []*site.Month) []topic {
	all := make([]topic, len(topicKinds))
	for i := range topicKinds {
		all[i] = pr.topicOf(i, months)
	}
	return all
}

// topicOf returns the figures of the i-th kind.
func (pr *printer) topicOf(i int, months []*site.Month) topic {
	k := topicKinds[i]
	t := pr.topic(k.names(pr.site), months, k.values)
	t.ID, t.Title, t.Lead = k.id, k.title, k.lead
	return t
}

// topic gathers one kind of figures. Columns that are empty are left out.
func (pr *printer) topic(columns []string, months []*site.Month, values func(*site.Month) map[string]int64) topic {
	var t topic
	keys := []string{site.Total}
	for _, key := range columns {
		if anyMonth(months, values, key) {
			keys = append(keys, key)
			t.Columns = append(t.Columns, pr.figureName(key))
		}
	}
	for _, m := range months {
		row := figureRow{Month: m.Month}
		for _, key := range keys {
			row.Values = append(row.Values, valueOf(values(m), key))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func anyMonth(months []*site.Month, values func(*site.Month) map[string]int64, key string) bool {
	for _, m := range months {
		if _, ok := values(m)[key]; ok {
			return true
		}
	}
	return false
}

func valueOf(values map[string]int64, key string) *int64 {
	if v, ok := values[key]; ok {
		return &v
	}
	return nil
}

// chartLines returns the lines of the topic's chart, in the order of time. There
// are no more than can be told apart: what comes last is drawn as one.
func (t *topic) chartLines() []plot {
	names := append([]string{"Total"}, t.Columns...)
	shown := len(names)
	if shown > maxLines {
		shown = maxLines - 1
	}
	lines := make([]plot, shown)
	for i := range lines {
		lines[i] = plot{names[i], t.column(i, i+1)}
	}
	if shown < len(names) {
		lines = append(lines, plot{"All " + strconv.Itoa(len(names)-shown) + " others", t.column(shown, len(names))})
	}
	return lines
}

// column returns the sums of the values from one column to another, in the
// order of time.
func (t *topic) column(from, to int) []*int64 {
	values := make([]*int64, len(t.Rows))
	for i, r := range t.Rows {
		for _, v := range r.Values[from:to] {
			if v == nil {
				continue
			}
			sum := *v
			if at := values[len(values)-1-i]; at != nil {
				sum += *at
			}
			values[len(values)-1-i] = &sum
		}
	}
	return values
}
