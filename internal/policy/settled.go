package policy

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// writtenInto returns a rule's body with what the handbook says in the place of
// its references to it. Most rules begin with one, and OPA finds the way to
// data.lib.handbook.in_force anew for each, while nearly always its values are
// known before the first record. What these names mean, Handbook.On knows as well.
func (h Handbook) writtenInto(body ast.Body) ast.Body {
	body = slices.Clone(body)
	for i, expr := range body {
		if !expr.IsEquality() || len(expr.With) > 0 {
			continue
		}
		terms := slices.Clone(expr.Terms.([]*ast.Term))
		for j := range terms {
			terms[j] = h.settled(terms[j])
		}
		known := *expr
		known.Terms = terms
		body[i] = &known
	}
	return body
}

// settled returns the value of a reference that is the same for every record: one
// to the newest handbook, or to the one in force where there is no other. Other
// terms stay as they are.
func (h Handbook) settled(term *ast.Term) *ast.Term {
	ref, ok := term.Value.(ast.Ref)
	if !ok || !ref.IsGround() {
		return term
	}
	for _, edition := range []ast.Ref{newestRef, inForceRef} {
		if !ref.HasPrefix(edition) || len(h.editions) > 1 && edition.Equal(inForceRef) {
			continue
		}
		names := ref[len(edition):]
		path := fixed(names)
		if value := h.Newest().Root.At(path); value != nil && len(path) == len(names) {
			return ast.NewTerm(ast.MustInterfaceToValue(value.JSON()))
		}
	}
	return term
}
