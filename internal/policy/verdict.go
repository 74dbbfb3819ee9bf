package policy

import "github.com/open-policy-agent/opa/v1/ast"

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
	names := map[ast.Var]bool{}
	for _, rule := range module.Rules {
		if !isViolation(rule) {
			continue
		}
		rule = rule.Copy()
		rule.Module, rule.Annotations = verdict, nil
		rule.Head.Key = ast.ArrayTerm(ast.StringTerm(r.ID), rule.Head.Key)
		verdict.Rules = append(verdict.Rules, rule)
		ast.WalkVars(rule, func(name ast.Var) bool { names[name] = true; return false })
	}
	for _, imported := range module.Imports {
		if names[imported.Name()] {
			verdict.Imports = append(verdict.Imports, imported.Copy())
			delete(names, imported.Name())
		}
	}
	for _, rule := range module.Rules {
		if name, _ := rule.Head.Ref()[0].Value.(ast.Var); names[name] && !isViolation(rule) {
			path := ast.NewTerm(module.Package.Path.Append(ast.StringTerm(string(name))))
			verdict.Imports = append(verdict.Imports, &ast.Import{Location: rule.Location, Path: path})
			delete(names, name)
		}
	}
	verdict.SetRegoVersion(module.RegoVersion())
	return verdict
}

func isViolation(rule *ast.Rule) bool {
	return rule.Head.RuleKind() == ast.MultiValue && rule.Head.Ref().String() == "violation"
}
