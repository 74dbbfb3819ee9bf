// Package profile puts a record into its context: what follows from it on a
// day, and what the handbook has to be done next.
package profile

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/fill"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/grant"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A Subject is a record and what is around it.
type Subject struct {
	Record   *record.Record
	Kind     string
	Folder   string         // the name of the folder that it is in
	Partner  *record.Node   // the folder's partner; nil where there is none
	Grants   []grant.Grant  // of the partner
	Holds    map[string]int // how many records of each kind the folder holds
	Schemas  *schema.Set
	Handbook policy.Handbook
	AsOf     string // YYYY-MM-DD
}

// handbook returns the handbook in force on the day that the record is of.
func (s *Subject) handbook() policy.Edition {
	return s.Handbook.On(s.Schemas.Day(s.Kind, s.Record.Root))
}

// A Profile is a record in its context.
type Profile struct {
	Path     string
	Kind     string
	Title    string // what people call the kind
	Partner  string // the partner's name, or its folder's
	AsOf     string
	Record   *record.Node
	State    State
	Seats    *Seats // of the partner; nil where there is none
	Holds    []Held // of a partner, what else its folder holds
	Findings []finding.Finding
	Waived   []finding.Waived // what does not count; of a waiver, what it sets aside
	Partial  bool             // whether the findings leave out what compares a partner with all others
	Section  string           // of the handbook, that the steps are from; may be empty
	Steps    []Step
}

// A State is what a record has come to.
type State struct {
	Stage    string // running, proposed, …; "" where there is no word for it
	Detail   string // since when, or until when
	WaitsFor string // what it needs to come further; may be empty
	DaysLeft *int   // until a licence or a waiver ends; nil where it does not run, or for good
}

// Held is how many records of a kind a folder holds.
type Held struct {
	Title string // what people call the kind
	Count int
}

// Seats are the seats of a partner's grants that run on the day, and how many may
// run on it.
type Seats struct{ InUse, Cap int }

// A Step is something to be done.
type Step struct {
	Text  string
	Enter []Input
	Link  string // may be empty
}

// An Input is a value to be typed somewhere.
type Input struct{ Name, Value string }

// Of returns the profile of a record, without findings.
func Of(s Subject) Profile {
	p := Profile{
		Path: s.Record.Path, Kind: s.Kind, Title: s.Schemas.Title(s.Kind, nil), Partner: s.Folder, AsOf: s.AsOf,
		Record: s.Record.Root,
	}
	if name := s.Partner.Field("name"); name != nil && name.IsScalar() {
		p.Partner = name.Text
	}
	switch s.Kind {
	case grant.Kind:
		p.State = LicenseState(s.Record.Root, s.AsOf)
	case layout.WaiverKind:
		p.State = WaiverState(s.Record.Root, s.AsOf)
	}
	if s.Partner != nil && (s.Kind == grant.Kind || s.Kind == layout.PartnerKind) {
		p.Seats = &Seats{grant.SeatsOn(s.Grants, s.AsOf), s.Handbook.On(s.AsOf).Whole("license", "seat_cap")}
	}
	if s.Kind == layout.PartnerKind {
		p.Holds = s.held()
	}
	s.next(&p)
	return p
}

// held returns what a partner's folder holds besides the partner, by kind.
func (s *Subject) held() []Held {
	var all []Held
	for _, kind := range slices.Sorted(maps.Keys(s.Holds)) {
		if kind != layout.PartnerKind && kind != "" {
			all = append(all, Held{s.Schemas.Title(kind, nil), s.Holds[kind]})
		}
	}
	return all
}

// LicenseState tells whether a licence runs on a day, and for how long: nothing
// where too little of it can be read.
func LicenseState(root *record.Node, day string) State {
	g, ok := grant.ReadTerm(root)
	if !ok {
		return State{}
	}
	switch left := DaysBetween(day, g.End()); {
	case g.Revoked != "" && g.Revoked <= day:
		return State{Stage: "revoked", Detail: fmt.Sprintf("since %s, %s ago", g.Revoked, days(DaysBetween(g.Revoked, day)))}
	case g.Starts > day:
		return State{Stage: "planned", Detail: fmt.Sprintf("until %[3]s, starts on %[1]s, in %[2]s", g.Starts, days(DaysBetween(day, g.Starts)), g.End())}
	case g.RunsOn(day):
		return State{Stage: "running", Detail: fmt.Sprintf("until %s, %s left", g.End(), days(left)), DaysLeft: &left}
	default:
		return State{Stage: "expired", Detail: fmt.Sprintf("since %s, %s ago", g.End(), days(-left))}
	}
}

// Ended is the stage of a waiver that no longer holds.
const Ended = "ended"

// WaiverState tells whether a waiver holds on a day, and for how long.
func WaiverState(root *record.Node, day string) State {
	end := root.Field("expires_at").AsText()
	switch {
	case root.Field("expires_at") == nil:
		return State{Stage: "in force", Detail: "for good"}
	case !record.IsDate(end):
		return State{}
	case end <= day:
		return State{Stage: Ended, Detail: fmt.Sprintf("since %s, %s ago", end, days(DaysBetween(end, day)))}
	}
	left := DaysBetween(day, end)
	return State{Stage: "in force", Detail: fmt.Sprintf("until %s, %s left", end, days(left)), DaysLeft: &left}
}

// DaysBetween returns how many days it is from one day to another, 0 where one
// of them is none.
func DaysBetween(from, to string) int {
	start, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return 0
	}
	end, err := time.Parse(time.DateOnly, to)
	if err != nil {
		return 0
	}
	return int((end.Unix() - start.Unix()) / (24 * 60 * 60))
}

func days(n int) string { return source.Count(n, "day", "days") }

// next takes from the handbook's data what the record has come to, and what
// comes next.
func (s *Subject) next(p *Profile) {
	entry := s.entry(p)
	if entry == nil {
		return
	}
	if stage := text(entry, "stage"); stage != "" {
		p.State.Stage = stage
	}
	p.State.WaitsFor, _ = s.fill(text(entry, "waits_for"))
	p.Section = s.Handbook.Newest().Heading(text(entry, "section"))
	if then := entry.Field("then"); then != nil {
		for _, item := range then.Items {
			if step, ok := s.step(item); ok {
				p.Steps = append(p.Steps, step)
			}
		}
	}
}

// entry returns the first entry that fits the record, or nil.
func (s *Subject) entry(p *Profile) *record.Node {
	entries := s.handbook().Root.At([]string{"steps", s.Kind})
	if entries == nil {
		return nil
	}
	for _, entry := range entries.Items {
		if when := entry.Field("when"); when == nil || s.fits(when, p.State.Stage) {
			return entry
		}
	}
	return nil
}

func (s *Subject) fits(when *record.Node, state string) bool {
	for _, condition := range when.Fields {
		value := s.Record.Root.At(strings.Split(condition.Key, "."))
		if condition.Key == "state" {
			value = &record.Node{Kind: record.String, Text: state}
		}
		if !value.Fits(texts(condition.Value)...) {
			return false
		}
	}
	return true
}

// texts returns the text of a scalar, or of each entry of a list.
func texts(n *record.Node) []string {
	if n.Kind != record.List {
		return []string{n.Text}
	}
	all := make([]string, len(n.Items))
	for i, item := range n.Items {
		all[i] = item.Text
	}
	return all
}

// step fills in a step, if all that it needs is known.
func (s *Subject) step(n *record.Node) (step Step, ok bool) {
	if step.Text, ok = s.fill(text(n, "text")); !ok {
		return step, false
	}
	if enter := n.Field("enter"); enter != nil {
		for _, field := range enter.Fields {
			if value, ok := s.fill(field.Value.Text); ok {
				step.Enter = append(step.Enter, Input{field.Key, value})
			}
		}
	}
	step.Link = s.link(n.Field("link"))
	return step, true
}

// link returns an address: `to`, and the other fields as its query.
func (s *Subject) link(n *record.Node) string {
	if n == nil {
		return ""
	}
	to, ok := s.fill(text(n, "to"))
	query := map[string]string{}
	for _, field := range n.Fields {
		if field.Key != "to" {
			value, known := s.fill(field.Value.Text)
			query[field.Key] = value
			ok = ok && known
		}
	}
	if !ok {
		return ""
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(query)) {
		// A plus is a blank to some readers of a query, and a plus to others.
		parts = append(parts, strings.ReplaceAll(url.QueryEscape(name)+"="+url.QueryEscape(query[name]), "+", "%20"))
	}
	return to + "?" + strings.Join(parts, "&")
}

func text(n *record.Node, name string) string {
	if value := n.Field(name); value != nil && value.IsScalar() {
		return value.Text
	}
	return ""
}

// fill puts values into a text, and reports whether all of them are known.
func (s *Subject) fill(template string) (filled string, ok bool) {
	return fill.Text(template, func(name string) (string, bool) {
		root, path, _ := strings.Cut(name, ".")
		roots := map[string]*record.Node{"record": s.Record.Root, "partner": s.Partner, "handbook": s.handbook().Root}
		value := roots[root].At(strings.Split(path, "."))
		if value == nil || !value.IsScalar() {
			return "", false
		}
		return strings.Join(strings.Fields(value.Text), " "), true
	})
}
