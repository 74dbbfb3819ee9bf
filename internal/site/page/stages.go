package page

import (
	"cmp"
	"math/big"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// A campaignSum is the campaigns of a stage with amounts in one currency.
type campaignSum struct {
	Stage, Currency                string
	Campaigns                      int
	Budget, Approved, Acknowledged string
}

type stageGroup struct {
	name      string
	campaigns []*site.Campaign
}

// stageOrder is the order in which campaigns come to their stages.
var stageOrder = []string{"proposed", "approved", "acknowledged"}

// stages returns the campaigns by their stage.
func stages(campaigns []*site.Campaign) []stageGroup {
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
func sums(campaigns []*site.Campaign) []campaignSum {
	var all []campaignSum
	for _, g := range stages(campaigns) {
		byCurrency := map[string][]*site.Campaign{}
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
				sumOf(some, func(c *site.Campaign) string { return c.Amount }),
				sumOf(some, func(c *site.Campaign) string { return c.Approved }),
				sumOf(some, func(c *site.Campaign) string { return c.Acknowledged }),
			})
		}
	}
	return all
}

// sumOf adds up amounts; those that are none are left out. It is empty where
// there is nothing to add up.
func sumOf(campaigns []*site.Campaign, amount func(*site.Campaign) string) string {
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
	return grouped(sum.String())
}
