package page

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// directoryList is how many partners a page of the directory shows.
const directoryList = 250

const directoryPage = "partners/index.html"

// A directoryBody is a page of the directory.
type directoryBody struct {
	Partners part[*site.Partner]
	Groups   []partnerGroup
	Columns  []column
	Total    int
	Filters  []filter
}

// Span returns how many columns there are, with that of the names.
func (body directoryBody) Span() int { return len(body.Columns) + 1 }

// A partnerGroup is the partners of a category, or some of them.
type partnerGroup struct {
	Title    string
	Partners []*site.Partner
}

// A filter is a choice by which the directory is narrowed down.
type filter struct {
	Name, Title string
	Choices     []choice
}

// A choice is a value with the name that people have for it.
type choice struct{ Value, Title string }

func (pr *printer) directory() []task {
	filters, columns, all := pr.filters(), pr.columns(), pr.byCategory()
	parts := splitAny(all, directoryList, directoryPage, "partners/index", "partners")
	tasks := []task{func() error { return pr.directoryIndex(filters, columns, all) }}
	for _, partners := range parts {
		page := sheet{
			Template: "directory", Title: "Partners", Section: directoryPage, Search: true,
			Body: directoryBody{partners, groups(partners.Items), columns, len(pr.site.Partners), filters},
		}
		tasks = append(tasks, func() error { return pr.page(page.numbered(partners.Pager)) })
	}
	return tasks
}

// byCategory returns the partners by their category, in the order of the handbook,
// and then by name.
func (pr *printer) byCategory() []*site.Partner {
	rank := map[string]int{}
	for i, c := range pr.categories() {
		rank[c.Name] = i
	}
	partners := slices.Clone(pr.site.Partners)
	slices.SortStableFunc(partners, func(x, y *site.Partner) int { return cmp.Compare(rank[x.Category], rank[y.Category]) })
	return partners
}

// groups returns partners that are in the order of their categories, category by
// category.
func groups(partners []*site.Partner) (all []partnerGroup) {
	for i, p := range partners {
		if i == 0 || p.Category != partners[i-1].Category {
			all = append(all, partnerGroup{Title: cmp.Or(oneLine(p.CategoryTitle), noCategory)})
		}
		last := &all[len(all)-1]
		last.Partners = append(last.Partners, p)
	}
	return all
}

// filters returns the choices that at least one partner meets.
func (pr *printer) filters() []filter {
	filters := []filter{
		{Name: "category", Title: "Category"}, {Name: "type", Title: "Type"}, {Name: "status", Title: "Status"},
		{Name: "criterion", Title: "Criterion"}, {Name: "model", Title: "Delivery model"},
	}
	for i := range filters {
		seen := map[string]bool{}
		for _, p := range pr.site.Partners {
			for _, c := range pr.choices(filters[i].Name, p) {
				if c.Value != "" && !seen[c.Value] {
					seen[c.Value] = true
					filters[i].Choices = append(filters[i].Choices, c)
				}
			}
		}
		slices.SortFunc(filters[i].Choices, func(x, y choice) int {
			return cmp.Or(cmp.Compare(x.Title, y.Title), cmp.Compare(x.Value, y.Value))
		})
	}
	return filters
}

// newChoice returns a value and its title, as pages show them.
func newChoice(value, title string) choice { return choice{oneLine(value), oneLine(title)} }

// choices returns what a partner meets of a filter.
func (pr *printer) choices(name string, p *site.Partner) (all []choice) {
	switch name {
	case "category":
		return []choice{newChoice(p.Category, cmp.Or(p.CategoryTitle, words(p.Category)))}
	case "type":
		return []choice{newChoice(p.Type, cmp.Or(p.TypeTitle, words(p.Type)))}
	case "status":
		return []choice{newChoice(p.Status, pr.title("partner", "status", p.Status))}
	case "criterion":
		for _, c := range p.Criteria {
			all = append(all, newChoice(c, pr.criterion(c)))
		}
	case "model":
		for _, m := range p.Models {
			all = append(all, newChoice(m, pr.model(m)))
		}
	}
	return all
}

// An indexEntry is what the search knows of a partner: name, page, and all
// names in one text; the numbers of its choices, filter by filter; how many
// things are wrong with it; and the texts of its cells.
type indexEntry [6]any

// directoryIndex makes the script that holds what the search looks in. It is a
// script, and not JSON, because a page that is read from a file may load scripts
// alone.
func (pr *printer) directoryIndex(filters []filter, columns []column, partners []*site.Partner) error {
	entries := make([]indexEntry, len(partners))
	for i, p := range partners {
		var other bytes.Buffer
		for _, name := range append([]string{p.Folder, p.Name}, p.Aliases...) {
			other.WriteString(oneLine(name) + " ")
		}
		entries[i] = indexEntry{shortName(p), fileName(p.Folder) + ".html", other.String(), pr.chosen(filters, p), len(partnerFindings(p)), pr.cellTexts(columns, p)}
	}
	index := struct {
		Filters  []filter     `json:"filters"`
		Columns  []column     `json:"columns"`
		Partners []indexEntry `json:"partners"`
	}{filters, columns, entries}
	data, err := json.Marshal(index)
	if err != nil {
		return err
	}
	text := append([]byte("window.alliancesDirectory = "), data...)
	return pr.write(site.File{Name: "assets/partners.js", Data: append(text, ";\n"...)})
}

func (pr *printer) cellTexts(columns []column, p *site.Partner) []string {
	texts := make([]string, len(columns))
	for i, c := range pr.cells(p, columns) {
		texts[i] = c.Text
	}
	return texts
}

// chosen returns the numbers of a partner's choices in each filter.
func (pr *printer) chosen(filters []filter, p *site.Partner) [][]int {
	chosen := make([][]int, len(filters))
	for i, f := range filters {
		chosen[i] = []int{}
		for _, c := range pr.choices(f.Name, p) {
			if n := slices.IndexFunc(f.Choices, func(o choice) bool { return o.Value == c.Value }); n >= 0 {
				chosen[i] = append(chosen[i], n)
			}
		}
	}
	return chosen
}
