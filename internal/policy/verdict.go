package policy

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
)

// OPA evaluates one set of forty bodies much faster than forty sets: it finds
// the way to a set, looks up its index and keeps its value each time. So what
// the rules on a kind find is gathered into one set, data.verdict.<kind>, of
// pairs of a rule's id and a violation. Each rule's own package stays as it is,
// with its helpers, for whoever asks the rule alone.

var verdictRoot = ast.DefaultRootRef.Append(ast.StringTerm("verdict"))

func verdictRef(kind string) ast.Ref {
	return verdictRoot.Append(ast.StringTerm(kind)).Append(violationTerm)
}

// verdictModule returns what a rule contributes to data.verdict.<kind>: its
// violations, which find its helpers through imports.
func verdictModule(r *Rule, module *ast.Module) *ast.Module {
	verdict := &ast.Module{Package: module.Package.Copy()}
	verdict.Package.Path = verdictRoot.Append(ast.StringTerm(r.Kind))
	verdict.SetRegoVersionSpan(module.RegoVersionSpan())
	names := map[ast.Var]bool{}
	locals := map[ast.Var]bool{}
	for _, rule := range module.Rules {
		if !isViolation(rule) {
			continue
		}
		rule = rule.Copy()
		rule.Module, rule.Annotations = verdict, nil
		rule.Head.Key = ast.ArrayTerm(ast.StringTerm(r.ID), rule.Head.Key)
		verdict.Rules = append(verdict.Rules, rule)
		ast.WalkVars(rule, func(name ast.Var) bool { names[name] = true; return false })
		collectLocals(rule, locals)
	}
	for _, imported := range append(module.Imports, helperImports(module)...) {
		switch name := imported.Name(); {
		case locals[name]:
			return askingModule(r, verdict) // what the name stands for is OPA's to say
		case names[name]:
			verdict.Imports = append(verdict.Imports, imported.Copy())
		}
	}
	return verdict
}

// helperImports returns an import for each rule of a module but its violations.
func helperImports(module *ast.Module) []*ast.Import {
	var imports []*ast.Import
	seen := map[ast.Var]bool{}
	for _, rule := range module.Rules {
		name, _ := rule.Head.Ref()[0].Value.(ast.Var)
		if isViolation(rule) || seen[name] {
			continue
		}
		seen[name] = true
		path := ast.NewTerm(module.Package.Path.Append(ast.StringTerm(string(name))))
		imports = append(imports, &ast.Import{Location: rule.Location, Path: path})
	}
	return imports
}

// collectLocals adds the names that a rule declares for itself.
func collectLocals(rule *ast.Rule, locals map[ast.Var]bool) {
	declare := func(term *ast.Term) {
		ast.WalkVars(term, func(name ast.Var) bool { locals[name] = true; return false })
	}
	ast.WalkExprs(rule, func(expr *ast.Expr) bool {
		switch terms := expr.Terms.(type) {
		case *ast.SomeDecl:
			for _, symbol := range terms.Symbols {
				declare(symbol)
			}
		case *ast.Every:
			if terms.Key != nil {
				declare(terms.Key)
			}
			declare(terms.Value)
		default:
			if expr.IsAssignment() {
				declare(expr.Operand(0))
			}
		}
		return false
	})
}

// askingModule returns a verdict that asks the rule's own package.
func askingModule(r *Rule, verdict *ast.Module) *ast.Module {
	asking := ast.MustParseModule(fmt.Sprintf("package verdict\n\nviolation contains [%q, found] if some found in %v\n",
		r.ID, r.pkg.Append(violationTerm)))
	asking.Package.Path = verdict.Package.Path
	return asking
}

func isViolation(rule *ast.Rule) bool {
	return rule.Head.RuleKind() == ast.MultiValue && rule.Head.Ref().String() == "violation"
}
