package policy

import (
	"context"
	"encoding/json"
	"io/fs"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
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
	modules := allModules(t, policies.Files)
	handbook, err := ReadHandbook(policies.Files)
	if err != nil {
		t.Fatal(err)
	}
	value := ast.MustInterfaceToValue(handbook.Data().JSON())
	coverage := cover.New()
	ctx := context.Background()
	store := inmem.NewFromASTObject(ast.NewObject([2]*ast.Term{ast.StringTerm("handbook"), ast.NewTerm(value)}))
	txn := storage.NewTransactionOrDie(ctx, store)
	defer store.Abort(ctx, txn)
	results, err := tester.NewRunner().
		SetCompiler(newCompiler(realSchemas(t))).
		SetStore(store).
		SetModules(modules).
		SetTimeout(time.Minute). // what it takes depends on the machine
		SetCoverageQueryTracer(coverage).
		RaiseBuiltinErrors(true).
		RunTests(ctx, txn)
	if err != nil {
		t.Fatal(oneLine(err))
	}
	tested := 0
	for result := range results {
		tested++
		name := strings.TrimPrefix(result.Package, "data.") + "." + result.Name
		t.Run(name, func(t *testing.T) {
			if !result.Pass() {
				t.Errorf("%s:%d: %v %s", result.Location.File, result.Location.Row, result, result.Output)
			}
		})
	}
	if tested == 0 {
		t.Error("the policies have no tests")
	}
	for file, report := range coverage.Report(modules).Files {
		for _, lines := range report.NotCovered {
			t.Errorf("%s:%d-%d: no test reaches these lines", file, lines.Start.Row, lines.End.Row)
		}
	}
}

// allModules parses every .rego file, the tests too.
func allModules(t *testing.T, fsys fs.FS) map[string]*ast.Module {
	t.Helper()
	modules := map[string]*ast.Module{}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".rego" {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		modules[root+name], err = ast.ParseModuleWithOpts(root+name, string(text), ast.ParserOptions{ProcessAnnotation: true})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return modules
}
