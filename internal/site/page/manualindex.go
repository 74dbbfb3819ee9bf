package page

import (
	"encoding/json"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// A manualEntry is what the search knows of a thing that the manual explains: what
// it is, its title, its page and place, a name that tells it from others, and more
// words to find it by.
type manualEntry [5]string

// manualIndex makes the script that holds what the search of the manual looks in. A
// page that is read from a file may load scripts alone.
func (pr *printer) manualIndex(body *manualBody) error {
	var entries []manualEntry
	for i := range pr.site.Rules {
		r := &pr.site.Rules[i]
		entries = append(entries, manualEntry{"Rule", r.Title, OfRule(r.ID), r.ID, r.Description + " " + r.Help})
	}
	for i := range body.Records {
		entries = append(entries, recordEntries(&body.Records[i])...)
	}
	for i := range body.Commands {
		entries = append(entries, commandEntries(&body.Commands[i])...)
	}
	for _, g := range body.Guides {
		entries = append(entries, guideEntries(g)...)
	}
	for i := range entries {
		for j, text := range entries[i] {
			entries[i][j] = oneLine(strings.Join(strings.Fields(text), " "))
		}
	}
	data, err := json.Marshal(entries)
	if err != nil {
		return err
	}
	text := append([]byte("window.alliancesManual = "), data...)
	return pr.write(site.File{Name: "assets/manual.js", Data: append(text, ";\n"...)})
}

// recordEntries returns what there is to find of a kind of record, and of its fields.
func recordEntries(r *recordGuideBody) []manualEntry {
	page := recordGuidePage(r.Kind)
	all := []manualEntry{{"Record", r.Title, page, r.Kind, r.Description + " " + r.Place}}
	for i := range r.Fields {
		f := &r.Fields[i]
		more := f.Description
		for _, choice := range f.Choices {
			more += " " + choice.Text + " " + choice.Title
		}
		all = append(all, manualEntry{"Field", f.Title, at(page, fieldAnchor(f.Path)), r.Kind + ": " + dotted(f.Path), more})
	}
	return all
}

// commandEntries returns what there is to find of a command, and of its flags.
func commandEntries(c *site.Command) []manualEntry {
	name, page := "alliances "+c.Name, commandPage(c.Name)
	all := []manualEntry{{"Command", name, page, c.Short, c.Long}}
	for _, f := range c.Flags {
		all = append(all, manualEntry{"Flag", f.Name, at(page, flagAnchor(f.Name)), name, f.Usage})
	}
	return all
}

// guideEntries returns what there is to find of the sections of a guide.
func guideEntries(g *guideBody) []manualEntry {
	var all []manualEntry
	for _, s := range g.Sections {
		if s.Level == 1 {
			all = append(all, manualEntry{"Guide", s.Title, g.Page, g.Path, s.Text})
		} else {
			all = append(all, manualEntry{"Guide", s.Title, at(g.Page, s.ID), g.Title, s.Text})
		}
	}
	return all
}
