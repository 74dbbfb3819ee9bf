package page

import (
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// A column is what the directory shows of each partner.
type column struct{ Name, Title string }

// columns are what the directory can show.
var columns = []column{
	{"type", "Type"}, {"status", "Status"}, {"priority", "Priority"}, {"lead", "Lead"}, {"criterion", "Criteria"},
	{"model", "Delivery models"}, {"seats", "Seats in use"},
}

// A cell is what a column shows of a partner.
type cell struct {
	column
	Text   string
	Badge  string // the value that it is a badge of, as a class; "" for a text
	Number bool
}

// cell returns what a column shows of a partner; its text is "" where that is
// nothing.
func (pr *printer) cell(c column, p *site.Partner) cell {
	shown := cell{column: c}
	switch c.Name {
	case "type":
		shown.Text = oneLine(p.TypeTitle)
	case "status":
		shown.Text, shown.Badge = pr.title("partner", "status", p.Status), slug(p.Status)
	case "priority":
		shown.Text = pr.title("partner", "priority", p.Priority)
	case "lead":
		shown.Text = oneLine(p.Lead)
	case "criterion":
		shown.Text = titlesOf(p.Criteria, pr.criterion)
	case "model":
		shown.Text = titlesOf(p.Models, pr.model)
	case "seats":
		shown.Number = true
		if p.SeatsInUse > 0 {
			shown.Text = thousands(p.SeatsInUse)
		}
	}
	return shown
}

// cells returns what columns show of a partner.
func (pr *printer) cells(p *site.Partner, columns []column) []cell {
	cells := make([]cell, len(columns))
	for i, c := range columns {
		cells[i] = pr.cell(c, p)
	}
	return cells
}

// columns returns the columns that show something of more than a few partners.
func (pr *printer) columns() []column {
	const few = 10 // one in so many
	return slices.DeleteFunc(slices.Clone(columns), func(c column) bool {
		filled := 0
		for _, p := range pr.site.Partners {
			if pr.cell(c, p).Text != "" {
				filled++
			}
		}
		return filled*few < len(pr.site.Partners)
	})
}
