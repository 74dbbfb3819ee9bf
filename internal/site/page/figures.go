package page

import (
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

const figuresPage = "kpis.html"

// maxCells is how many numbers the tables of one page of figures have, roughly.
const maxCells = 3000

// A figuresBody is a page of figures, some months of them.
type figuresBody struct {
	Months   part[*site.Month] // the latest first
	Topics   []topic
	Restated []*site.Month // those whose figures were put right later
}

// monthList returns how many months a page of figures shows.
func monthList(s *site.Site) int {
	return min(36, max(3, maxCells/(2*len(s.Platforms)+len(s.Methods)+3)))
}

// monthPage returns the page of the i-th of the months.
func monthPage(s *site.Site, i int) string {
	return pageOf(figuresPage, "kpis", (len(s.Months)-1-i)/monthList(s)+1)
}

// newestFirst returns the months, the latest first.
func newestFirst(s *site.Site) []*site.Month {
	months := slices.Clone(s.Months)
	slices.Reverse(months)
	return months
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

func (pr *printer) figuresPage(months part[*site.Month]) error {
	body := figuresBody{Months: months, Topics: pr.topics(months.Items), Restated: restated(months.Items)}
	for i := range body.Topics {
		if t := &body.Topics[i]; len(t.Rows) > 0 {
			t.Chart = t.draw()
		}
	}
	page := sheet{Template: "figures", Title: "Figures", Section: figuresPage, Body: body, Wrong: wrongMonths(months)}
	return pr.page(page.numbered(months.Pager))
}

func restated(months []*site.Month) (all []*site.Month) {
	for _, m := range months {
		if m.Restated != "" {
			all = append(all, m)
		}
	}
	return all
}

func wrongMonths(months part[*site.Month]) *part[finding.Finding] {
	var all []finding.Finding
	for _, m := range months.Items {
		all = append(all, m.Findings...)
	}
	return wrongHere(all)
}
