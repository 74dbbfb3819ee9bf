package site

import (
	"cmp"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/catalogue"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/grant"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// assemble makes the site of its shelves.
func (c *Collector) assemble(shelves []*shelf) *Site {
	handbook := c.rules.Policies.Handbook
	site := &Site{
		AsOf: c.options.AsOf, Private: c.options.Private, Commit: c.options.Commit, Links: c.options.Links, SeatCap: seatCap(handbook.On(c.options.AsOf)), Caps: caps(handbook),
		Rules: catalogue.New(c.rules).Rules, Handbook: handbook.Newest(), Titles: c.titles, Findings: c.findings,
	}
	for _, f := range shelves {
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
	site.Platforms = order(site.Months, Installations, SMAU)
	site.Methods = order(site.Months, Downloads)
	site.Models = c.models(site.Partners)
	site.Kinds = c.otherKinds(shelves)
	c.hideShared(site, shelves)
	return site
}

func sortPartners(all []*Partner) {
	slices.SortFunc(all, func(a, b *Partner) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.Folder, b.Folder))
	})
}

func seatCap(handbook policy.Edition) int { return handbook.Whole("license", "seat_cap") }

// caps returns how many seats may run from when on, of the first handbook without
// a day; nil where it does not say.
func caps(handbook policy.Handbook) (all []Step) {
	for _, edition := range handbook.Editions() {
		if limit := seatCap(edition); limit > 0 && (len(all) == 0 || all[len(all)-1].Seats != limit) {
			all = append(all, Step{edition.Since, limit})
		}
	}
	return all
}

// models returns the handbook's delivery models, and who sells each.
func (c *Collector) models(partners []*Partner) []*Model {
	table := c.rules.Policies.Handbook.Newest().Root.Field("delivery_models")
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

func (c *Collector) model(row record.Field, sellers map[string][]*Partner) *Model {
	m := &Model{
		Name: row.Key, Title: cmp.Or(text(row.Value, "title"), row.Key), State: text(row.Value, "state"),
		Partners: sellers[row.Key],
	}
	for i := range row.Value.Fields {
		name, value := row.Value.Fields[i].Key, row.Value.Fields[i].Value
		if name == "title" || name == "state" {
			continue
		}
		m.Fields = append(m.Fields, Field{Title: line(spelled(name)), Text: line(c.cell(value))})
	}
	return m
}

// cell returns a value of the handbook's table in words.
func (c *Collector) cell(n *record.Node) string {
	switch {
	case n.Kind == record.Bool && n.True():
		return "yes"
	case n.Kind == record.Bool:
		return "no"
	}
	return titled(n, c.tableTitles("partner_types"))
}

// spelled returns the words of a name.
func spelled(name string) string {
	words := strings.ReplaceAll(name, "_", " ")
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// otherKinds returns the kinds without pages of their own, and their records by
// path.
func (c *Collector) otherKinds(shelves []*shelf) []*Kind {
	var all []*Kind
	byName := map[string]*Kind{}
	for _, name := range c.rules.Schemas.Kinds() {
		own := []string{layout.PartnerKind, grant.Kind, campaignKind, requestKind, proposalKind, kpiKind}
		if slices.Contains(own, name) || c.publishers[name].mask.HidesAll() {
			continue
		}
		description, _ := c.rules.Schemas.Document(name)["description"].(string)
		kind := &Kind{Name: name, Title: c.rules.Schemas.Title(name, nil), Description: description, Columns: c.publishers[name].columns()}
		byName[name] = kind
		all = append(all, kind)
	}
	for _, f := range shelves {
		for _, r := range f.others {
			byName[r.Kind].Records = append(byName[r.Kind].Records, r)
		}
	}
	return all
}

// hideShared withholds findings that have words of what is private in another
// folder.
func (c *Collector) hideShared(site *Site, shelves []*shelf) {
	words := c.redactor.Words()
	for _, f := range shelves {
		for _, text := range f.shared {
			words.Add(text)
		}
	}
	if words.Empty() {
		return
	}
	site.EachFindings(func(findings []finding.Finding) {
		for i := range findings {
			findings[i] = c.redactor.Without(findings[i], words)
		}
	})
	for _, p := range site.Partners {
		for _, w := range p.Waived {
			w.Finding = c.redactor.Without(w.Finding, words)
		}
	}
}
