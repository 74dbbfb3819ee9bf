package cli

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/overlay"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/table"
)

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
