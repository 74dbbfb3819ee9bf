package agenda

import (
	"io"

	"gitlab.com/gitlab-com/alliances/internal/format"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// Options say how to write an agenda.
type Options struct {
	Link string // address that a file's path is appended to for its page; "" for no links
}

var formats = format.Set[func(w io.Writer, a *Agenda, o Options) error]{
	{Name: "text", Writer: writeText},
	{Name: "markdown", Writer: writeMarkdown},
	{Name: "json", Writer: writeJSON},
	{Name: "ics", Writer: writeCalendar},
}

// Formats returns the names of the formats, the default one first.
func Formats() []string { return formats.Names() }

// Write writes an agenda to w in the format of that name.
func Write(name string, w io.Writer, a *Agenda, o Options) error {
	write, err := formats.Get(name)
	if err != nil {
		return err
	}
	return format.Whole(w, func(w io.Writer) error { return write(w, a, o) })
}

// headings are what a list of the items of a time is called.
var headings = map[Time]string{Overdue: "Overdue", Waiting: "Waiting", Coming: "Coming"}

// each calls f with the items of each time, if there are any.
func (a *Agenda) each(f func(heading string, items []Item)) {
	for _, t := range times {
		var items []Item
		for _, item := range a.Items {
			if item.Time == t {
				items = append(items, item)
			}
		}
		if len(items) > 0 {
			f(headings[t], items)
		}
	}
}

// summary says in a line how much is due.
func (a *Agenda) summary() string {
	due := "Nothing is"
	switch n := len(a.Items); {
	case n == 1:
		due = "1 thing is"
	case n > 1:
		due = source.Count(n, "thing", "things") + " are"
	}
	text := due + " due on " + a.AsOf
	if a.Within > 0 {
		text += " or within " + source.Count(a.Within, "day", "days")
	}
	if a.Lead != "" {
		text += ", for " + a.Lead
	}
	return text
}

// matter says of which record what is the matter.
func (i *Item) matter() string {
	if i.Kind == layout.PartnerKind {
		return i.Partner + " " + i.Text
	}
	return i.Title + " of " + i.Partner + " " + i.Text
}

// Distance says how far the day of an item is, "" where there is none.
func (i *Item) Distance() string {
	switch {
	case i.Day == "":
		return ""
	case i.Days == 0:
		return "today"
	case i.Days > 0:
		return "in " + source.Count(i.Days, "day", "days")
	case i.Time == Waiting:
		return "for " + source.Count(-i.Days, "day", "days")
	}
	return source.Count(-i.Days, "day", "days") + " ago"
}
