package review

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// Rules are what a change does to what judges the records, and what that does
// to the records.
type Rules struct {
	Handbook []change.Difference // numbers and tables, by their path in the handbook's data
	Schemas  []Part              // by kind
	Rules    []Part              // by id, and what they share, by its path below policies/
	Valid    []string            // paths of the records that are no longer wrong, sorted
	Invalid  []finding.Finding   // the first finding in each record that was right before
	Problem  string              // why the records cannot be judged as before; "" where they can
}

// A Part is a schema or a rule that the change adds, changes or removes.
type Part struct {
	Name   string
	Change string // added, changed, removed
}

// CompareRules tells what differs between the schemas and policies of two
// trees, each read from its root, and judges the records of the second by both.
func CompareRules(ctx context.Context, before, after fs.FS, jobs int) (*Rules, error) {
	r := &Rules{}
	var err error
	if r.Handbook, err = compareHandbooks(before, after); err != nil {
		return nil, err
	}
	if r.Schemas, err = compareParts(before, after, "schemas", schemaName); err != nil {
		return nil, err
	}
	if r.Rules, err = compareParts(before, after, "policies", ruleName); err != nil {
		return nil, err
	}
	return r, r.judge(ctx, before, after, jobs)
}

const schemaSuffix = ".schema.json"

func schemaName(file string) string {
	if kind, ok := strings.CutSuffix(path.Base(file), schemaSuffix); ok && path.Dir(file) == "schemas" {
		return kind
	}
	return ""
}

func ruleName(file string) string {
	if path.Ext(file) != ".rego" || strings.HasSuffix(file, "_test.rego") {
		return ""
	}
	return strings.TrimPrefix(path.Dir(strings.TrimPrefix(file, "policies/")), "rules/")
}

// compareParts compares the files below dir that name gives a name, and returns
// each name once.
func compareParts(before, after fs.FS, dir string, name func(file string) string) ([]Part, error) {
	was, err := readAll(before, dir, name)
	if err != nil {
		return nil, err
	}
	is, err := readAll(after, dir, name)
	if err != nil {
		return nil, err
	}
	var parts []Part
	for name, text := range is {
		if old, ok := was[name]; !ok {
			parts = append(parts, Part{name, "added"})
		} else if old != text {
			parts = append(parts, Part{name, "changed"})
		}
	}
	for name := range was {
		if _, ok := is[name]; !ok {
			parts = append(parts, Part{name, "removed"})
		}
	}
	slices.SortFunc(parts, func(a, b Part) int { return strings.Compare(a.Name, b.Name) })
	return parts, nil
}

// readAll returns the text of the files below dir by the name that name gives
// them; those of one name come together.
func readAll(fsys fs.FS, dir string, name func(file string) string) (map[string]string, error) {
	texts := map[string]string{}
	err := fs.WalkDir(fsys, dir, func(file string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || entry.IsDir() || name(file) == "" {
			return err
		}
		text, err := fs.ReadFile(fsys, file)
		texts[name(file)] += string(text)
		return err
	})
	return texts, err
}

func compareHandbooks(before, after fs.FS) ([]change.Difference, error) {
	isData := func(file string) string {
		if path.Ext(file) != ".yaml" {
			return ""
		}
		return file
	}
	was, err := readAll(before, "policies/handbook", isData)
	if err != nil {
		return nil, err
	}
	is, err := readAll(after, "policies/handbook", isData)
	if err != nil {
		return nil, err
	}
	return change.Differences(handbook(was), handbook(is)), nil
}

// handbook returns the data of all files as one value. What cannot be read is
// left out: judging by it says so.
func handbook(files map[string]string) *record.Node {
	data := &record.Node{Kind: record.Map}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		if rec, _ := record.Load(file, []byte(files[file])); rec != nil {
			data.Fields = append(data.Fields, rec.Root.Fields...)
		}
	}
	return data
}

// judge finds the records that are right by the rules of one side alone.
func (r *Rules) judge(ctx context.Context, before, after fs.FS, jobs int) error {
	was, err := errorsBy(ctx, before, after, jobs)
	if err != nil {
		r.Problem = err.Error()
		return nil
	}
	is, err := errorsBy(ctx, after, after, jobs)
	if err != nil {
		return err
	}
	for file := range was {
		if _, wrong := is[file]; !wrong {
			r.Valid = append(r.Valid, file)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(is)) {
		if _, wrong := was[file]; !wrong {
			r.Invalid = append(r.Invalid, is[file])
		}
	}
	slices.Sort(r.Valid)
	return nil
}

// errorsBy judges records by the rules of a tree and returns the first error in
// each file that has one.
func errorsBy(ctx context.Context, rules, records fs.FS, jobs int) (map[string]finding.Finding, error) {
	load := func() (*check.Rules, error) {
		schemas, err := fs.Sub(rules, "schemas")
		if err != nil {
			return nil, err
		}
		policies, err := fs.Sub(rules, "policies")
		if err != nil {
			return nil, err
		}
		return check.LoadRules(schemas, policies)
	}
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
