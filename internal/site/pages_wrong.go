package site

import (
	"gitlab.com/gitlab-com/alliances/internal/finding"
)

const wrongPage = "findings.html"

// How many findings a page of findings, and any other page, shows.
const (
	wrongList   = 150
	wrongBanner = 25
)

// allFindings returns what is wrong with all records, file by file.
func allFindings(s *Site) []finding.Finding {
	var all []finding.Finding
	s.eachFindings(func(some []finding.Finding) { all = append(all, some...) })
	return sorted(all)
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
			s.Title, s.Above = s.Title+", page "+thousands(found.Pager.At), []place{{wrongPage, "What is wrong"}}
		}
		tasks = append(tasks, func() error { return pr.page(s) })
	}
	return tasks
}
