package site

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/dustin/go-humanize"

	"gitlab.com/gitlab-com/alliances/internal/finding"
)

// campaignList is how many campaigns of a stage a page lists.
const campaignList = 100

const campaignsPage = "campaigns/index.html"

// A campaignsBody is a page with campaigns by their stage.
type campaignsBody struct {
	Front  bool
	Sums   []campaignSum
	Stages []stage
}

// A stage is the campaigns that have come to it.
type stage struct {
	Name      string
	Campaigns part[*Campaign]
}

// A campaignSum is the campaigns of a stage with amounts in one currency.
type campaignSum struct {
	Stage, Currency                string
	Campaigns                      int
	Budget, Approved, Acknowledged string
}

// campaigns returns the tasks that make the pages of all campaigns.
func (pr *printer) campaigns() []task {
	front := &campaignsBody{Front: true, Sums: sums(pr.site.Campaigns)}
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
	p := s.Campaigns.Pager
	page := sheet{
		Page: p.Page(), Template: "campaigns", Title: "Campaigns that are " + words(s.Name) + ", page " + thousands(p.At),
		Section: campaignsPage, Above: []place{{campaignsPage, "Campaigns"}}, Body: body, Wrong: body.wrong(),
	}
	return func() error { return pr.page(page) }
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

type stageGroup struct {
	name      string
	campaigns []*Campaign
}

// stageOrder is the order in which campaigns come to their stages.
var stageOrder = []string{"proposed", "approved", "acknowledged"}

// stages returns the campaigns by their stage.
func stages(campaigns []*Campaign) []stageGroup {
	var groups []stageGroup
	at := map[string]int{}
	for _, c := range campaigns {
		name := cmp.Or(c.Stage, "of no known stage")
		if _, known := at[name]; !known {
			at[name] = len(groups)
			groups = append(groups, stageGroup{name: name})
		}
		g := &groups[at[name]]
		g.campaigns = append(g.campaigns, c)
	}
	rank := func(g stageGroup) int {
		if i := slices.Index(stageOrder, g.name); i >= 0 {
			return i
		}
		return len(stageOrder)
	}
	slices.SortFunc(groups, func(x, y stageGroup) int {
		return cmp.Or(cmp.Compare(rank(x), rank(y)), cmp.Compare(x.name, y.name))
	})
	return groups
}

// sums adds up the amounts of each stage by currency.
func sums(campaigns []*Campaign) []campaignSum {
	var all []campaignSum
	for _, g := range stages(campaigns) {
		byCurrency := map[string][]*Campaign{}
		for _, c := range g.campaigns {
			byCurrency[c.Currency] = append(byCurrency[c.Currency], c)
		}
		currencies := make([]string, 0, len(byCurrency))
		for currency := range byCurrency {
			currencies = append(currencies, currency)
		}
		slices.Sort(currencies)
		for _, currency := range currencies {
			some := byCurrency[currency]
			all = append(all, campaignSum{
				g.name, currency, len(some),
				sumOf(some, func(c *Campaign) string { return c.Amount }),
				sumOf(some, func(c *Campaign) string { return c.Approved }),
				sumOf(some, func(c *Campaign) string { return c.Acknowledged }),
			})
		}
	}
	return all
}

// sumOf adds up amounts; those that are none are left out. It is empty where
// there is nothing to add up.
func sumOf(campaigns []*Campaign, amount func(*Campaign) string) string {
	sum, found := new(big.Int), false
	for _, c := range campaigns {
		if n, ok := new(big.Int).SetString(amount(c), 10); ok {
			sum.Add(sum, n)
			found = true
		}
	}
	if !found {
		return ""
	}
	return humanize.BigComma(sum)
}

// money returns an amount with its thousands apart.
func money(amount string) string {
	n, ok := new(big.Int).SetString(amount, 10)
	if !ok {
		return ""
	}
	return humanize.BigComma(n)
}
