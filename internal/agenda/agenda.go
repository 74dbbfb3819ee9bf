// Package agenda tells what is due on a day: what should have been done by then,
// what waits for somebody, and what comes in the days after it. What of a record
// is due, its schema says; what is to be done about it, that or the handbook's
// steps.
package agenda

import (
	"cmp"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/profile"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// An Agenda is what is due on a day and in some days after it.
type Agenda struct {
	AsOf   string // YYYY-MM-DD
	Within int    // days
	Lead   string // whose it is, such as @alliance-manager; "" where it is everybody's
	Items  []Item // what is overdue, what waits and what comes, each by day
}

// Soon is how many days ahead an agenda tells of, unless somebody says otherwise.
const Soon = 30

// A Time is when an item is due.
type Time string

// The times, in their order.
const (
	Overdue Time = "overdue" // it should have been done
	Waiting Time = "waiting" // it can be done now
	Coming  Time = "coming"  // it happens, or has to be done, on a day to come
)

var times = []Time{Overdue, Waiting, Coming}

// An Item is a record of which something is due.
type Item struct {
	Time    Time
	Day     string // on or by which it is due, or since when it waits; "" where nobody says
	Days    int    // that Day is ahead, or ago where that is below 0
	Kind    string
	Title   string // what people call the kind
	Path    string
	Partner string   // its name
	Leads   []string // handles of those who look after it
	Text    string   // what is the matter, behind the record's name
	Summary string   // what the record says of itself
	Section string   // of the handbook; may be empty
	Steps   []profile.Step
}

// Of returns what is due of a record on the subject's day and within some days,
// and whether anything is.
func Of(s profile.Subject, within int) (item Item, ok bool) {
	dues := s.Schemas.Dues(s.Kind)
	for i := range dues {
		due := &dues[i]
		if !due.Fits(s.Record.Root) {
			continue
		}
		if item, ok = timed(due, s.Record.Root, s.AsOf); ok && item.Days <= within && item.tell(due, s) {
			return item, true
		}
	}
	return Item{}, false
}

// timed returns an item that is due when the record says so, and whether it is
// still to come or to be done.
func timed(due *schema.Due, root *record.Node, asOf string) (item Item, ok bool) {
	if due.Timing == schema.Undated {
		return Item{Time: Waiting}, true
	}
	day := due.Day(root)
	if !record.IsDay(day) {
		return Item{}, false
	}
	item = Item{Time: Coming, Day: day, Days: profile.DaysBetween(asOf, day)}
	switch {
	case due.Timing == schema.Since:
		item.Time = Waiting
		return item, item.Days <= 0
	case due.Timing == schema.By && item.Days <= 0:
		item.Time = Overdue
	}
	return item, due.Timing == schema.By || item.Days >= 0
}

// tell says of the item what is the matter and what to do, and reports whether
// anything is the matter.
func (i *Item) tell(due *schema.Due, s profile.Subject) bool {
	p := profile.Of(s)
	text, ok := due.Text(s.Record.Root, p.State.WaitsFor)
	if !ok {
		return false
	}
	i.Kind, i.Title, i.Path, i.Partner = p.Kind, p.Title, p.Path, source.Inline(p.Partner)
	i.Leads = leadsOf(s.Record.Root, s.Partner)
	event, _ := s.Schemas.Event(s.Kind, "")
	_, i.Summary = event.Of(s.Record.Root)
	i.Text, i.Section, i.Steps = text, p.Section, p.Steps
	if step := due.Step(s.Record.Root); step != "" {
		i.Section, i.Steps = s.Handbook.Newest().Heading(due.Section), []profile.Step{{Text: step}}
	}
	return true
}

// leadsOf returns who looks after a record: whoever leads it, and who looks after
// its partner.
func leadsOf(root, partner *record.Node) (handles []string) {
	for _, n := range []*record.Node{root, partner} {
		handles = append(handles, n.Field("lead").AsText())
		if leads := n.Field("leads"); leads != nil {
			for _, lead := range leads.Items {
				handles = append(handles, lead.AsText())
			}
		}
	}
	slices.Sort(handles)
	return slices.DeleteFunc(slices.Compact(handles), func(handle string) bool { return handle == "" })
}

// sameHandle reports whether two handles are one person's, who may be named
// without the @.
func sameHandle(a, b string) bool {
	return strings.EqualFold(strings.TrimPrefix(a, "@"), strings.TrimPrefix(b, "@"))
}

// Compare orders items by time, then by day, those without one last.
func Compare(a, b Item) int {
	return cmp.Or(
		cmp.Compare(slices.Index(times, a.Time), slices.Index(times, b.Time)),
		cmp.Compare(cmp.Or(a.Day, "~"), cmp.Or(b.Day, "~")),
		cmp.Compare(a.Path, b.Path),
	)
}
