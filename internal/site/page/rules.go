package page

import (
	"cmp"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/catalogue"
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
}

// rulesPages returns the tasks that make the pages of all rules.
func (pr *printer) rulesPages() []task {
	var body rulesBody
	var tasks []task
	for _, r := range policiesFirst(pr.site.Rules) {
		rule := ruleBody{&r, pr.section(&r)}
		if n := len(body.Groups); n == 0 || body.Groups[n-1].Kind != r.Kind {
			body.Groups = append(body.Groups, ruleGroup{Kind: r.Kind, Built: r.File == ""})
		}
		last := &body.Groups[len(body.Groups)-1]
		last.Rules = append(last.Rules, rule)
		tasks = append(tasks, func() error {
			return pr.page(sheet{
				Page: rulePage(r.ID), Template: "rule", Title: r.Title, Section: rulesPage, Above: []pageLink{{rulesPage, "Rules"}}, Body: rule,
			})
		})
	}
	return append(tasks, func() error {
		return pr.page(sheet{Page: rulesPage, Template: "rules", Title: "Rules", Section: rulesPage, Search: true, Body: body})
	})
}

// policiesFirst returns the rules of the policies, and then the validator's own,
// each by id: who looks for a rule here mostly looks for one of the handbook's.
func policiesFirst(rules []catalogue.Explanation) []catalogue.Explanation {
	builtIn := func(r *catalogue.Explanation) int {
		if r.File == "" {
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
