package page

import (
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

// wrongBanner is how many findings a page of something else shows.
const wrongBanner = 8

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

// partnerFindings returns what is wrong with anything that a partner's page
// shows.
func partnerFindings(p *site.Partner) []finding.Finding {
	var all []finding.Finding
	for _, r := range append(p.Records(), p.Others...) {
		all = append(all, r.Findings...)
	}
	return all
}
