package page

import (
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

const wrongPage = "findings.html"

// How many findings a page of findings, and any other page, shows.
const (
	wrongList   = 150
	wrongBanner = 25
)

// allFindings returns what is wrong with all records, file by file.
func allFindings(s *site.Site) []finding.Finding {
	var all []finding.Finding
	s.EachFindings(func(some []finding.Finding) { all = append(all, some...) })
	slices.SortStableFunc(all, finding.Compare)
	return all
}

// wrongHere returns the findings that a page is to show, if there are any: the
// first ones, with the page that has them all.
func wrongHere(findings []finding.Finding) *part[finding.Finding] {
	if len(findings) == 0 {
		return nil
	}
	shown, _ := firstOf(findings, wrongBanner)
	return &part[finding.Finding]{Items: shown, Pager: pager{What: "findings", At: 1, All: len(findings)}}
}

// wrong returns the tasks that make the list of all findings, where there are
// any.
func (pr *printer) wrong() []task {
	var tasks []task
	for _, found := range split(allFindings(pr.site), wrongList, wrongPage, "findings", "findings") {
		s := sheet{Page: found.Pager.Page(), Template: "findings", Title: "What is wrong", Section: "index.html", Body: &found}
		if found.Pager.At > 1 {
			s.Title, s.Above = s.Title+", page "+thousands(found.Pager.At), []pageLink{{wrongPage, "What is wrong"}}
		}
		tasks = append(tasks, func() error { return pr.page(s) })
	}
	return tasks
}

// partnerFindings returns what is wrong with anything that a partner's page
// shows.
func partnerFindings(p *site.Partner) []finding.Finding {
	var all []finding.Finding
	for _, r := range append(p.Records(), p.Others...) {
		all = append(all, r.Findings...)
	}
	return all
}
