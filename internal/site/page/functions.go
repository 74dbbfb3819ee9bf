package page

import (
	"html/template"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// functions returns what templates call, on pages at that distance from the
// root.
func (pr *printer) functions(root string) template.FuncMap {
	return template.FuncMap{
		"href":    func(page string) string { return root + page },
		"name":    shortName,
		"partner": func(p *site.Partner) string { return root + partnerPage(p.Folder) },
		"kind":    func(name string) string { return root + kindPage(name) },
		"record": func(path string) string {
			if page, ok := pr.records[path]; ok {
				return root + page
			}
			return ""
		},
		"rule": func(id string) string {
			if pr.rules[id] {
				return root + OfRule(id)
			}
			return ""
		},
		"recordGuide": func(kind string) string {
			if slices.ContainsFunc(pr.site.Manual.Records, func(r site.RecordGuide) bool { return r.Kind == kind }) {
				return root + recordGuidePage(kind)
			}
			return ""
		},
		"command": func(name string) string { return root + commandPage(name) }, "field": fieldAnchor, "dotted": dotted,
		"flag": flagAnchor, "paragraphs": paragraphs, "help": helpProse, "unindented": unindented,
		"https": site.Address, "anchor": anchor, "line": oneLine, "prose": prose, "dated": dated, "words": words, "slug": slug,
		"joined": func(lines []string) string { return strings.Join(lines, "\n") }, "grid": gridOf, "runs": runsOf, "short": short, "less": func(n int) int { return n - 1 }, "within": within,
		"count": countOf, "some": some, "money": money, "signed": signed,
		"bars": func(list part[*site.License], scale *timeline, title string) barList {
			return barList{list, scale, title}
		},
		"origin": pr.origin, "start": pr.start,
		"wrongs": func(p *site.Partner) int { return len(partnerFindings(p)) },
		"cells":  pr.cells, "title": pr.title, "kindTitle": pr.kindTitle, "inWords": pr.inWords,
	}
}

// A barList is what a template needs to list licences on a time line.
type barList struct {
	List     part[*site.License]
	Timeline *timeline
	Title    string
}
