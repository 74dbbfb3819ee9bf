package policy

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/tester"

	"gitlab.com/gitlab-com/alliances/policies"
)

// TestMutants makes sure that the tests of the policies notice each change to them,
// but for those that the METADATA of the tests name as equivalent.
func TestMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("tries some hundred mutants")
	}
	s := newSuite(t, policies.Files, realSchemas(t))
	files := s.policies()
	trials := make([]trial, len(files))
	t.Cleanup(func() { // once all mutants have been tried, which -run may have left out
		if !slices.ContainsFunc(trials, func(trial trial) bool { return trial.file == "" }) {
			checkSummary(t, trials)
		}
	})
	for i, file := range files {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			var err error
			if trials[i], err = s.try(t.Context(), file); err != nil {
				t.Fatal(err)
			}
			for _, problem := range trials[i].problems() {
				t.Error(problem)
			}
		})
	}
}

// checkSummary makes sure that the README says how many mutants there are.
func checkSummary(t *testing.T, trials []trial) {
	mutants, equivalent := 0, 0
	for _, trial := range trials {
		mutants += trial.mutants
		equivalent += len(trial.equivalent)
	}
	text, err := os.ReadFile("../../policies/README.md")
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("at least %d mutants, %d of which", mutants/100*100, equivalent)
	if !strings.Contains(string(text), want) {
		t.Errorf("policies/README.md does not say %q: there are %d", want, mutants)
	}
}

// A trial is what became of the mutants of one file.
type trial struct {
	file       string
	tests      []string // the files with the tests that ran
	mutants    int      // that compile
	survivors  []mutant
	equivalent map[string]any // by the name of a mutant, the reason why no test can notice it
}

// try runs for each mutant of a file the tests that reach it.
func (s *suite) try(ctx context.Context, file string) (trial, error) {
	tests := s.testsOf(file)
	tried := trial{file: file, tests: slices.Concat(tests...), equivalent: s.equivalent(file)}
	for _, m := range mutate(s.texts[file], s.modules[file]) {
		module, err := parseTested(file, m.text)
		noticed := false
		for i := 0; i < len(tests) && err == nil && !noticed; i++ {
			noticed, err = s.notices(ctx, module, tests[i])
		}
		switch refused := (ast.Errors)(nil); {
		case errors.As(err, &refused):
			continue
		case err != nil:
			return trial{}, err
		}
		tried.mutants++
		if !noticed {
			tried.survivors = append(tried.survivors, m)
		}
	}
	return tried, nil
}

// testsOf returns the files with a policy's own tests, and those with the tests of
// policies that need it. Most mutants meet their end in the first.
func (s *suite) testsOf(file string) [][]string {
	var own, others []string
	for _, test := range s.tests() {
		switch {
		case test == testOf(file):
			own = append(own, test)
		case s.with(test)[file] != nil:
			others = append(others, test)
		}
	}
	return slices.DeleteFunc([][]string{own, others}, func(group []string) bool { return len(group) == 0 })
}

// notices reports whether a test fails, or has no end, with a module in the place of
// the one that is there.
func (s *suite) notices(ctx context.Context, module *ast.Module, tests []string) (noticed bool, err error) {
	modules := s.with(tests...)
	modules[module.Package.Location.File] = module
	err = s.run(ctx, modules, nil, func(result *tester.Result) bool {
		noticed = !result.Pass()
		return !noticed
	})
	return noticed, err
}

// equivalent returns what the METADATA of a file's tests say of its mutants.
func (s *suite) equivalent(file string) map[string]any {
	tests := s.modules[testOf(file)]
	if tests == nil {
		return nil
	}
	for _, annotations := range tests.Annotations {
		if equivalent, ok := annotations.Custom["equivalent"].(map[string]any); ok {
			return equivalent
		}
	}
	return nil
}

// problems returns what is not as it has to be, for people to read.
func (t *trial) problems() (all []string) {
	survive := map[string]bool{}
	for _, m := range t.survivors {
		survive[m.name()] = true
		if t.equivalent[m.name()] == nil {
			all = append(all, fmt.Sprintf("%s:%d:%d: no test notices %q in the place of %q; its name is %q, and these tests ran: %s",
				t.file, m.at.Row, m.at.Col, m.is, m.was, m.name(), strings.Join(t.tests, " ")))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.equivalent)) {
		if !survive[name] {
			all = append(all, fmt.Sprintf("%s: %q is no mutant that survives: it is not equivalent any more", testOf(t.file), name))
		}
		if reason, _ := t.equivalent[name].(string); strings.TrimSpace(reason) == "" {
			all = append(all, fmt.Sprintf("%s: there is no reason why %q is equivalent", testOf(t.file), name))
		}
	}
	return all
}

// TestTrial tries the mutants of a small set of policies, whose test leaves one of
// them alive.
func TestTrial(t *testing.T) {
	const tests = `package rules.thing.size_test

import data.rules.thing.size as rule

test_large if count(rule.violation) == 1 with input.record.size as 6

test_largest if rule.violation == set() with input.record.size as 5
`
	const named = `# METADATA
# custom:
#   equivalent:
#     `
	survivor := "policies/rules/thing/size/size.rego:18:20: no test notices"
	for _, test := range []struct {
		name, tests string
		want        []string // what each problem says
	}{
		{"all noticed", tests, nil},
		{"one survives", strings.ReplaceAll(tests, "as 5", "as 4"), []string{survivor}},
		{"none is noticed", "package rules.thing.size_test\n\ntest_true if true\n", []string{
			"size.rego:18:2: no test notices \"true\"", survivor,
		}},
		{"a survivor is named", named + "input.record.size >= data.handbook.largest: It is.\n" + strings.ReplaceAll(tests, "as 5", "as 4"), nil},
		{"one that is noticed is named", named + "without input.record.size > data.handbook.largest: It is.\n" + tests, []string{
			"size_test.rego: \"without input.record.size > data.handbook.largest\" is no mutant that survives",
		}},
		{"no reason", named + "input.record.size >= data.handbook.largest: \" \"\n" + strings.ReplaceAll(tests, "as 5", "as 4"), []string{
			"size_test.rego: there is no reason why",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			fsys := goodPolicies()
			fsys[strings.Replace(ruleFile, ".rego", "_test.rego", 1)] = &fstest.MapFile{Data: []byte(test.tests)}
			tried, err := newSuite(t, fsys, thingSchema).try(t.Context(), root+ruleFile)
			if err != nil {
				t.Fatal(err)
			}
			problems := tried.problems()
			if len(problems) != len(test.want) {
				t.Fatalf("%d problems, want %d:\n%s", len(problems), len(test.want), strings.Join(problems, "\n"))
			}
			for i, want := range test.want {
				if !strings.Contains(problems[i], want) {
					t.Errorf("%q does not say %q", problems[i], want)
				}
			}
		})
	}
}
