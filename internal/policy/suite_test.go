package policy

import (
	"context"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// A suite is policies with their tests. It is safe for use by several goroutines at
// once.
type suite struct {
	modules map[string]*ast.Module // by file, the tests too
	texts   map[string]string      // by file
	names   map[string][]string    // by file, those of the packages that it names
	schemas map[string]map[string]any
	data    ast.Object
}

func newSuite(t testing.TB, fsys fs.FS, schemas map[string]map[string]any) *suite {
	t.Helper()
	handbook, err := ReadHandbook(fsys)
	if err != nil {
		t.Fatal(err)
	}
	value := ast.MustInterfaceToValue(handbook.Data().JSON())
	s := &suite{
		modules: map[string]*ast.Module{}, texts: map[string]string{}, names: map[string][]string{}, schemas: schemas,
		data: ast.NewObject([2]*ast.Term{ast.StringTerm("handbook"), ast.NewTerm(value)}),
	}
	err = fs.WalkDir(fsys, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".rego" {
			return err
		}
		return s.read(fsys, name)
	})
	if err != nil {
		t.Fatal(err)
	}
	for file, module := range s.modules {
		s.names[file] = s.namedBy(module)
	}
	return s
}

func (s *suite) read(fsys fs.FS, name string) error {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	s.texts[root+name] = string(text)
	s.modules[root+name], err = parseTested(root+name, string(text))
	return err
}

func parseTested(file, text string) (*ast.Module, error) {
	return ast.ParseModuleWithOpts(file, text, ast.ParserOptions{ProcessAnnotation: true})
}

// namedBy returns the files of the packages that a module names.
func (s *suite) namedBy(module *ast.Module) (files []string) {
	ast.WalkRefs(module, func(ref ast.Ref) bool {
		for file, other := range s.modules {
			if ref.HasPrefix(other.Package.Path) {
				files = append(files, file)
			}
		}
		return false
	})
	return files
}

// tests returns the files with tests, sorted.
func (s *suite) tests() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(s.modules)), func(file string) bool { return !isTest(file) })
}

// policies returns the files without tests, sorted.
func (s *suite) policies() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(s.modules)), isTest)
}

// testOf returns the file with the tests of a file.
func testOf(file string) string { return strings.TrimSuffix(file, ".rego") + "_test.rego" }

// with returns the modules of files, and of all that they need.
func (s *suite) with(files ...string) map[string]*ast.Module {
	all := map[string]*ast.Module{}
	for len(files) > 0 {
		file := files[0]
		files = files[1:]
		if all[file] == nil {
			all[file] = s.modules[file]
			files = append(files, s.names[file]...)
		}
	}
	return all
}

// run runs the tests among modules, and tells of each until it is told to stop. The
// tracer may be nil.
func (s *suite) run(
	ctx context.Context, modules map[string]*ast.Module, tracer topdown.QueryTracer, tell func(*tester.Result) (goOn bool),
) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	store := inmem.NewFromASTObject(s.data)
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return err
	}
	defer store.Abort(ctx, txn)
	results, err := tester.NewRunner().
		SetCompiler(newCompiler(func() map[string]map[string]any { return s.schemas })).
		SetStore(store).
		SetModules(modules).
		SetTimeout(time.Minute). // what it takes depends on the machine
		SetCoverageQueryTracer(tracer).
		RaiseBuiltinErrors(true).
		RunTests(ctx, txn)
	if err != nil {
		return err
	}
	for result := range results {
		if ctx.Err() == nil && !tell(result) {
			stop() // what is still to come is over soon
		}
	}
	return nil
}
