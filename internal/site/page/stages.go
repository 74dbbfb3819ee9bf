package page

import (
	"cmp"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

type stageGroup struct {
	name      string
	campaigns []*site.Campaign
}

// stageOrder is the order in which campaigns come to their stages.
var stageOrder = []string{"proposed", "approved", "acknowledged", "claimed", "reimbursed", declined}

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
