// Package policy judges records by Rego rules. A rule is a folder,
// policies/rules/<kind>/<rule>/; its address is its id, and what a person needs
// to know of it stands in its METADATA.
package policy

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
)

// A Set holds compiled policies. It is safe for use by several goroutines at
// once.
type Set struct {
	Handbook Handbook

	rules    []*Rule // by id
	kinds    map[string]*kindRules
	compiler *ast.Compiler
	handbook *ast.Term
	keys     map[string]*ast.Term // terms of the names that schemas know
	shared   *sharedDocuments
	limits   limits

	asksOfParts bool // see early_index.go
}

// kindRules are the rules on one kind of record, asked in one query.
type kindRules struct {
	rules map[string]*Rule // by id
	query ast.Body
}

// Parsed are policies as they are written.
type Parsed struct {
	handbook Handbook
	modules  map[string]*ast.Module
	rules    []*Rule
}

// Parse reads the policies in fsys: handbook/ (data), lib/ and rules/. The error
// names the file, and the line where there is one, of what cannot be read or has
// no METADATA, test or examples.
func Parse(fsys fs.FS) (*Parsed, error) {
	handbook, err := ReadHandbook(fsys)
	if err != nil {
		return nil, err
	}
	modules, err := parseModules(fsys)
	if err != nil {
		return nil, err
	}
	rules, err := catalogue(fsys, modules)
	if err != nil {
		return nil, err
	}
	for _, rule := range rules {
		rule.fill(handbook.Newest())
	}
	return &Parsed{handbook, modules, rules}, nil
}

// Compile makes policies ready to judge. schemas says of every kind of record, as
// JSON Schema, which fields it has and of which types; policies are type-checked
// against it. It is called once, halfway: who reads the schemas has time until then.
// The error names the file and the line of what does not compile.
func (p *Parsed) Compile(schemas func() map[string]map[string]any) (*Set, error) {
	schemas = sync.OnceValue(schemas)
	compiler, err := p.compile(schemas)
	if err != nil {
		return nil, err
	}
	var wrong error
	var checking sync.WaitGroup
	checking.Go(func() { wrong = p.checkReads(compiler) })
	set, err := p.set(compiler, schemas())
	checking.Wait()
	if err := cmp.Or(wrong, err); err != nil {
		return nil, err
	}
	return set, nil
}

// checkReads makes sure that what policies read is there for them.
func (p *Parsed) checkReads(compiler *ast.Compiler) error {
	if err := checkRefs(compiler); err != nil {
		return err
	}
	return p.checkHandbookReads(compiler)
}

// set returns the set of the compiled policies.
func (p *Parsed) set(compiler *ast.Compiler, schemas map[string]map[string]any) (*Set, error) {
	handbook, err := ast.InterfaceToValue(p.handbook.Data().JSON())
	if err != nil {
		return nil, err
	}
	reader := &reader{compiler, map[*ast.Rule]inputs{}}
	for _, rule := range p.rules {
		rule.reads = reader.ofPackage(rule.pkg)
		if err := errors.Join(rule.checkBefore(), rule.checkWaivable()); err != nil {
			return nil, err
		}
	}
	set := &Set{
		rules: p.rules, compiler: compiler, Handbook: p.handbook, handbook: ast.NewTerm(handbook),
		keys: propertyTerms(schemas), shared: reader.findShared(), limits: usualLimits, asksOfParts: asksOfParts(compiler),
	}
	return set, set.prepare(slices.Sorted(maps.Keys(schemas)))
}

// Rules returns the catalogue, sorted by id.
func (s *Set) Rules() []*Rule { return s.rules }

// ReadsPartners reports whether a rule on that kind reads data.partners.
func (s *Set) ReadsPartners(kind string) bool {
	return slices.ContainsFunc(s.rules, func(r *Rule) bool { return r.Kind == kind && r.reads&readsPartners != 0 })
}

// prepare compiles one query for each kind. A kind without rules would pass
// whatever it says, and rules without a kind would judge nothing.
func (s *Set) prepare(kinds []string) error {
	s.kinds = make(map[string]*kindRules, len(kinds))
	for _, kind := range kinds {
		s.kinds[kind] = &kindRules{rules: map[string]*Rule{}}
	}
	for _, rule := range s.rules {
		kind := s.kinds[rule.Kind]
		if kind == nil {
			return fmt.Errorf("%s: there is no %s for the rule to judge by", rule.File, layout.SchemaFile(rule.Kind))
		}
		kind.rules[rule.ID] = rule
	}
	for _, name := range kinds {
		kind := s.kinds[name]
		if len(kind.rules) == 0 {
			return fmt.Errorf("policies/rules/%s/ holds no rule: records of that kind would pass whatever they say", name)
		}
		var err error
		if kind.query, err = s.query(verdictRef(name)); err != nil {
			return err
		}
	}
	return nil
}

// query compiles the question what a set holds.
func (s *Set) query(set ast.Ref) (ast.Body, error) {
	body := ast.NewBody(ast.Equality.Expr(resultVar, ast.NewTerm(set)))
	return s.compiler.QueryCompiler().Compile(body)
}

var resultVar = ast.VarTerm("result")

// parseModules parses every .rego file but the tests, on all processors: it is
// half of the time that a run over few records takes.
func parseModules(fsys fs.FS) (map[string]*ast.Module, error) {
	var names []string
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && path.Ext(name) == ".rego" && !isTest(name) {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	parsed := make([]*ast.Module, len(names))
	err = parallel.Each(context.Background(), runtime.GOMAXPROCS(0), len(names), func(i int) (err error) {
		parsed[i], err = parseModule(fsys, names[i])
		return err
	})
	if err != nil {
		return nil, err
	}
	modules := make(map[string]*ast.Module, len(names))
	for i, name := range names {
		modules[root+name] = parsed[i]
	}
	return modules, nil
}

func parseModule(fsys fs.FS, name string) (*ast.Module, error) {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	module, err := ast.ParseModuleWithOpts(root+name, string(text), ast.ParserOptions{
		ProcessAnnotation: true, Capabilities: capabilities(), RegoVersion: ast.RegoV1,
	})
	if err != nil {
		return nil, oneLine(err)
	}
	if module == nil {
		return nil, fmt.Errorf("%s%s: the file is empty", root, name)
	}
	return module, checkPackage(root+name, module)
}

// root is where policies stand in the repository: errors name files from there.
const root = layout.Policies + "/"

func isTest(name string) bool { return strings.HasSuffix(name, "_test.rego") }

// checkPackage makes sure that a file's package is its folder: what a rule is
// called follows from where it stands.
func checkPackage(file string, module *ast.Module) error {
	folder := strings.TrimPrefix(path.Dir(file), strings.TrimSuffix(root, "/"))
	want := "data" + strings.ReplaceAll(folder, "/", ".")
	if got := module.Package.Path.String(); got != want {
		return fmt.Errorf("%s:%d: the package is %s, but the folder says %s", file, module.Package.Location.Row,
			strings.TrimPrefix(got, "data."), strings.TrimPrefix(want, "data."))
	}
	return nil
}

// compile compiles the modules, and the verdicts that they add up to.
func (p *Parsed) compile(schemas func() map[string]map[string]any) (*ast.Compiler, error) {
	compiler := newCompiler(schemas).WithStageAfterID(ast.StageCheckDeprecatedBuiltins, gathering(p.rules, p.handbook))
	compiler.Compile(p.modules)
	if compiler.Failed() {
		return nil, oneLine(compiler.Errors)
	}
	return compiler, nil
}

// newCompiler returns a compiler that refuses what is wrong or only odd.
func newCompiler(schemas func() map[string]map[string]any) *ast.Compiler {
	set := ast.NewSchemaSet()
	return ast.NewCompiler().
		WithStrict(true).
		WithCapabilities(capabilities()).
		WithSchemas(set).
		WithUseTypeCheckAnnotations(true).
		WithStageAfterID(ast.StageCheckRecursion, filling(set, schemas)) // types are checked next
}

// filling is what the compiler does once it needs the schemas.
func filling(set *ast.SchemaSet, schemas func() map[string]map[string]any) ast.CompilerStageDefinition {
	return ast.CompilerStageDefinition{Name: "FillSchemas", Stage: func(*ast.Compiler) *ast.Error {
		for kind, document := range schemas() {
			set.Put(ast.SchemaRootRef.Append(ast.StringTerm(kind)), document)
		}
		return nil
	}}
}

// checkRefs makes sure that what policies read of the data is there for them.
func checkRefs(compiler *ast.Compiler) (err error) {
	for _, module := range compiler.Modules {
		ast.WalkTerms(module, func(term *ast.Term) bool {
			ref, ok := term.Value.(ast.Ref)
			if !ok || err != nil {
				return false
			}
			if problem := checkVerdictRef(ref); problem != nil {
				at := cmp.Or(term.Location, module.Package.Location)
				err = fmt.Errorf("%s:%d: %w", at.File, at.Row, problem)
			}
			return false
		})
	}
	return err
}

// oneLine returns the first of OPA's errors as file:line: message.
func oneLine(err error) error {
	var all ast.Errors
	if !errors.As(err, &all) || len(all) == 0 {
		return err
	}
	first := all[0]
	if first.Location == nil {
		return errors.New(first.Message)
	}
	message := fmt.Sprintf("%s:%d: %s", first.Location.File, first.Location.Row, first.Message)
	if name, ok := strings.CutPrefix(first.Message, "undefined function "); ok && refusal(name) != "" {
		message += ": " + refusal(name)
	}
	if first.Details != nil && first.Code != ast.ParseErr { // of those it is a frame
		message += " (" + strings.Join(details(first.Details.Lines()), ", ") + ")"
	}
	if len(all) > 1 {
		message += fmt.Sprintf(" (and %d more)", len(all)-1)
	}
	return errors.New(message)
}

// details returns lines that OPA sets out below each other, for one line: what
// points up at the one above has no place there.
func details(lines []string) []string {
	var said []string
	for _, line := range lines {
		if line = strings.Trim(line, " ^"); line != "" {
			said = append(said, line)
		}
	}
	return said
}
