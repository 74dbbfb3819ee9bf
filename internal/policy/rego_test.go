package policy

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/tester"

	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// realSchemas returns the schemas of the repository by kind.
func realSchemas(t testing.TB) map[string]map[string]any {
	t.Helper()
	names, err := fs.Glob(schemas.Files, "*.schema.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("no schemas: %v", err)
	}
	documents := map[string]map[string]any{}
	for _, name := range names {
		data, err := fs.ReadFile(schemas.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		var document map[string]any
		if err := json.Unmarshal(data, &document); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		documents[strings.TrimSuffix(name, ".schema.json")] = document
	}
	return documents
}

// TestRego runs the tests of the policies, each as a test of its own, and
// demands that they reach every line.
func TestRego(t *testing.T) {
	s := newSuite(t, policies.Files, realSchemas(t))
	coverage := cover.New()
	tested := 0
	err := s.run(t.Context(), s.modules, coverage, func(result *tester.Result) bool {
		tested++
		t.Run(strings.TrimPrefix(result.Package, "data.")+"."+result.Name, func(t *testing.T) {
			if !result.Pass() {
				t.Errorf("%s:%d: %v %s", result.Location.File, result.Location.Row, result, result.Output)
			}
		})
		return true
	})
	if err != nil {
		t.Fatal(oneLine(err))
	}
	if tested == 0 {
		t.Error("the policies have no tests")
	}
	for file, report := range coverage.Report(s.modules).Files {
		for _, lines := range report.NotCovered {
			t.Errorf("%s:%d-%d: no test reaches these lines", file, lines.Start.Row, lines.End.Row)
		}
	}
}
