package policy

import (
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"gitlab.com/gitlab-com/alliances/internal/layout"
)

// IsWaivable reports whether exceptions to the rule of that id can be made.
func (s *Set) IsWaivable(id string) bool {
	return slices.ContainsFunc(s.rules, func(r *Rule) bool { return r.ID == id && r.Waivable })
}

// ComparesPartners reports whether the rule of that id reads what is known of all
// partners.
func (s *Set) ComparesPartners(id string) bool {
	return slices.ContainsFunc(s.rules, func(r *Rule) bool { return r.ID == id && r.reads&readsPartners != 0 })
}

// checkWaivable makes sure that no exception is made from a rule on changes, by
// which the history stays, and none from the rules on exceptions.
func (r *Rule) checkWaivable() error {
	switch {
	case !r.Waivable:
		return nil
	case r.reads&readsBefore != 0:
		return fmt.Errorf("%s: line %d: METADATA: custom.waivable: a rule on changes cannot be waived", r.File, r.line)
	case r.Kind == layout.WaiverKind:
		return fmt.Errorf("%s: line %d: METADATA: custom.waivable: a rule on waivers cannot be waived", r.File, r.line)
	}
	return nil
}

// catalogueTerm returns data.catalogue: of each rule, by its id, whether it can be
// waived, which Rego does not see of the METADATA of others.
func (s *Set) catalogueTerm() *ast.Term {
	all := make([][2]*ast.Term, len(s.rules))
	for i, rule := range s.rules {
		about := ast.ObjectTerm([2]*ast.Term{ast.StringTerm("waivable"), ast.BooleanTerm(rule.Waivable)})
		all[i] = [2]*ast.Term{ast.StringTerm(rule.ID), about}
	}
	return ast.ObjectTerm(all...)
}
