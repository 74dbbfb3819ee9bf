package policy

import (
	"fmt"
	"maps"

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

// gathering is what the compiler does once it has checked every module, and
// before it makes its indices: the bodies of violations are compiled by then, so
// that a verdict has them in common with the rules, but for what it knows of the
// handbook.
func gathering(rules []*Rule, handbook Handbook) ast.CompilerStageDefinition {
	return ast.CompilerStageDefinition{Name: "GatherVerdicts", Stage: func(c *ast.Compiler) *ast.Error {
		all := maps.Clone(c.Modules)
		for _, rule := range rules {
			all["verdict of "+rule.File] = verdictModule(rule, c.Modules[rule.File], handbook)
		}
		c.RuleTree = ast.NewRuleTree(ast.NewModuleTree(all))
		return nil
	}}
}

// verdictModule returns what a rule contributes to data.verdict.<kind>: the
// violations of its compiled module.
func verdictModule(r *Rule, module *ast.Module, handbook Handbook) *ast.Module {
	verdict := &ast.Module{Package: &ast.Package{Path: verdictRoot.Append(ast.StringTerm(r.Kind))}}
	for _, rule := range module.Rules {
		if !isViolation(rule) {
			continue
		}
		gathered, head := *rule, *rule.Head
		head.Key = ast.ArrayTerm(ast.StringTerm(r.ID), head.Key)
		gathered.Head, gathered.Body, gathered.Module = &head, handbook.writtenInto(rule.Body), verdict
		verdict.Rules = append(verdict.Rules, &gathered)
	}
	return verdict
}

func isViolation(rule *ast.Rule) bool {
	return rule.Head.RuleKind() == ast.MultiValue && rule.Head.Ref().String() == "violation"
}

// checkVerdictRef makes sure that no rule reads what all rules find: it would ask
// itself, without end.
func checkVerdictRef(ref ast.Ref) error {
	if ref.HasPrefix(verdictRoot) {
		return fmt.Errorf("%v is what all rules find: no rule can read it", verdictRoot)
	}
	return nil
}
