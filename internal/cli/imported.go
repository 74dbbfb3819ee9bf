package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/draft"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/fix"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/lookup"
	"gitlab.com/gitlab-com/alliances/internal/overlay"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
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

// folderOf returns the folder of the partner of that name, or "".
func (m *imported) folderOf(name string) string {
	i := slices.IndexFunc(m.partners, func(p lookup.PartnerFolder) bool {
		return name != "" && p.Folder == name || slices.ContainsFunc(p.Names, func(n string) bool { return strings.EqualFold(n, name) })
	})
	if i < 0 {
		return ""
	}
	return m.partners[i].Folder
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

// judge judges all records where they would be, and corrects what no row gives.
func (m *imported) judge(ctx context.Context) error {
	found, err := m.settle(ctx)
	if err != nil {
		return err
	}
	for _, f := range found {
		if r := m.byPath[f.File]; r != nil && r.after != nil {
			m.problems = append(m.problems, rowProblem{r.row.Number, r.column(&f), r.message(&f), !f.Severity.AtLeast(finding.Error)})
		}
	}
	slices.SortStableFunc(m.problems, func(a, b rowProblem) int { return a.row - b.row })
	return nil
}

// settle returns what is found once nothing more can be corrected.
func (m *imported) settle(ctx context.Context) (found []finding.Finding, err error) {
	folders := m.folders()
	if len(folders) == 0 {
		return nil, nil
	}
	session := &check.Session{
		Tree: m.tree, Rules: m.space.rulebook, Options: check.Options{Jobs: runtime.GOMAXPROCS(0), Only: folders},
	}
	var changed []string
	for range maxRounds {
		result, err := session.Judge(ctx, changed)
		if err != nil {
			return nil, err
		}
		found = result.Findings
		if changed = m.correct(&result); len(changed) == 0 {
			break
		}
	}
	return found, nil
}

// folders returns the names of the folders in which something is written.
func (m *imported) folders() (names []string) {
	for _, r := range m.rows {
		if r.after != nil {
			name, _ := layout.FolderOf(r.path)
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// tree returns the records as they would be.
func (m *imported) tree() *repo.Tree {
	files := overlay.New(m.space.state.Files)
	for _, r := range m.rows {
		if r.after != nil {
			files.Set(r.path, r.after)
		}
	}
	return m.space.state.With(files).Tree()
}

// correct gives new records the values that are known to be right, where their rows
// give none, and returns the paths of those that it has changed.
func (m *imported) correct(result *check.Result) (changed []string) {
	for _, f := range result.Findings {
		r := m.byPath[f.File]
		if r != nil && r.before == nil && r.after != nil && f.IsFixable() && r.Correct(f.Path, f.Expected.JSON(), result.Rules.Title(f.Rule)+".") {
			r.after = r.text(r.path)
			changed = append(changed, r.path)
		}
	}
	return changed
}

// column returns the column that a finding is about, or nil.
func (r *importedRow) column(f *finding.Finding) *table.Column {
	for i := range r.values {
		value, at := pointer.Of(r.values[i].Path), f.Pointer()
		if value == at || strings.HasPrefix(value, at+"/") && at != "" || strings.HasPrefix(at, value+"/") {
			return r.values[i].Column
		}
	}
	return nil
}

// message says what is wrong, what to do, and by which rule.
func (r *importedRow) message(f *finding.Finding) string {
	help := f.Help
	if path := append(slices.Clone(f.Path), f.Subject); f.Rule == "schema/required" {
		field, _ := r.Field(path)
		help = fmt.Sprintf("Write it into a column `%s`. %s", table.Heading(path), field.Description)
	}
	text := f.Message + " [" + f.Rule + "]"
	if help != "" {
		text += "\n    " + help
	}
	return text
}

// tell says what is wrong, row by row, and reports whether that is in the way.
func (m *imported) tell(w io.Writer) (inTheWay bool) {
	rows := map[int]bool{}
	for _, problem := range m.problems {
		where := fmt.Sprintf("%s, row %d", source.Visible(m.file), problem.row)
		if c := problem.column; c != nil {
			where += fmt.Sprintf(", %s (cell %s)", source.Visible(c.Heading), table.CellName(c.Index, problem.row))
		}
		fmt.Fprintf(w, "%s: %s\n", where, visibleLines(problem.message))
		if !problem.warning {
			inTheWay, rows[problem.row] = true, true
		}
	}
	if inTheWay {
		fmt.Fprintf(w, "\nalliances: nothing was written: %s of %d to be put right\n", source.Counted(len(rows), "row"), len(m.sheet.Rows))
	}
	return inTheWay
}

// tellWritten says what was written, or would be.
func (m *imported) tellWritten(w io.Writer) error {
	var written, changed int
	var b strings.Builder
	for _, r := range m.rows {
		switch {
		case r.after == nil && r.before == nil:
			fmt.Fprintf(&b, "row %d: %s is there already, and was left as it is\n", r.row.Number, r.path)
		case r.before != nil && r.after != nil:
			changed++
		case r.after != nil:
			written++
		}
	}
	would := ""
	if m.flags.dryRun {
		would = "would be "
	}
	fmt.Fprintf(&b, "%s %swritten", source.Counted(written, "record"), would)
	if m.flags.update {
		fmt.Fprintf(&b, ", %d changed", changed)
	}
	b.WriteString(".\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// write writes all records, or none.
func (m *imported) write(ctx context.Context) (err error) {
	var changes []fix.Change
	var made []string
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("nothing was written: %w", err), m.space.remove(made))
		}
	}()
	for _, r := range m.rows {
		switch {
		case r.after == nil:
		case r.before != nil:
			changes = append(changes, fix.Change{Path: r.path, Before: r.before, After: r.after})
		default:
			more, err := m.space.create(r.path, r.after)
			made = append(made, more...)
			if err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			return errors.New("it was interrupted")
		}
	}
	return m.space.replace(ctx, changes)
}
