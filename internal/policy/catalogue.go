package policy

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"gitlab.com/gitlab-com/alliances/internal/finding"
)

// A Rule is one rule of the catalogue, as its METADATA describes it.
type Rule struct {
	finding.Rule
	Kind     string  // the kind of record that it judges
	File     string  // where it stands, from the root of the tree
	Waivable bool    // whether somebody may decide that a record need not follow it
	Before   Example // of a rule on changes, the files before the change; else nil
	Wrong    Example // files of which at least one breaks the rule
	Right    Example // the same, put right

	pkg          ast.Ref
	line         int // of its METADATA
	beforeSchema bool
	reads        inputs
}

// An Example maps paths from the root of the tree to the files' whole text.
type Example map[string]string

// catalogue returns the rules among modules, sorted by id. A rule that does
// not say what it is for, or that nothing tests, does not load.
func catalogue(fsys fs.FS, modules map[string]*ast.Module) ([]*Rule, error) {
	var rules []*Rule
	for _, file := range slices.Sorted(maps.Keys(modules)) {
		address, ok := strings.CutPrefix(file, root+"rules/")
		if !ok {
			continue
		}
		rule, err := readRule(fsys, address, modules[file])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		rules = append(rules, rule)
	}
	if len(rules) == 0 {
		return nil, fmt.Errorf("policies/rules/ holds no rule")
	}
	return rules, checkFolders(fsys, rules)
}

var testRule = regexp.MustCompile(`(?m)^test_\w+ `)

// checkFolders makes sure that every folder of a rule holds it: a rule that is
// not there lets pass what it was to find.
func checkFolders(fsys fs.FS, rules []*Rule) error {
	folders, err := fs.Glob(fsys, "rules/*/*")
	if err != nil {
		return err
	}
	for _, folder := range folders {
		id := strings.TrimPrefix(folder, "rules/")
		if !slices.ContainsFunc(rules, func(rule *Rule) bool { return rule.ID == id }) {
			return fmt.Errorf("%s%s: it is no folder with a rule, %s.rego, in it", root, folder, path.Base(folder))
		}
	}
	return nil
}

// readRule reads the rule at <kind>/<rule>/<rule>.rego.
func readRule(fsys fs.FS, address string, module *ast.Module) (*Rule, error) {
	parts := strings.Split(address, "/")
	if len(parts) != 3 || parts[2] != parts[1]+".rego" {
		return nil, fmt.Errorf("a rule stands in policies/rules/<kind>/<rule>/<rule>.rego")
	}
	test := "rules/" + strings.TrimSuffix(address, ".rego") + "_test.rego"
	switch text, err := fs.ReadFile(fsys, test); {
	case err != nil:
		return nil, fmt.Errorf("the rule has no test: %s%s is missing", root, test)
	case !testRule.Match(text):
		return nil, fmt.Errorf("the rule has no test: %s%s holds none, that is, no rule named test_…", root, test)
	}
	if err := checkViolation(module); err != nil {
		return nil, err
	}
	rule, err := readMetadata(parts[0], module)
	if err != nil {
		return nil, err
	}
	rule.ID = path.Dir(address)
	rule.Kind = parts[0]
	rule.File = root + "rules/" + address
	rule.pkg = module.Package.Path
	return rule, nil
}

// checkViolation makes sure that the module finds something where the
// validator looks for it: a set named violation.
func checkViolation(module *ast.Module) error {
	for _, rule := range module.Rules {
		if rule.Head.Ref().String() != "violation" {
			continue
		}
		if rule.Head.RuleKind() == ast.MultiValue {
			return nil
		}
		return fmt.Errorf("line %d: violation is no set; write `violation contains {…} if {…}`", rule.Location.Row)
	}
	return fmt.Errorf("the rule finds nothing: it has no `violation contains {…} if {…}`")
}

// readMetadata reads the METADATA of a rule's package.
func readMetadata(kind string, module *ast.Module) (*Rule, error) {
	i := slices.IndexFunc(module.Annotations, func(a *ast.Annotations) bool { return a.Scope == "package" })
	if i < 0 {
		return nil, fmt.Errorf("line %d: the package has no METADATA", module.Package.Location.Row)
	}
	annotations := module.Annotations[i]
	m := metadata{custom: annotations.Custom}
	rule := &Rule{Rule: finding.Rule{
		Title:       m.required("title", annotations.Title),
		Description: m.required("description", annotations.Description),
		Severity:    finding.Severity(m.text("severity")),
		Help:        m.text("help"),
		Handbook:    m.text("handbook"),
	}}
	rule.Waivable = m.flag("waivable")
	rule.Wrong, rule.Right = m.example("wrong"), m.example("right")
	if _, given := m.examples()["before"]; given {
		rule.Before = m.example("before")
	}
	rule.line = annotations.Location.Row
	rule.beforeSchema = readsSchema(annotations, "input.before", kind)
	switch {
	case m.problem != "":
	case !rule.Severity.Valid():
		m.problem = fmt.Sprintf("custom.severity is %q; it is error or warning", rule.Severity)
	case !readsSchema(annotations, "input.record", kind):
		m.problem = fmt.Sprintf("schemas must hold `input.record: schema.%s`, by which the rule is checked", kind)
	}
	if m.problem != "" {
		return nil, fmt.Errorf("line %d: METADATA: %s", annotations.Location.Row, m.problem)
	}
	return rule, nil
}

// readsSchema reports whether what is at path is checked against its kind's
// schema.
func readsSchema(annotations *ast.Annotations, path, kind string) bool {
	return slices.ContainsFunc(annotations.Schemas, func(s *ast.SchemaAnnotation) bool {
		return s.Path.String() == path && s.Schema.String() == "schema."+kind
	})
}

// checkBefore makes sure that a rule on changes says in its METADATA what it
// compares with, and shows a change.
func (r *Rule) checkBefore() error {
	switch onChanges := r.reads&readsBefore != 0; {
	case onChanges && !r.beforeSchema:
		return fmt.Errorf("%s: line %d: METADATA: schemas must hold `input.before: schema.%s`, by which the rule is checked", r.File, r.line, r.Kind)
	case onChanges && r.Before == nil:
		return fmt.Errorf("%s: line %d: METADATA: custom.examples.before is missing: the files before the change", r.File, r.line)
	case !onChanges && r.Before != nil:
		return fmt.Errorf("%s: line %d: METADATA: custom.examples.before is for rules that read input.before", r.File, r.line)
	}
	return nil
}

// metadata reads entries of METADATA and remembers the first one that is
// missing.
type metadata struct {
	custom  map[string]any
	problem string
}

func (m *metadata) required(name, value string) string {
	if m.problem == "" && strings.TrimSpace(value) == "" {
		m.problem = name + " is missing"
	}
	return strings.TrimSpace(value)
}

func (m *metadata) text(name string) string {
	value, _ := m.custom[name].(string)
	return m.required("custom."+name, value)
}

// flag returns whether an entry that may be left out is true.
func (m *metadata) flag(name string) bool {
	value, given := m.custom[name]
	is, ok := value.(bool)
	if given && !ok && m.problem == "" {
		m.problem = fmt.Sprintf("custom.%s is true or false, not %v", name, value)
	}
	return is
}

func (m *metadata) examples() map[string]any {
	examples, _ := m.custom["examples"].(map[string]any)
	return examples
}

func (m *metadata) example(name string) Example {
	files, _ := m.examples()[name].(map[string]any)
	example := Example{}
	for file, content := range files {
		text, _ := content.(string)
		example[file] = m.required("custom.examples."+name+": "+file, text)
	}
	if m.problem == "" && len(example) == 0 {
		m.problem = "custom.examples." + name + " is missing: a file's path and its text"
	}
	return example
}
