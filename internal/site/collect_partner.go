package site

import (
	"cmp"
	"maps"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/grant"
	"gitlab.com/gitlab-com/alliances/internal/profile"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// addPartner adds the folder's partner. One whose record cannot be read goes by
// its folder's name: what else is in the folder still belongs to it.
func (b *builder) addPartner(listed *repo.Folder, records []loaded) {
	r := loaded{kind: b.kinds[repo.PartnerKind], path: listed.PartnerPath()}
	if i := slices.IndexFunc(records, func(r loaded) bool { return r.kind.name == repo.PartnerKind }); i >= 0 {
		r = records[i]
		b.node = r.public
	}
	p := &Partner{}
	if b.node != nil {
		p.Record = b.record(r)
	} else {
		p.Record = Record{Kind: r.kind.name, Path: r.path, Folder: listed.Name, ID: idOf(r.path), Findings: b.take(r.path)}
	}
	p.Name = cmp.Or(text(b.node, "name"), line(listed.Name))
	p.Aliases = texts(b.node.Field("aliases"))
	p.Type, p.Status, p.Priority = text(b.node, "type"), text(b.node, "status"), text(b.node, "priority")
	p.Criteria, p.Models = texts(b.node.Field("criteria")), texts(b.node.Field("delivery_models"))
	if b.node != nil && p.Priority == "" {
		p.Priority = "standard" // which is what leaving it out means
	}
	handbook := b.Rules.Policies.Handbook
	p.TypeTitle = cmp.Or(handbook.Text("partner_types", p.Type, "title"), p.Type)
	p.Category = handbook.Text("partner_types", p.Type, "category")
	p.CategoryTitle = cmp.Or(handbook.Text("partner_categories", p.Category, "title"), p.Category)
	b.folder.partner = p
}

func (b *builder) license(r loaded) *License {
	l := &License{
		Record: b.record(r), Partner: b.folder.partner,
		Product: text(r.public, "product"), Plan: text(r.public, "plan"), Purpose: text(r.public, "purpose"),
		StartsAt: day(r.public, "starts_at"), ExpiresAt: day(r.public, "expires_at"),
		Revoked: day(r.public, "revoked", "on"), RevokedFor: text(r.public, "revoked", "reason"),
	}
	g, ok := grant.ReadTerm(r.public)
	if !ok || l.StartsAt == "" || l.ExpiresAt == "" || g.Revoked != l.Revoked {
		return l
	}
	if g.Seats > 0 {
		b.grants = append(b.grants, g)
	}
	l.Seats, l.End = g.Seats, g.End()
	state := profile.LicenseState(r.public, b.AsOf)
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
	state := b.state(r)
	return &Campaign{
		Record: b.record(r), Partner: b.folder.partner, Topic: text(r.public, "topic"),
		StartsOn: day(r.public, "timeline", "starts_on"), EndsOn: day(r.public, "timeline", "ends_on"),
		Amount: amount(r.public, "budget"), Currency: currency(text(r.public, "budget", "currency")),
		Approved: amount(r.public, "spend_approval"), Acknowledged: amount(r.public, "credit_acknowledgement"),
		Stage: line(state.Stage), WaitsFor: line(state.WaitsFor), Issue: link(text(r.public, "issue")),
	}
}

// state returns what a record has come to by the handbook's steps.
func (b *builder) state(r loaded) profile.State {
	return profile.Of(profile.Subject{
		Record: &record.Record{Path: r.path, Root: r.public}, Kind: r.kind.name,
		Folder: b.folder.partner.Name, Partner: b.node,
		Schemas: b.Rules.Schemas, Handbook: b.Rules.Policies.Handbook, AsOf: b.AsOf,
	}).State
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
		Record: b.record(r), Partner: b.folder.partner,
		Type: text(r.public, "type"), ReceivedOn: day(r.public, "received_on"), Description: text(r.public, "description"),
		Status: text(r.public, "status"), Lead: text(r.public, "lead"), NextSteps: texts(r.public.Field("next_steps")),
	}
}

func (b *builder) proposal(r loaded) *Proposal {
	return &Proposal{Record: b.record(r), Partner: b.folder.partner, ContactedOn: day(r.public, "contacted_on")}
}
