package lsp

import (
	"context"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/fix"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// TestFindsWhatCheckFinds holds the server against a run of the validator: in what
// breaks each rule, and in the fixtures.
func TestFindsWhatCheckFinds(t *testing.T) {
	rules, err := realRules()
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range rules.Policies.Rules() {
		t.Run(rule.ID, func(t *testing.T) { compare(t, rule.Wrong) })
	}
	fixtures, err := filepath.Glob("../check/testdata/*.txtar")
	if err != nil || len(fixtures) == 0 {
		t.Fatalf("there are no fixtures: %v", err)
	}
	for _, fixture := range fixtures {
		archive, err := txtar.ParseFile(fixture)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{}
		for _, file := range archive.Files {
			if strings.HasPrefix(file.Name, layout.Partners+"/") {
				files[file.Name] = string(file.Data)
			}
		}
		if len(files) > 0 {
			t.Run(path.Base(fixture), func(t *testing.T) { compare(t, files) })
		}
	}
}

func compare(t *testing.T, files map[string]string) {
	result, err := check.Run(context.Background(), repo.New(filesOf(files)), realRules, check.Options{Jobs: 1, AsOf: "2026-12-01"})
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for i := range result.Findings {
		f := &result.Findings[i]
		want = append(want, fmt.Sprint(f.File, expected(f)))
	}
	slices.Sort(want)
	// What is open counts, not what is saved.
	saved := filesOf(files)
	for name := range files {
		saved.write(name, "saved: before\n")
	}
	c := connect(t, repository(saved), nil)
	names := slices.Sorted(maps.Keys(files))
	for _, name := range names {
		c.open(name, files[name])
	}
	for _, name := range names {
		c.settled(name)
	}
	if len(files) == 1 {
		compareFixed(c, names[0], files)
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	var got []string
	for uri, marks := range c.marks {
		for _, d := range marks {
			got = append(got, fmt.Sprint(strings.TrimPrefix(uri, "file://"+root+"/"), d.Range, d.Severity, d.Code, d.Message))
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-check +server):\n%s", diff)
	}
}

// compareFixed holds what puts right all of a text against what --fix makes of it.
func compareFixed(c *client, name string, files map[string]string) {
	c.t.Helper()
	tree := fix.New(filesOf(files))
	session := &check.Session{
		Tree: func() *repo.Tree { return repo.New(tree) }, Rules: realRules, Options: check.Options{Jobs: 1, AsOf: "2026-12-01"},
	}
	err := tree.Settle(func(changed []string) ([]finding.Finding, error) {
		result, err := session.Judge(context.Background(), changed)
		return result.Findings, err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	want, got := files[name], files[name]
	for _, change := range tree.Changes() {
		want = string(change.After)
	}
	for _, action := range c.actions(name, everywhere, fixAllOfOurs) {
		got = c.apply(utf16, name, files[name], action.Edit)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		c.t.Errorf("put right, %s is (-fix +server):\n%s", name, diff)
	}
}

// expected returns what a diagnostic of a finding holds, reckoned another way: these
// texts have no character that takes two units.
func expected(f *finding.Finding) string {
	at := func(p source.Position) position { return position{p.Line - 1, p.Column - 1} }
	severity := isError
	if f.Severity == finding.Warning {
		severity = isWarning
	}
	message := f.Message
	if f.Help != "" {
		message += "\n" + strings.TrimSpace(f.Help)
	}
	return fmt.Sprint(textRange{at(f.Span.Start), at(f.Span.End)}, severity, f.Rule, message)
}
