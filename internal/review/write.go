package review

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/format"
	"gitlab.com/gitlab-com/alliances/internal/grant"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// Options say how to write a review.
type Options struct {
	BaseLink, HeadLink string // addresses that a file's path is appended to for its page before and after; "" for no links
	HistoryLink        string // for its history before
}

var formats = format.Set[func(w io.Writer, r *Review, o Options) error]{
	{Name: "text", Writer: writeText},
	{Name: "markdown", Writer: writeMarkdown},
	{Name: "json", Writer: writeJSON},
}

// Formats returns the names of the formats, the default one first.
func Formats() []string { return formats.Names() }

// Write writes a review to w in the format of that name.
func Write(name string, w io.Writer, r *Review, o Options) error {
	write, err := formats.Get(name)
	if err != nil {
		return err
	}
	return format.Whole(w, func(w io.Writer) error { return write(w, r, o) })
}

// summary says in a line what happened how often, by kind.
func (r *Review) summary() string {
	var parts []string
	for _, kind := range r.kinds() {
		parts = append(parts, kind.title+": "+kind.verbs())
	}
	if rules := r.Rules.summary(); rules != "" {
		parts = append(parts, rules)
	}
	if len(r.Others) > 0 {
		parts = append(parts, source.Count(len(r.Others), "other file in partners/", "other files in partners/"))
	}
	if len(parts) == 0 {
		return "No record changes, and nothing that judges records"
	}
	return strings.Join(parts, ". ")
}

// A tally counts what happened to the records of one kind.
type tally struct {
	title string
	order []string // verbs, as they come
	count map[string]int
	seats map[string]int // of new grants, by their verb
}

// kinds counts by kind, sorted by title.
func (r *Review) kinds() []*tally {
	var all []*tally
	byTitle := map[string]*tally{}
	for _, p := range r.Partners {
		for _, c := range p.Changes {
			t := byTitle[c.Title]
			if t == nil {
				t = &tally{title: c.Title, count: map[string]int{}, seats: map[string]int{}}
				byTitle[c.Title] = t
				all = append(all, t)
			}
			t.add(c)
		}
	}
	slices.SortFunc(all, func(a, b *tally) int { return strings.Compare(a.title, b.title) })
	return all
}

func (t *tally) add(c RecordReview) {
	for _, event := range c.Events {
		if t.count[event.Verb]++; t.count[event.Verb] == 1 {
			t.order = append(t.order, event.Verb)
		}
	}
	if c.Kind == grant.Kind && c.Before == nil && c.After != nil {
		if g, ok := grant.Read(c.After.Root); ok {
			t.seats[c.Events[0].Verb] += g.Seats
		}
	}
}

func (t *tally) verbs() string {
	var parts []string
	for _, verb := range t.order {
		part := fmt.Sprintf("%d %s", t.count[verb], verb)
		if seats := t.seats[verb]; seats > 0 {
			part += " (" + source.Count(seats, "seat", "seats") + ")"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

func (r *RuleChanges) summary() string {
	if r == nil {
		return ""
	}
	text := fmt.Sprintf("Rules: %d changed", len(r.Handbook)+len(r.Schemas)+len(r.Rules))
	if n := len(r.Invalid); n > 0 {
		text += ", " + source.Count(n, "record becomes wrong", "records become wrong")
	}
	if n := len(r.Valid); n > 0 {
		text += ", " + source.Count(n, "record becomes right", "records become right")
	}
	return text
}

// text says how many seats run.
func (s *Seats) text() string {
	text := fmt.Sprintf("Seats that run on %s: %d before, %d after", source.Visible(s.Day), s.Before, s.After)
	if s.Cap > 0 {
		text += fmt.Sprintf("; the cap is %d", s.Cap)
	}
	return text
}

// below returns a record's path from its partner's folder.
func (p *PartnerReview) below(name string) string {
	return strings.TrimPrefix(name, path.Join(layout.Partners, p.Folder)+"/")
}
