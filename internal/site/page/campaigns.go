package page

import (
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

// campaignList is how many campaigns of a stage a page lists.
const campaignList = 100

const campaignsPage = "campaigns/index.html"

// A campaignsBody is a page with campaigns by their stage.
type campaignsBody struct {
	Front   bool
	Budgets []budget
	Stages  []stage
}

// A stage is the campaigns that have come to it.
type stage struct {
	Name      string
	Campaigns part[*site.Campaign]
}

// campaigns returns the tasks that make the pages of all campaigns.
func (pr *printer) campaigns() []task {
	front := &campaignsBody{Front: true, Budgets: budgets(pr.site.Campaigns)}
	tasks := []task{func() error {
		return pr.page(sheet{
			Page: campaignsPage, Template: "campaigns", Title: "Campaigns", Section: campaignsPage, Body: front, Wrong: front.wrong(),
		})
	}}
	for _, s := range stages(pr.site.Campaigns) {
		for i, p := range split(s.campaigns, campaignList, campaignsPage, "campaigns/"+fileName(s.name), "campaigns that are "+s.name) {
			if i == 0 {
				front.Stages = append(front.Stages, stage{s.name, p})
			} else {
				tasks = append(tasks, pr.moreCampaigns(stage{s.name, p}))
			}
		}
	}
	return tasks
}

// moreCampaigns returns the task that makes a page with more campaigns of a
// stage.
func (pr *printer) moreCampaigns(s stage) task {
	body := &campaignsBody{Stages: []stage{s}}
	page := sheet{
		Template: "campaigns", Title: "Campaigns that are " + words(s.Name),
		Section: campaignsPage, Above: []pageLink{{campaignsPage, "Campaigns"}}, Body: body, Wrong: body.wrong(),
	}
	return func() error { return pr.page(page.numbered(s.Campaigns.Pager)) }
}

// wrong returns what is wrong with the campaigns that are listed.
func (body *campaignsBody) wrong() *part[finding.Finding] {
	var all []finding.Finding
	for _, s := range body.Stages {
		for _, c := range s.Campaigns.Items {
			all = append(all, c.Findings...)
		}
	}
	return wrongHere(all)
}
