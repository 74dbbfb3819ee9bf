package site

import (
	"cmp"
	"maps"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/grant"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/privacy"
	"gitlab.com/gitlab-com/alliances/internal/profile"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// addPartner adds the folder's partner. One whose record cannot be read goes by
// its folder's name: what else is in the folder still belongs to it.
func (b *builder) addPartner(records []loaded) {
	r := loaded{Masked: privacy.Masked{Path: b.partnerPath}, publisher: b.publishers[layout.PartnerKind]}
	if i := slices.IndexFunc(records, func(r loaded) bool { return r.kind() == layout.PartnerKind }); i >= 0 {
		r = records[i]
		b.node = r.Public
	}
	p := &Partner{}
	if b.node != nil {
		p.Exhibit = b.exhibit(r)
	} else {
		p.Exhibit = Exhibit{Kind: r.kind(), Path: r.Path, Folder: b.shelf.name, ID: idOf(r.Path), Findings: b.take(r.Path)}
	}
	p.Name = cmp.Or(text(b.node, "name"), flat(b.shelf.name))
	p.Aliases = texts(b.node.Field("aliases"))
	p.Type, p.Status, p.Priority = text(b.node, "type"), text(b.node, "status"), text(b.node, "priority")
	p.Lead = text(b.node, "lead")
	p.Criteria, p.Models = texts(b.node.Field("criteria")), texts(b.node.Field("delivery_models"))
	if b.node != nil && p.Priority == "" {
		p.Priority = "standard" // which is what leaving it out means
	}
	handbook := b.rules.Policies.Handbook.Newest()
	p.TypeTitle = cmp.Or(handbook.Text("partner_types", p.Type, "title"), p.Type)
	p.Category = handbook.Text("partner_types", p.Type, "category")
	p.CategoryTitle = cmp.Or(handbook.Text("partner_categories", p.Category, "title"), p.Category)
	p.Missing = b.missing(r)
	p.Starts = b.starts(b.shelf.name)
	b.shelf.partner = p
}

func (b *builder) license(r loaded) *License {
	l := &License{
		Exhibit: b.exhibit(r), Partner: b.shelf.partner,
		Product: text(r.Public, "product"), Plan: text(r.Public, "plan"), Purpose: text(r.Public, "purpose"),
		StartsAt: day(r.Public, "starts_at"), ExpiresAt: day(r.Public, "expires_at"),
		Revoked: day(r.Public, "revoked", "date"), RevokedFor: text(r.Public, "revoked", "reason"),
	}
	g, ok := grant.ReadTerm(r.Public)
	if !ok || l.StartsAt == "" || l.ExpiresAt == "" || g.Revoked != l.Revoked {
		return l
	}
	if g.Seats > 0 {
		b.grants = append(b.grants, g)
	}
	l.Seats, l.End = g.Seats, g.End()
	state := profile.LicenseState(r.Public, b.options.AsOf)
	if l.State = state.Stage; state.DaysLeft != nil {
		l.DaysLeft = *state.DaysLeft
	}
	return l
}

// steps returns how many seats run, from the first to the last change.
func steps(grants []grant.Grant) []Step {
	changes := map[string]int{}
	for _, g := range grants {
		if g.Starts < g.End() {
			changes[g.Starts] += g.Seats
			changes[g.End()] -= g.Seats
		}
	}
	var all []Step
	seats := 0
	for _, day := range slices.Sorted(maps.Keys(changes)) {
		if changes[day] != 0 {
			seats += changes[day]
			all = append(all, Step{day, seats})
		}
	}
	return all
}

func (b *builder) campaign(r loaded) *Campaign {
	state := profile.Of(b.subject(r)).State
	return &Campaign{
		Exhibit: b.exhibit(r), Partner: b.shelf.partner, Topic: text(r.Public, "topic"),
		StartsOn: day(r.Public, "timeline", "starts_on"), EndsOn: day(r.Public, "timeline", "ends_on"),
		Amount: amount(r.Public, "budget"), Currency: currency(text(r.Public, "budget", "currency")),
		Approved: amount(r.Public, "spend_approval"), Acknowledged: amount(r.Public, "credit_acknowledgement"),
		Stage: flat(state.Stage), WaitsFor: flat(state.WaitsFor), Issue: Address(text(r.Public, "issue")),
	}
}

// amount returns the amount in an object of a campaign, "" where there is none
// that could be added up.
func amount(n *record.Node, object string) string {
	value := n.At([]string{object, "amount"})
	if value == nil || value.Kind != record.Number || value.Text == "" || len(value.Text) > maxDigits {
		return ""
	}
	for _, r := range value.Text {
		if r < '0' || r > '9' {
			return ""
		}
	}
	return value.Text
}

// maxDigits is how many digits a number may have, so that many can be added up
// as int64.
const maxDigits = 15

// currency returns a code of three capitals, "" for anything else.
func currency(text string) string {
	if len(text) != 3 {
		return ""
	}
	for _, r := range text {
		if r < 'A' || r > 'Z' {
			return ""
		}
	}
	return text
}

func (b *builder) request(r loaded) *Request {
	return &Request{
		Exhibit: b.exhibit(r),
		Type:    text(r.Public, "type"), ReceivedOn: day(r.Public, "received_on"), Description: text(r.Public, "description"),
		Status: text(r.Public, "status"), Lead: text(r.Public, "lead"),
	}
}

func (b *builder) proposal(r loaded) *Proposal {
	return &Proposal{Exhibit: b.exhibit(r), ContactedOn: day(r.Public, "contacted_on")}
}
