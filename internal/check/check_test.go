package check

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// realRules are the repository's own schemas and policies.
var realRules = sync.OnceValues(func() (*Rulebook, error) { return Load(schemas.Files, policies.Files) })

// judged judges a tree by the repository's own rules.
func judged(t testing.TB, fsys fs.FS, options Options) Result {
	t.Helper()
	result, err := Run(context.Background(), repo.New(fsys), realRules, options)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// Warnings may be merged; errors may not.
func TestRepositoryHasNoErrors(t *testing.T) {
	result := judged(t, os.DirFS("../.."), Options{Jobs: 2})
	for _, f := range result.Findings {
		if f.Severity != finding.Error {
			continue
		}
		t.Errorf("%s:%d:%d: %s %s", f.File, f.Span.Start.Line, f.Span.Start.Column, f.Rule, f.Message)
	}
}

// TestRulesFireOnTheirExamples makes sure that every rule can fire: its wrong
// example brings its finding and no other, its right one none at all.
func TestRulesFireOnTheirExamples(t *testing.T) {
	rules, err := realRules()
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range rules.Policies.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			wrong := judged(t, tree(rule.Wrong), Options{Jobs: 1, Base: base(rule.Before, rule.Wrong)})
			if got := ruleIDs(wrong.Findings); !slices.Equal(withoutDeleted(got, rule.ID), []string{rule.ID}) {
				t.Errorf("the wrong example brings %v", got)
			}
			right := judged(t, tree(rule.Right), Options{Jobs: 1, Base: base(rule.Before, rule.Right)})
			if got := ruleIDs(right.Findings); len(got) > 0 {
				t.Errorf("the right example brings %v", got)
			}
		})
	}
}

func tree(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return fsys
}

// withoutDeleted returns ids without those of rules on deletion, but for id: a
// partner that has other records is not deleted without them.
func withoutDeleted(ids []string, id string) []string {
	return slices.DeleteFunc(ids, func(other string) bool { return other != id && path.Base(other) == "deleted" })
}

// base returns what a tree of files is compared with: nothing, where there was
// nothing before.
func base(before, after map[string]string) *Base {
	if before == nil {
		return nil
	}
	b := &Base{Tree: repo.New(tree(before))}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if text, kept := after[name]; !kept || text != before[name] {
			b.Paths = append(b.Paths, name)
		}
	}
	for name := range after {
		if _, known := before[name]; !known {
			b.Paths = append(b.Paths, name)
		}
	}
	return b
}

// ruleIDs returns the ids of the rules that findings are of, each once.
func ruleIDs(findings []finding.Finding) []string {
	ids := map[string]bool{}
	for _, f := range findings {
		ids[f.Rule] = true
	}
	return slices.Sorted(maps.Keys(ids))
}

// TestSchemaExamples makes sure that each kind's example is valid where its
// kind lives, beside the other examples. None of these is wrong, so there is
// nothing to set aside for the example of a waiver.
func TestSchemaExamples(t *testing.T) {
	rules, err := realRules()
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, kind := range rules.Schemas.Kinds() {
		data, err := fs.ReadFile(schemas.Files, "examples/"+kind+".yaml")
		if err != nil {
			t.Errorf("kind %s has no example: %v", kind, err)
			continue
		}
		line := "# yaml-language-server: $schema=../" + kind + ".schema.json\n"
		if !strings.HasPrefix(string(data), line) {
			t.Errorf("the example of kind %s does not begin with %q", kind, line)
		}
		fsys[placeOf(t, rules.Schemas.Document(kind), data)] = &fstest.MapFile{Data: data}
	}
	for _, f := range judged(t, fsys, Options{Jobs: 1}).Findings {
		if f.Rule != unusedRule.ID {
			t.Errorf("%s:%d: %s %s", f.File, f.Span.Start.Line, f.Rule, f.Message)
		}
	}
}

// placeOf fills a schema's x-place for its example.
func placeOf(t *testing.T, document map[string]any, example []byte) string {
	t.Helper()
	rec, unreadable := record.Load("example", example)
	if rec == nil {
		t.Fatal(unreadable)
	}
	place, _ := document["x-place"].(string)
	return regexp.MustCompile(`\{(.*?)\}`).ReplaceAllStringFunc(place, func(placeholder string) string {
		switch name := strings.Trim(placeholder, "{}"); name {
		case "partner":
			return "example-cloud"
		case "id":
			return "2026-03"
		default:
			return rec.Root.Field(name).AsText()
		}
	})
}

// want is an expectation, written behind the line that is wrong.
var want = regexp.MustCompile(`# want ((?:[a-z_]+/[A-Za-z_$]+ ?)+)`)

// TestFixtures judges each testdata/*.txtar, a tree of files, and compares the
// findings with what the files expect: `# want rule-id` at the end of the line
// that a finding is on; for a file that can hold no comment, a line
// `want FILE:LINE rule-id` in front of the first file.
func TestFixtures(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			var before map[string]string
			for _, file := range archive.Files {
				if name, ok := strings.CutPrefix(file.Name, "before/"); !ok {
					files[file.Name] = string(file.Data)
				} else if before == nil {
					before = map[string]string{name: string(file.Data)}
				} else {
					before[name] = string(file.Data)
				}
			}
			result := judged(t, tree(files), Options{Jobs: 1, Base: base(before, files)})
			if diff := cmp.Diff(expected(archive), found(result.Findings)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
				for _, f := range result.Findings {
					t.Logf("%s:%d:%d: %s: %s", f.File, f.Span.Start.Line, f.Span.Start.Column, f.Rule, f.Message)
				}
			}
		})
	}
}

func expected(archive *txtar.Archive) []string {
	var all []string
	for line := range strings.Lines(string(archive.Comment)) {
		if place, ok := strings.CutPrefix(strings.TrimSpace(line), "want "); ok {
			all = append(all, place)
		}
	}
	for _, file := range archive.Files {
		n := 0
		for line := range strings.Lines(string(file.Data)) {
			n++
			if match := want.FindStringSubmatch(line); match != nil {
				for _, rule := range strings.Fields(match[1]) {
					all = append(all, fmt.Sprintf("%s:%d %s", file.Name, n, rule))
				}
			}
		}
	}
	slices.Sort(all)
	return all
}

func found(findings []finding.Finding) []string {
	var all []string
	for _, f := range findings {
		all = append(all, fmt.Sprintf("%s:%d %s", f.File, f.Span.Start.Line, f.Rule))
	}
	slices.Sort(all)
	return all
}

func TestJobsDoNotChangeFindings(t *testing.T) {
	fsys := fstest.MapFS{}
	for i := range 50 {
		name := fmt.Sprintf("partners/example-%02d/partner.yaml", i)
		fsys[name] = &fstest.MapFile{Data: []byte("kind: partner\nname: Example\ntype: cloud\nstatus: prospective\nextra: 1\n")}
	}
	one, many := judged(t, fsys, Options{Jobs: 1}), judged(t, fsys, Options{Jobs: 8})
	if diff := cmp.Diff(one, many, cmpopts.IgnoreFields(Result{}, "Rules")); diff != "" {
		t.Errorf("one job and eight differ (-one +eight):\n%s", diff)
	}
	if len(one.Findings) != 150 { // an unknown field, a name that others have, no priority
		t.Errorf("%d findings, want 150", len(one.Findings))
	}
}
