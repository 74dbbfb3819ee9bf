package page

import (
	"cmp"
	"math/big"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// A budget is the campaigns with amounts in one currency, by their stage.
type budget struct {
	Currency string // "" where it is not known
	Stages   []stageSum
}

// A stageSum is the amounts of a stage, with a bar for what is asked for, beside
// the largest one in that currency, and one for what of it is approved.
type stageSum struct {
	Stage                          string
	Campaigns                      int
	Budget, Approved, Acknowledged amount
	Bars                           []bar
}

// budgets adds up the amounts of campaigns by currency and stage.
func budgets(campaigns []*site.Campaign) []budget {
	byCurrency := map[string][]*site.Campaign{}
	var all []budget
	for _, c := range campaigns {
		if byCurrency[c.Currency] == nil {
			all = append(all, budget{Currency: c.Currency})
		}
		byCurrency[c.Currency] = append(byCurrency[c.Currency], c)
	}
	const last = "~" // comes behind all letters, as amounts of no currency do
	slices.SortFunc(all, func(x, y budget) int { return cmp.Compare(cmp.Or(x.Currency, last), cmp.Or(y.Currency, last)) })
	for i := range all {
		all[i].add(byCurrency[all[i].Currency])
	}
	return all
}

func (b *budget) add(campaigns []*site.Campaign) {
	most := amount{big.NewInt(1)}
	for _, g := range stages(campaigns) {
		sum := stageSum{
			Stage: g.name, Campaigns: len(g.campaigns),
			Budget:       sumOf(g.campaigns, func(c *site.Campaign) string { return c.Amount }),
			Approved:     sumOf(g.campaigns, func(c *site.Campaign) string { return c.Approved }),
			Acknowledged: sumOf(g.campaigns, func(c *site.Campaign) string { return c.Acknowledged }),
		}
		b.Stages = append(b.Stages, sum)
		most = most.orMore(sum.Budget).orMore(sum.Approved)
	}
	for i := range b.Stages {
		s := &b.Stages[i]
		s.Bars = []bar{
			{X: "0", Width: inPercent(s.Budget.share(most)), Class: "bar-planned"},
			{X: "0", Width: inPercent(s.Approved.share(most)), Class: "bar-running"},
		}
	}
}

// An amount is money, nil where nobody says how much.
type amount struct{ units *big.Int }

// sumOf adds up amounts; those that are none are left out.
func sumOf(campaigns []*site.Campaign, text func(*site.Campaign) string) (sum amount) {
	for _, c := range campaigns {
		n, ok := new(big.Int).SetString(text(c), 10)
		switch {
		case ok && sum.units == nil:
			sum.units = n
		case ok:
			sum.units.Add(sum.units, n)
		}
	}
	return sum
}

// String returns an amount with its thousands apart, "" where it is not known.
func (a amount) String() string {
	if a.units == nil {
		return ""
	}
	return grouped(a.units.String())
}

// orMore returns an amount that is known, or the other one if that is larger.
func (a amount) orMore(other amount) amount {
	if other.units != nil && other.units.Cmp(a.units) > 0 {
		return other
	}
	return a
}

// share returns which part an amount is of another one, which is known and not 0.
func (a amount) share(of amount) float64 {
	if a.units == nil {
		return 0
	}
	part, _ := new(big.Rat).SetFrac(a.units, of.units).Float64()
	return part
}
