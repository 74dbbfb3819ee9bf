package page

import (
	"cmp"
	"strings"
)

// A tally is how many partners are of a category, or of a type, and in which
// status.
type tally struct {
	Name, Title string
	Partners    int
	Statuses    []statusCount
}

type statusCount struct {
	Status   string
	Partners int
}

// inWords returns how many partners there are in each status, such as "2 active,
// 3 former".
func (pr *printer) inWords(statuses []statusCount) string {
	var all []string
	for _, s := range statuses {
		if s.Partners > 0 {
			all = append(all, thousands(s.Partners)+" "+strings.ToLower(pr.title("partner", "status", s.Status)))
		}
	}
	return strings.Join(all, ", ")
}

const (
	noCategory = "Of no known category"
	noType     = "Of no known type"
)

// categories counts the partners of each category that the handbook has, and
// those that are of none.
func (pr *printer) categories() []tally {
	var all []tally
	at := map[string]int{}
	if table := pr.site.Handbook.Root.Field("partner_categories"); table != nil {
		for i := range table.Fields {
			name := table.Fields[i].Key
			at[name] = len(all)
			all = append(all, tally{Name: name, Title: cmp.Or(pr.site.Handbook.Text("partner_categories", name, "title"), words(name))})
		}
	}
	for _, partner := range pr.site.Partners {
		name := partner.Category
		if _, known := at[name]; !known {
			at[name] = len(all)
			all = append(all, tally{Name: name, Title: cmp.Or(partner.CategoryTitle, noCategory)})
		}
		all[at[name]].add(partner.Status)
	}
	return all
}

// statusOrder is the order in which partners come to their statuses.
var statusOrder = []string{"active", "prospective", "former"}

func (t *tally) add(status string) {
	if len(t.Statuses) == 0 {
		for _, s := range statusOrder {
			t.Statuses = append(t.Statuses, statusCount{Status: s})
		}
	}
	t.Partners++
	for i := range t.Statuses {
		if t.Statuses[i].Status == status {
			t.Statuses[i].Partners++
		}
	}
}
