package review

import (
	"context"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// RuleChanges are what a change does to what judges the records, and what that
// does to the records.
type RuleChanges struct {
	Handbook []change.Difference // numbers and tables, by their path in the handbook's data
	Schemas  []PartChange        // by kind
	Rules    []PartChange        // by id, and what they share, by its path below policies/
	Valid    []string            // paths of the records that are no longer wrong, sorted
	Invalid  []finding.Finding   // the first finding in each record that was right before
	Problem  string              // why the records cannot be judged as before; "" where they can
}

// A PartChange is a schema or a rule that the change adds, changes or removes.
type PartChange struct {
	Name   string
	Change string // added, changed, removed
}

// RuleFiles are what records are judged by, each from its own folder.
type RuleFiles struct{ Schemas, Policies fs.FS }

// CompareRules tells what differs between two sets of schemas and policies, and
// judges records by both: those that are in old, too.
func CompareRules(ctx context.Context, before, after RuleFiles, old, records fs.FS, jobs int) (*RuleChanges, error) {
	r := &RuleChanges{}
	var err error
	if r.Schemas, err = compareParts(before.Schemas, after.Schemas, schemaName); err != nil {
		return nil, err
	}
	if r.Rules, err = compareParts(before.Policies, after.Policies, ruleName); err != nil {
		return nil, err
	}
	is, err := policy.ReadHandbook(after.Policies)
	if err != nil {
		return nil, err
	}
	was, err := policy.ReadHandbook(before.Policies)
	if err != nil {
		r.Problem = err.Error()
		return r, nil
	}
	r.Handbook = change.Differences(was.Root, is.Root)
	return r, r.judge(ctx, before, after, old, records, jobs)
}

const schemaSuffix = ".schema.json"

func schemaName(file string) string {
	if kind, ok := strings.CutSuffix(file, schemaSuffix); ok && path.Dir(file) == "." {
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
func (r *RuleChanges) judge(ctx context.Context, before, after RuleFiles, old, records fs.FS, jobs int) error {
	was, err := errorsBy(ctx, before, records, jobs)
	if err != nil {
		r.Problem = err.Error()
		return nil
	}
	is, err := errorsBy(ctx, after, records, jobs)
	if err != nil {
		return err
	}
	isNew := func(file string) bool {
		_, err := fs.Lstat(old, file)
		return err != nil
	}
	for file := range was {
		if _, wrong := is[file]; !wrong && !isNew(file) {
			r.Valid = append(r.Valid, file)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(is)) {
		if _, wrong := was[file]; !wrong && !isNew(file) {
			r.Invalid = append(r.Invalid, is[file])
		}
	}
	slices.Sort(r.Valid)
	return nil
}

// errorsBy judges records and returns the first error in each file that has one.
func errorsBy(ctx context.Context, rules RuleFiles, records fs.FS, jobs int) (map[string]finding.Finding, error) {
	load := func() (*check.Rules, error) { return check.LoadRules(rules.Schemas, rules.Policies) }
	result, err := check.Run(ctx, repo.New(records), load, check.Options{Jobs: jobs})
	if err != nil {
		return nil, err
	}
	first := map[string]finding.Finding{}
	for _, f := range result.Findings {
		if _, known := first[f.File]; !known && f.Severity == finding.Error {
			first[f.File] = f
		}
	}
	return first, nil
}
