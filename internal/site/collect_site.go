package site

import (
	"cmp"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/grant"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// assemble makes the site of its folders.
func (c *collector) assemble(folders []*folder) *Site {
	site := &Site{
		AsOf: c.AsOf, Private: c.Private, SeatCap: c.Rules.Policies.Handbook.Whole("license", "seat_cap"),
		Rules: c.Rules.Policies.Rules(), Built: builtRules(), Sections: sections(c.Rules.Policies),
		Handbook: c.Rules.Policies.Handbook, Findings: len(c.Findings),
	}
	for _, f := range folders {
		site.Months = append(site.Months, f.months...)
		site.Unplaced = append(site.Unplaced, f.unplaced...)
		if p := f.partner; p != nil {
			site.Partners = append(site.Partners, p)
			site.Licenses = append(site.Licenses, p.Licenses...)
			site.Campaigns = append(site.Campaigns, p.Campaigns...)
		}
	}
	sortPartners(site.Partners)
	sortLicenses(site.Licenses)
	sortCampaigns(site.Campaigns)
	slices.SortFunc(site.Months, func(a, b *Month) int {
		return cmp.Or(strings.Compare(a.Month, b.Month), strings.Compare(a.Path, b.Path))
	})
	site.Platforms = order(site.Months, installations, smau)
	site.Methods = order(site.Months, downloads)
	site.Models = c.models(site.Partners)
	site.Kinds = c.otherKinds(folders)
	c.hideShared(site, folders)
	return site
}

func sortPartners(all []*Partner) {
	slices.SortFunc(all, func(a, b *Partner) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.Folder, b.Folder))
	})
}

// sections returns the address of each section of the handbook that a rule comes
// from.
func sections(policies *policy.Set) map[string]string {
	addresses := map[string]string{}
	for _, rule := range policies.Rules() {
		addresses[rule.Handbook] = rule.HandbookURL
	}
	return addresses
}

// builtRules returns the validator's own rules, by id.
func builtRules() []*finding.Rule {
	all := slices.Concat(record.Rules(), repo.Rules(), schema.Rules())
	slices.SortFunc(all, func(a, b *finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// models returns the handbook's delivery models, and who sells each.
func (c *collector) models(partners []*Partner) []*Model {
	table := c.Rules.Policies.Handbook.Root.Field("delivery_models")
	if table == nil {
		return nil
	}
	sellers := map[string][]*Partner{}
	for _, p := range partners {
		for _, name := range p.Models {
			if sold := sellers[name]; len(sold) == 0 || sold[len(sold)-1] != p {
				sellers[name] = append(sold, p)
			}
		}
	}
	var all []*Model
	for i := range table.Fields {
		all = append(all, c.model(table.Fields[i], sellers))
	}
	return all
}

func (c *collector) model(row record.Field, sellers map[string][]*Partner) *Model {
	m := &Model{
		Name: row.Key, Title: cmp.Or(text(row.Value, "title"), row.Key), State: text(row.Value, "state"),
		Partners: sellers[row.Key],
	}
	for i := range row.Value.Fields {
		name, value := row.Value.Fields[i].Key, row.Value.Fields[i].Value
		if name == "title" || name == "state" {
			continue
		}
		m.Fields = append(m.Fields, Field{Title: spelled(name), Text: c.cell(value)})
	}
	return m
}

// cell returns a value of the handbook's table in words.
func (c *collector) cell(n *record.Node) string {
	switch {
	case n.Kind == record.Bool && n.True():
		return "yes"
	case n.Kind == record.Bool:
		return "no"
	}
	return titled(n, c.titles("partner_types"))
}

// spelled returns the words of a name.
func spelled(name string) string {
	words := strings.ReplaceAll(name, "_", " ")
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// titles returns the titles that a table of the handbook gives.
func (c *collector) titles(table string) map[string]string {
	all := map[string]string{}
	if root := c.Rules.Policies.Handbook.Root.Field(table); root != nil {
		for i := range root.Fields {
			all[root.Fields[i].Key] = text(root.Fields[i].Value, "title")
		}
	}
	return all
}

// tables returns where the handbook has titles for the values of a kind's
// fields.
func (c *collector) tables(kind string) map[string]map[string]string {
	switch kind {
	case repo.PartnerKind:
		return map[string]map[string]string{
			"type": c.titles("partner_types"), "criteria": c.titles("criteria"), "delivery_models": c.titles("delivery_models"),
		}
	case grant.Kind:
		return map[string]map[string]string{"product": c.titles("products")}
	}
	return nil
}

// maxColumns is how many values of a record a list shows.
const maxColumns = 4

// otherKinds returns the kinds without pages of their own, and their records by
// path.
func (c *collector) otherKinds(folders []*folder) []*Kind {
	var all []*Kind
	byName := map[string]*Kind{}
	for _, name := range c.Rules.Schemas.Kinds() {
		own := []string{repo.PartnerKind, grant.Kind, campaignKind, requestKind, proposalKind, kpiKind}
		if slices.Contains(own, name) || c.kinds[name].mask.hidesAll() {
			continue
		}
		description, _ := c.Rules.Schemas.Document(name)["description"].(string)
		kind := &Kind{Name: name, Title: c.Rules.Schemas.Title(name, nil), Description: description, Columns: c.kinds[name].columns()}
		byName[name] = kind
		all = append(all, kind)
	}
	for _, f := range folders {
		for _, r := range f.others {
			byName[r.Kind].Records = append(byName[r.Kind].Records, r)
		}
	}
	return all
}

// columns returns the titles of a kind's first scalars that may be published.
func (k *kind) columns() []string {
	var titles []string
	for _, field := range k.fields {
		scalar := field.Type != "object" && field.Type != "array"
		if scalar && k.mask.shows(field.Name) && len(titles) < maxColumns {
			titles = append(titles, cmp.Or(field.Title, field.Name))
		}
	}
	return titles
}
