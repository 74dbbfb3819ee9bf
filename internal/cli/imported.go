package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/draft"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/lookup"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/internal/table"
)

// An imported table is on its way to records.
type imported struct {
	program  *Program
	space    *workspace
	rules    *check.Rulebook
	kind     string
	flags    *importFlags
	file     string // the table's
	partners []lookup.PartnerFolder
	sheet    *table.Sheet
	fields   *table.Fields
	reading  *table.Reading
	blank    *draft.Draft // of the kind, with nothing in it

	rows     []*importedRow
	byPath   map[string]*importedRow
	problems []rowProblem
}

// An importedRow is the record of a row.
type importedRow struct {
	*newRecord
	row    *table.Row
	values []table.Value
	path   string
	before []byte // what the file holds; nil where it is new
	after  []byte // what it is to hold; nil where it stays as it is
}

// A rowProblem is what is wrong with a row.
type rowProblem struct {
	row     int
	column  *table.Column // nil where it is not about one
	message string
	warning bool
}

// tableFields returns what columns a table of a kind can have.
func tableFields(schemas *schema.Set, kind string) *table.Fields {
	fields := &table.Fields{Kind: []string{kind, strings.ToLower(schemas.Title(kind, nil))}, Fields: schemas.Fields(kind)}
	for _, name := range schemas.Placeholders(kind) {
		isField := slices.ContainsFunc(fields.Fields, func(f schema.Field) bool { return f.Name == name })
		if !isField {
			fields.Names = append(fields.Names, name)
		}
	}
	return fields
}

// wrong notes what is wrong with a row.
func (m *imported) wrong(row *table.Row, column *table.Column, message string) {
	m.problems = append(m.problems, rowProblem{row: row.Number, column: column, message: message})
}

// draftAll makes a draft of each row, and finds the place of each.
func (m *imported) draftAll(ctx context.Context) error {
	m.byPath = map[string]*importedRow{}
	for i := range m.sheet.Rows {
		if err := ctx.Err(); err != nil {
			return errors.New("it was interrupted, and nothing was written")
		}
		if err := m.draft(&m.sheet.Rows[i]); err != nil {
			return err
		}
	}
	return nil
}

func (m *imported) draft(row *table.Row) error {
	values, names, problems := m.reading.Row(row)
	for _, problem := range problems {
		m.wrong(row, problem.Column, problem.Message)
	}
	if kind := names[table.KindName]; kind != "" && kind != m.kind {
		m.wrong(row, nil, fmt.Sprintf("it says that it is of the kind %q", source.Inline(kind)))
		return nil
	}
	r := &importedRow{row: row, values: values, newRecord: &newRecord{
		Draft: m.blank.Clone(), program: m.program, space: m.space, schemas: m.rules.Schemas,
		handbook: m.rules.Policies.Handbook, id: names["id"], inTable: true,
	}}
	for _, value := range values {
		r.Set(value.Path, value.Value)
	}
	if m.kind == layout.PartnerKind && m.folderOf(names["partner"]) == "" && m.folderOf(r.Value("name")) != "" {
		r.values = slices.DeleteFunc(r.values, func(v table.Value) bool { return pointer.Of(v.Path) == "/name" }) // it says which partner it is
	}
	if problem := m.findPartner(r, names["partner"]); problem != "" {
		m.wrong(row, nil, problem)
		return nil
	}
	return m.place(r)
}

// findPartner finds out whose record it is, or returns why it cannot.
func (m *imported) findPartner(r *importedRow, named string) (problem string) {
	switch {
	case m.kind == layout.PartnerKind:
		r.partner = cmp.Or(m.folderOf(named), named, m.folderOf(r.Value("name")))
	case !slices.Contains(m.fields.Names, "partner"):
	case named == "":
		return "it says of no partner whose record it is: give the table a column partner"
	default:
		if r.partner = m.folderOf(named); r.partner != "" {
			return ""
		}
		var err error
		if r.partner, err = lookup.Among(m.partners, named); err != nil {
			return err.Error()
		}
	}
	return ""
}

// folderOf returns the folder of the partner of that name, or "" where there is none,
// or several.
func (m *imported) folderOf(name string) string {
	var found []string
	for _, p := range m.partners {
		switch {
		case name == "":
		case p.Folder == name:
			return name
		case slices.ContainsFunc(p.Names, func(n string) bool { return strings.EqualFold(n, name) }):
			found = append(found, p.Folder)
		}
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

// place finds the place of a record, and sees what is there.
func (m *imported) place(r *importedRow) error {
	r.Fill(r.sources())
	free := r.id == ""
	name, err := r.place()
	if err != nil {
		m.wrong(r.row, nil, err.Error())
		return nil
	}
	if free && len(r.taken) > 0 && r.isThere(r.taken[0]) {
		name = r.taken[0]
	}
	for i := 2; free && m.byPath[name] != nil && m.kind != layout.PartnerKind && !m.sameAs(r, m.byPath[name]); i++ {
		name = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, layout.RecordExt), i, layout.RecordExt)
	}
	if other := m.byPath[name]; other != nil {
		m.wrong(r.row, nil, fmt.Sprintf("row %d is the same record (%s)", other.row.Number, name))
		return nil
	}
	r.path = name
	m.byPath[name] = r
	m.rows = append(m.rows, r)
	if !m.space.state.Has(name) {
		r.after = r.text(name)
		return nil
	}
	return m.update(r)
}

// sameAs reports whether two rows give the same values.
func (m *imported) sameAs(a, b *importedRow) bool {
	return a.partner == b.partner && string(a.Text("")) == string(b.Text(""))
}

// update gives a record that is there the values of its row.
func (m *imported) update(r *importedRow) error {
	text, err := fs.ReadFile(m.space.state.Files, r.path)
	if err != nil || !m.flags.update {
		return err
	}
	r.before = text
	now, _ := record.Load(r.path, text)
	if now == nil {
		m.wrong(r.row, nil, fmt.Sprintf("%s cannot be read: `alliances validate` says why", r.path))
		return nil
	}
	var problems []table.Problem
	if r.values, problems = table.Within(now.Root, r.values); len(problems) > 0 {
		m.wrong(r.row, problems[0].Column, problems[0].Message)
		return nil
	}
	for _, value := range r.values {
		if was := now.Root.At(value.Path); was != nil && table.Same(was, value.Value) {
			continue
		}
		var ok bool
		if text, ok = now.Put(value.Path, value.Value, r.comesBefore); ok {
			now, _ = record.Load(r.path, text)
		}
		if !ok || now == nil {
			m.wrong(r.row, value.Column, fmt.Sprintf("%s is written in a way in which it cannot be changed from here: change it there", r.path))
			return nil
		}
	}
	if string(text) != string(r.before) {
		r.after = text
	}
	return nil
}

// comesBefore reports whether a field comes before another one of the same object.
func (r *importedRow) comesBefore(a, b []string) bool {
	fields := r.Fields
	if len(a) > 1 {
		above, _ := r.Field(a[:len(a)-1])
		fields = above.Fields
	}
	at := func(path []string) int {
		return slices.IndexFunc(fields, func(f schema.Field) bool { return f.Name == path[len(path)-1] })
	}
	return at(a) < at(b)
}
