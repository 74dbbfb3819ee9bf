package site

import (
	"slices"
	"strconv"

	"gitlab.com/gitlab-com/alliances/internal/finding"
)

const figuresPage = "kpis.html"

// maxCells is how many numbers the tables of one page of figures have, roughly.
const maxCells = 3000

// A figuresBody is a page of figures, some months of them.
type figuresBody struct {
	Months   part[*Month] // the latest first
	Topics   []topic
	Restated []*Month // those whose figures were put right later
}

// A topic is one kind of figures.
type topic struct {
	ID, Title, Lead string
	Columns         []string
	Rows            []figureRow
	Chart           *chart

	lines []plot
}

// A figureRow is the figures of a month; nil stands for one that is not known.
type figureRow struct {
	Month  string
	Values []*int64 // the total first, then by column
}

// monthList returns how many months a page of figures shows.
func monthList(s *Site) int {
	return min(36, max(3, maxCells/(2*len(s.Platforms)+len(s.Methods)+3)))
}

// monthPage returns the page of the i-th of the months.
func monthPage(s *Site, i int) string {
	return pageOf(figuresPage, "kpis", (len(s.Months)-1-i)/monthList(s)+1)
}

// newestFirst returns the months, the latest first.
func newestFirst(s *Site) []*Month {
	months := slices.Clone(s.Months)
	slices.Reverse(months)
	return months
}

// topicKinds are the kinds of figures that there are.
var topicKinds = []struct {
	id, title, lead string
	names           func(*Site) []string
	values          func(*Month) map[string]int64
}{
	{
		"installations", "Active installations", "How many installations of GitLab were active, by the hosting platform that they run on.",
		func(s *Site) []string { return s.Platforms }, installations,
	},
	{
		"smau", "Monthly active users (SMAU)", "Stage monthly active users: those of each stage of GitLab, added up, by hosting platform.",
		func(s *Site) []string { return s.Platforms }, smau,
	},
	{
		"downloads", "Downloads", "How often GitLab was downloaded, by the way in which it is distributed.",
		func(s *Site) []string { return s.Methods }, downloads,
	},
}

// figures returns the tasks that make the pages of figures.
func (pr *printer) figures() []task {
	parts := splitAny(newestFirst(pr.site), monthList(pr.site), figuresPage, "kpis", "months")
	var tasks []task
	for _, months := range parts {
		tasks = append(tasks, func() error { return pr.figuresPage(months) })
	}
	return tasks
}

func (pr *printer) figuresPage(months part[*Month]) error {
	body := figuresBody{Months: months, Topics: pr.topics(months.Items), Restated: restated(months.Items)}
	for i := range body.Topics {
		t := &body.Topics[i]
		if len(t.Rows) == 0 {
			continue
		}
		c := topicPicture(t.ID, t.Title, months.Items, months.Pager.At)
		t.Chart = &c
		if err := pr.picture(c, t.draw); err != nil {
			return err
		}
	}
	page := sheet{
		Page: months.Pager.Page(), Template: "figures", Title: "Figures", Section: figuresPage, Body: body, Wrong: wrongMonths(months),
	}
	if months.Pager.At > 1 {
		page.Title, page.Above = "Figures, page "+thousands(months.Pager.At), []place{{figuresPage, "Figures"}}
	}
	return pr.page(page)
}

func restated(months []*Month) (all []*Month) {
	for _, m := range months {
		if m.Restated != "" {
			all = append(all, m)
		}
	}
	return all
}

// topicPicture returns the chart of a topic on a page with some months.
func topicPicture(id, title string, months []*Month, page int) chart {
	if page > 1 {
		id += "-" + strconv.Itoa(page)
	}
	first, last := months[len(months)-1].Month, months[0].Month
	return newChart(id, title, title+" by month, from "+first+" to "+last+". A table has the numbers.", chartHeight)
}

// draw draws the figures of a topic.
func (t *topic) draw() ([]byte, error) {
	labels := make([]string, len(t.Rows))
	for i, r := range t.Rows {
		labels[len(labels)-1-i] = r.Month
	}
	return lineChart(labels, t.lines)
}

func wrongMonths(months part[*Month]) *part[finding.Finding] {
	var all []finding.Finding
	for _, m := range months.Items {
		all = append(all, m.Findings...)
	}
	return wrongHere(all)
}

// topics returns the figures of some months, the latest first.
func (pr *printer) topics(months []*Month) []topic {
	all := make([]topic, len(topicKinds))
	for i, k := range topicKinds {
		all[i] = pr.topic(k.names(pr.site), months, k.values)
		all[i].ID, all[i].Title, all[i].Lead = k.id, k.title, k.lead
	}
	return all
}

// topic gathers one kind of figures. Columns that are empty are left out.
func (pr *printer) topic(columns []string, months []*Month, values func(*Month) map[string]int64) topic {
	var t topic
	keys := []string{total}
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
	t.lines = t.chartLines()
	return t
}

func anyMonth(months []*Month, values func(*Month) map[string]int64, key string) bool {
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

// figureName returns what people call a hosting platform or a method: the name
// of the partner, the handbook's title, or the word itself.
func (pr *printer) figureName(key string) string {
	if title := pr.site.Handbook.Text("kpi", "distribution_methods", key); title != "" {
		return oneLine(title)
	}
	for _, p := range pr.site.Partners {
		if p.Folder == key && p.Name != "" {
			return oneLine(p.Name)
		}
	}
	return words(key)
}
