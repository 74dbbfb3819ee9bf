package review

import (
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/lazy"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A Message is what a commit says of a change, and what its branch may be called.
type Message struct {
	Subject, Body string
	Branch        string
	Kinds         []string // of the records that change, sorted
}

// Message tells a change as git tells commits: what it does as an order, and below
// that what happens in the records' own words.
func (r *Review) Message() Message {
	var body strings.Builder
	r.writePartners(&body)
	m := Message{Body: strings.TrimSpace(body.String()), Kinds: r.kindNames()}
	if only := r.only(); only != nil {
		do := only.Events[0].Do
		m.Subject = capital(do) + " " + only.String()
		m.Branch = branchName(do, only.Partner, only.day())
	} else {
		m.Subject, m.Branch = r.summary(), branchName("change", r.place())
	}
	m.Subject = source.Shorten(source.Inline(m.Subject), maxSubject)
	return m
}

// maxSubject is how many characters of a subject git's own lists show.
const maxSubject = 72

// A single is the one record that a change is about.
type single struct {
	RecordReview
	name string // its partner's
}

// only returns the one record that a change is about, or nil. A partner that comes
// with its first records is what the change is about.
func (r *Review) only() *single {
	if len(r.Partners) != 1 || len(r.Others) > 0 || r.Rules != nil {
		return nil
	}
	p := r.Partners[0]
	first := p.Changes[0]
	if isNew := first.Kind == layout.PartnerKind && first.Before == nil && !first.Unknown; len(p.Changes) > 1 && !isNew {
		return nil
	}
	return &single{first, p.Name}
}

// String names the record.
func (s *single) String() string {
	title := strings.ToLower(s.Title)
	switch {
	case s.Kind == layout.PartnerKind:
		return title + " " + s.name
	case layout.IsPartners(s.Partner):
		return title + " for " + s.name
	}
	return title + " " + strings.TrimSuffix(path.Base(s.Path), layout.RecordExt)
}

var leadingDay = lazy.Pattern(`^[0-9]{4}(-[0-9]{2}){0,2}`)

// day returns the day or month that the record is called by, or else its name.
func (s *single) day() string {
	id := strings.TrimSuffix(path.Base(s.Path), layout.RecordExt)
	switch day := leadingDay().FindString(id); {
	case s.Kind == layout.PartnerKind:
		return ""
	case day != "":
		return day
	}
	return id
}

// place names the partner that a change is about, or says that there are several.
func (r *Review) place() string {
	if len(r.Partners) == 1 {
		return r.Partners[0].Folder
	}
	return "records"
}

// branchName joins what a branch is called by.
func branchName(parts ...string) string {
	var words []string
	for _, part := range parts {
		if part = strings.Trim(part, "_"); part != "" {
			words = append(words, strings.ReplaceAll(part, " ", "-"))
		}
	}
	return strings.Join(words, "-")
}

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func (r *Review) kindNames() []string {
	var names []string
	for _, p := range r.Partners {
		for _, c := range p.Changes {
			if c.Kind != "" {
				names = append(names, c.Kind)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
