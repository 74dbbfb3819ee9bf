package site

import (
	"cmp"

	"gitlab.com/gitlab-com/alliances/internal/grant"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/privacy"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// A publisher knows how records of a kind are shown.
type publisher struct {
	kind   string
	mask   *privacy.Mask
	fields []schema.Field
	titles map[string]map[string]string // of fields whose values have titles in the handbook
}

func (c *Collector) publisher(kind string) *publisher {
	fields := c.rules.Schemas.Fields(kind)
	return &publisher{kind, privacy.NewMask(c.rules.Schemas.Document(kind), c.options.Private), fields, c.tables(kind)}
}

// maxColumns is how many values of a record a list shows.
const maxColumns = 4

// columns returns the titles of a kind's first scalars that may be published.
func (p *publisher) columns() []string {
	var titles []string
	for _, field := range p.fields {
		scalar := field.Type != "object" && field.Type != "array"
		if scalar && p.mask.Shows(field.Name) && len(titles) < maxColumns {
			titles = append(titles, cmp.Or(field.Title, field.Name))
		}
	}
	return titles
}

// tableTitles returns the titles that a table of the handbook gives.
func (c *Collector) tableTitles(table string) map[string]string {
	all := map[string]string{}
	if root := c.rules.Policies.Handbook.Newest().Root.Field(table); root != nil {
		for i := range root.Fields {
			all[root.Fields[i].Key] = text(root.Fields[i].Value, "title")
		}
	}
	return all
}

// tables returns where the handbook has titles for the values of a kind's
// fields.
func (c *Collector) tables(kind string) map[string]map[string]string {
	switch kind {
	case layout.PartnerKind:
		return map[string]map[string]string{
			"type": c.tableTitles("partner_types"), "criteria": c.tableTitles("criteria"), "delivery_models": c.tableTitles("delivery_models"),
		}
	case grant.Kind:
		return map[string]map[string]string{"product": c.tableTitles("products")}
	}
	return nil
}
