package review

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/chronicle"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/state"
)

// RuleChanges are what a change does to what judges the records, and what that
// does to the records.
type RuleChanges struct {
	Handbook []chronicle.Turn  // numbers and tables, by the day from which on they are different
	Schemas  []PartChange      // by kind
	Rules    []PartChange      // by id, and what they share, by its path below policies/
	Valid    []string          // paths of the records that are no longer wrong, sorted
	Invalid  []finding.Finding // the first finding in each record that was right before
	Problem  string            // why the records cannot be judged as before; "" where they can
}

// A PartChange is a schema or a rule that the change adds, changes or removes.
type PartChange struct {
	Name   string
	Change string // added, changed, removed
}

// CompareRules tells what a change does to schemas and policies, and judges the
// records, those that were there before, by both. is is what judges them after
// the change; jobs is how many folders to judge at a time.
func CompareRules(ctx context.Context, c *state.Change, is *check.Rulebook, jobs int) (*RuleChanges, error) {
	r := &RuleChanges{}
	before, err := c.Before.Rules()
	if err != nil {
		r.Problem = err.Error()
		return r, nil
	}
	after, err := c.After.Rules()
	if err != nil {
		return nil, err
	}
	if r.Schemas, err = compareParts(before.Schemas, after.Schemas, schemaName); err != nil {
		return nil, err
	}
	if r.Rules, err = compareParts(before.Policies, after.Policies, ruleName); err != nil {
		return nil, err
	}
	handbook, err := policy.ReadHandbook(before.Policies)
	if err != nil {
		r.Problem = err.Error()
		return r, nil
	}
	r.Handbook = chronicle.Compare(handbook, is.Policies.Handbook)
	was, err := check.Load(before.Schemas, before.Policies)
	if err != nil {
		r.Problem = err.Error()
		return r, nil
	}
	return r, r.judge(ctx, c, was, is, jobs)
}

func schemaName(file string) string {
	if kind, ok := strings.CutSuffix(file, layout.SchemaExt); ok && path.Dir(file) == "." {
		return kind
	}
	return ""
}

func ruleName(file string) string {
	if path.Ext(file) != ".rego" || strings.HasSuffix(file, "_test.rego") {
		return ""
	}
	return strings.TrimPrefix(path.Dir(file), "rules/")
}

// compareParts compares the files that name gives a name, and returns each name
// once.
func compareParts(before, after fs.FS, name func(file string) string) ([]PartChange, error) {
	was, err := readAll(before, name)
	if err != nil {
		return nil, err
	}
	is, err := readAll(after, name)
	if err != nil {
		return nil, err
	}
	var parts []PartChange
	for name, text := range is {
		if old, ok := was[name]; !ok {
			parts = append(parts, PartChange{name, "added"})
		} else if old != text {
			parts = append(parts, PartChange{name, "changed"})
		}
	}
	for name := range was {
		if _, ok := is[name]; !ok {
			parts = append(parts, PartChange{name, "removed"})
		}
	}
	slices.SortFunc(parts, func(a, b PartChange) int { return strings.Compare(a.Name, b.Name) })
	return parts, nil
}

// readAll returns the text of the files by the name that name gives them; those
// of one name come together.
func readAll(fsys fs.FS, name func(file string) string) (map[string]string, error) {
	texts := map[string]string{}
	err := fs.WalkDir(fsys, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name(file) == "" {
			return err
		}
		text, err := fs.ReadFile(fsys, file)
		texts[name(file)] += string(text)
		return err
	})
	return texts, err
}

// judge finds the records that are right by the rules of one side alone.
func (r *RuleChanges) judge(ctx context.Context, c *state.Change, was, is *check.Rulebook, jobs int) error {
	load := func() (*check.Rulebook, error) { return is, nil }
	result, err := check.Run(ctx, c.After.Tree(), load, check.Options{Jobs: jobs, Against: was})
	if errors.Is(err, repo.ErrNoRecords) {
		r.Problem = err.Error()
		return nil
	}
	if err != nil {
		return err
	}
	if result.Against.Err != nil {
		r.Problem = result.Against.Err.Error()
		return nil
	}
	wrong, wasWrong := firstErrors(result.Findings), firstErrors(result.Against.Findings)
	for _, file := range slices.Sorted(maps.Keys(wasWrong)) {
		if _, still := wrong[file]; !still && c.Before.Has(file) {
			r.Valid = append(r.Valid, file)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(wrong)) {
		if _, before := wasWrong[file]; !before && c.Before.Has(file) {
			r.Invalid = append(r.Invalid, wrong[file])
		}
	}
	return nil
}

// firstErrors returns the first error in each file that has one.
func firstErrors(findings []finding.Finding) map[string]finding.Finding {
	first := map[string]finding.Finding{}
	for _, f := range findings {
		if _, known := first[f.File]; !known && f.Severity == finding.Error {
			first[f.File] = f
		}
	}
	return first
}
