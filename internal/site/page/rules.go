package page

import (
	"cmp"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/catalogue"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

const rulesPage = "rules/index.html"

// A rulesBody is the list of all rules, by kind.
type rulesBody struct{ Groups []ruleGroup }

// A ruleGroup is the rules on one kind of record, or of one part of the
// validator.
type ruleGroup struct {
	Kind  string
	Built bool
	Rules []ruleBody
}

// A ruleBody is all that there is to say of a rule.
type ruleBody struct {
	*catalogue.Explanation
	Section string // the address of the handbook's section, or of the handbook; may be empty
	Waived  *part[*site.Waived]
}

// rulesPages returns the tasks that make the pages of all rules.
func (pr *printer) rulesPages() []task {
	var body rulesBody
	var tasks []task
	waived := waivedByRule(pr.site)
	for _, r := range policiesFirst(pr.site.Rules) {
		rule := ruleBody{&r, pr.section(&r), nil}
		if n := len(body.Groups); n == 0 || body.Groups[n-1].Kind != r.Kind {
			body.Groups = append(body.Groups, ruleGroup{Kind: r.Kind, Built: r.IsOfValidator()})
		}
		last := &body.Groups[len(body.Groups)-1]
		last.Rules = append(last.Rules, rule)
		tasks = append(tasks, pr.rulePages(rule, waived[r.ID])...)
	}
	return append(tasks, func() error {
		return pr.page(sheet{Page: rulesPage, Template: "rules", Title: "Rules", Section: rulesPage, Search: true, Body: body})
	})
}

// rulePages returns the tasks that make the page of a rule, and more pages where it
// takes them to list the exceptions to it.
func (pr *printer) rulePages(rule ruleBody, waived []*site.Waived) []task {
	page := OfRule(rule.ID)
	s := sheet{Template: "rule", Title: rule.Title, Section: rulesPage, Above: []pageLink{{rulesPage, "Rules"}}}
	var tasks []task
	for _, exceptions := range splitAny(waived, partnerList, page, strings.TrimSuffix(page, ".html")+"/waived", "exceptions") {
		rule.Waived = &exceptions
		s.Body = rule
		made := s.numbered(exceptions.Pager)
		tasks = append(tasks, func() error { return pr.page(made) })
	}
	return tasks
}

// waivedByRule returns what is waived of all partners, by the rule's id.
func waivedByRule(s *site.Site) map[string][]*site.Waived {
	all := map[string][]*site.Waived{}
	for _, p := range s.Partners {
		for _, w := range p.Waived {
			all[w.Finding.Rule] = append(all[w.Finding.Rule], w)
		}
	}
	return all
}

// policiesFirst returns the rules of the policies, and then the validator's own,
// each by id: who looks for a rule here mostly looks for one of the handbook's.
func policiesFirst(rules []catalogue.Explanation) []catalogue.Explanation {
	builtIn := func(r *catalogue.Explanation) int {
		if r.IsOfValidator() {
			return 1
		}
		return 0
	}
	return slices.SortedFunc(slices.Values(rules), func(a, b catalogue.Explanation) int {
		return cmp.Or(builtIn(&a)-builtIn(&b), cmp.Compare(a.ID, b.ID))
	})
}

// section returns the address of the section of the handbook that a rule comes
// from, or that of the whole handbook where it is not known.
func (pr *printer) section(r *catalogue.Explanation) string {
	if r.Handbook == "" {
		return ""
	}
	return cmp.Or(r.HandbookURL, pr.site.Handbook.Text("url"))
}
