package page

import "gitlab.com/gitlab-com/alliances/internal/site"

const modelsPage = "models.html"

// modelList is how many partners that sell a model a page lists.
const modelList = 200

// A modelsBody is the delivery models, or more of who sells one.
type modelsBody struct {
	Models []*site.Model
	Rows   []modelRow
	Sold   []soldModel
}

// A modelRow is one property of all models.
type modelRow struct {
	Title string
	Cells []string
}

// A soldModel is a model and the partners that sell it.
type soldModel struct {
	*site.Model
	Sellers part[*site.Partner]
}

func (pr *printer) models() []task {
	body := &modelsBody{Models: pr.site.Models, Rows: modelRows(pr.site.Models)}
	tasks := []task{func() error {
		return pr.page(sheet{Page: modelsPage, Template: "models", Title: "Delivery models", Section: modelsPage, Body: body})
	}}
	for _, m := range pr.site.Models {
		parts := splitAny(m.Partners, modelList, modelsPage, "models/"+fileName(m.Name), "partners that sell "+m.Title)
		body.Sold = append(body.Sold, soldModel{m, parts[0]})
		for _, more := range parts[1:] {
			s := sheet{
				Page: more.Pager.Page(), Template: "models", Title: m.Title + ": more partners", Section: modelsPage,
				Above: []pageLink{{modelsPage, "Delivery models"}}, Body: &modelsBody{Sold: []soldModel{{m, more}}},
			}
			tasks = append(tasks, func() error { return pr.page(s) })
		}
	}
	return tasks
}

// modelRows turns the table of the handbook so that each model has a column.
func modelRows(models []*site.Model) []modelRow {
	var rows []modelRow
	at := map[string]int{}
	for column, m := range models {
		for _, f := range m.Fields {
			if _, known := at[f.Title]; !known {
				at[f.Title] = len(rows)
				rows = append(rows, modelRow{f.Title, make([]string, len(models))})
			}
			rows[at[f.Title]].Cells[column] = f.Text
		}
	}
	return rows
}
