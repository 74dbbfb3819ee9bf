package page

import (
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

// kindList is how many records of a kind a page lists.
const kindList = 200

const kindsPage = "kinds/index.html"

// A kindBody is a list of the records of a kind.
type kindBody struct {
	*site.Kind
	List part[kindRow]
}

// A kindRow is a record in the list of its kind, with what the columns show.
type kindRow struct {
	*site.Exhibit
	Cells []site.Field
}

// A recordBody is a record with a page to itself.
type recordBody struct {
	*site.Exhibit
	Kind    string        // what people call it
	Partner *site.Partner // of its folder; nil where that is none's
	Facts   []site.Field
	Tables  []site.Field
}

func (pr *printer) kinds() []task {
	if len(pr.site.Kinds) == 0 {
		return nil
	}
	partners := map[string]*site.Partner{}
	for _, partner := range pr.site.Partners {
		partners[partner.Folder] = partner
	}
	tasks := []task{func() error {
		return pr.page(sheet{Page: kindsPage, Template: "kinds", Title: "Other records", Section: kindsPage, Body: pr.site.Kinds})
	}}
	for _, k := range pr.site.Kinds {
		tasks = append(tasks, pr.kind(k)...)
		for _, r := range k.Records {
			tasks = append(tasks, func() error { return pr.record(k, r, partners[r.Folder]) })
		}
	}
	return tasks
}

// kind returns the tasks that make the list of a kind.
func (pr *printer) kind(k *site.Kind) []task {
	rows := make([]kindRow, len(k.Records))
	var wrong []finding.Finding
	for i, r := range k.Records {
		rows[i] = kindRow{r, cells(r, k.Columns)}
		wrong = append(wrong, r.Findings...)
	}
	parts := splitAny(rows, kindList, kindPage(k.Name), "kinds/"+fileName(k.Name)+"/index", "records")
	var tasks []task
	for _, list := range parts {
		s := sheet{
			Template: "kind", Title: k.Title, Section: kindsPage, Above: []pageLink{{kindsPage, "Other records"}},
			Body: kindBody{k, list}, Wrong: wrongHere(wrong),
		}
		tasks = append(tasks, func() error { return pr.page(s.numbered(list.Pager)) })
	}
	return tasks
}

// cells returns what a record says in each column.
func cells(r *site.Exhibit, columns []string) []site.Field {
	all := make([]site.Field, len(columns))
	for i, title := range columns {
		for _, f := range r.Fields {
			if f.Title == title {
				all[i] = f
			}
		}
	}
	return all
}

// record makes the page of a record.
func (pr *printer) record(k *site.Kind, r *site.Exhibit, partner *site.Partner) error {
	body := recordBody{Exhibit: r, Kind: k.Title, Partner: partner}
	body.Facts, body.Tables = facts(r.Fields)
	title := r.Summary
	if title == "" {
		title = r.ID
	}
	return pr.page(sheet{
		Page: pr.records[r.Path], Template: "record", Title: title, Section: kindsPage,
		Above: []pageLink{{kindsPage, "Other records"}, {kindPage(k.Name), k.Title}}, Body: body, Wrong: wrongHere(r.Findings),
	})
}
