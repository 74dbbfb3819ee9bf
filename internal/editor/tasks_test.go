package editor

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/report"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// TestTaskMatchesFindings makes sure that VS Code's problem matcher sees in what
// `validate` prints each finding, and nothing else.
func TestTaskMatchesFindings(t *testing.T) {
	rules := func() (*check.Rulebook, error) { return check.Load(schemas.Files, policies.Files) }
	fixtures, err := filepath.Glob("../check/testdata/*.txtar")
	if err != nil || len(fixtures) == 0 {
		t.Fatalf("there are no fixtures: %v", err)
	}
	for _, fixture := range fixtures {
		archive, err := txtar.ParseFile(fixture)
		if err != nil {
			t.Fatal(err)
		}
		files := fstest.MapFS{}
		for _, file := range archive.Files {
			files[file.Name] = &fstest.MapFile{Data: file.Data}
		}
		if _, err := files.Stat("partners"); err != nil {
			continue
		}
		result, err := check.Run(context.Background(), repo.New(files), rules, check.Options{Jobs: 1})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := report.WriteFindings(&out, &report.Report{Findings: result.Findings}, report.Options{}); err != nil {
			t.Fatal(err)
		}
		var want []string
		for i := range result.Findings {
			f := &result.Findings[i]
			want = append(want, fmt.Sprintf("%s:%d:%d %s %s %s", f.File, f.Span.Start.Line, f.Span.Start.Column, f.Severity, f.Message, f.Rule))
		}
		if diff := cmp.Diff(want, problems(t, out.String())); diff != "" {
			t.Errorf("%s (-found +matched):\n%s", fixture, diff)
		}
	}
}

// problems returns what the matcher makes of a task's output: the lines of a problem
// follow on each other.
func problems(t *testing.T, output string) (problems []string) {
	t.Helper()
	var settings struct {
		Tasks []struct {
			ProblemMatcher struct {
				Pattern []struct{ Regexp string }
			}
		}
	}
	readJSON(t, "tasks.json", &settings)
	pattern := settings.Tasks[0].ProblemMatcher.Pattern
	place, sentence := regexp.MustCompile(pattern[0].Regexp), regexp.MustCompile(pattern[1].Regexp)
	lines := strings.Split(output, "\n")
	for i := range lines[:len(lines)-1] {
		first, second := place.FindStringSubmatch(lines[i]), sentence.FindStringSubmatch(lines[i+1])
		if first != nil && second != nil {
			problems = append(problems, fmt.Sprintf("%s:%s:%s %s %s %s", first[1], first[2], first[3], second[1], second[2], second[3]))
		}
	}
	return problems
}
