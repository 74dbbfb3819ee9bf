package page

import (
	"cmp"
	"slices"
)

// A typeGroup is the types of partners of a category.
type typeGroup struct {
	Title string
	Types []partnerType
}

// A partnerType is how many partners are of a type, with a bar for each status.
type partnerType struct {
	tally
	Bars []bar
}

// types counts the partners of each type, category by category, those types first
// that most are of. All bars are of one scale.
func (pr *printer) types(categories []tally) []typeGroup {
	var all []typeGroup
	most := 0
	for _, c := range categories {
		types := pr.typesOf(c.Name)
		if len(types) > 0 {
			all = append(all, typeGroup{c.Title, types})
			most = max(most, types[0].Partners)
		}
	}
	for _, g := range all {
		for i := range g.Types {
			g.Types[i].Bars = statusBars(g.Types[i].Statuses, most)
		}
	}
	return all
}

// typesOf counts the partners of a category by type.
func (pr *printer) typesOf(category string) []partnerType {
	var all []partnerType
	for _, p := range pr.site.Partners {
		if p.Category != category {
			continue
		}
		i := slices.IndexFunc(all, func(t partnerType) bool { return t.Name == p.Type })
		if i < 0 {
			i = len(all)
			all = append(all, partnerType{tally: tally{Name: p.Type, Title: cmp.Or(oneLine(p.TypeTitle), noType)}})
		}
		all[i].add(p.Status)
	}
	slices.SortStableFunc(all, func(x, y partnerType) int {
		return cmp.Or(cmp.Compare(y.Partners, x.Partners), cmp.Compare(x.Title, y.Title))
	})
	return all
}

// statusBars returns a bar for each status that somebody is in, one behind the
// other, on a scale that ends with most.
func statusBars(statuses []statusCount, most int) []bar {
	var bars []bar
	before := 0
	for _, s := range statuses {
		if s.Partners == 0 {
			continue
		}
		bars = append(bars, bar{
			X: inPercent(float64(before) / float64(most)), Width: inPercent(float64(s.Partners) / float64(most)), Class: "bar-" + s.Status,
		})
		before += s.Partners
	}
	return bars
}
