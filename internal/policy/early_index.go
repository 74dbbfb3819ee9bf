package policy

import "github.com/open-policy-agent/opa/v1/ast"

// Where all rules ask data.alike of the like of one text, OPA's index alone asks for it as
// a whole: to look there itself for the texts of the rules that need one to be there. So
// that the index can pass by these, it gets what notes which texts it looks for.

// notingAlike is data.alike for the index.
type notingAlike struct {
	ast.Value
	noting noting
}

// Find implements ast.Value.
func (a notingAlike) Find(path ast.Ref) (ast.Value, error) {
	found, err := a.Value.Find(path)
	likes, isObject := found.(ast.Object)
	if err != nil || !isObject || len(path) != 1 {
		a.noting.note(question{})
		return found, err
	}
	return notingLikes{likes, path[0], a.noting}, nil
}

// notingLikes is a part of data.alike for the index.
type notingLikes struct {
	ast.Object
	of     *ast.Term
	noting noting
}

// Get implements ast.Object.
func (l notingLikes) Get(text *ast.Term) *ast.Term {
	l.noting.note(questionOn(l.of, text))
	return l.Object.Get(text)
}

var alikeRef = ast.MustParseRef("data.alike")

// asksOfParts reports whether all that policies read of data.alike is the like of one
// text each.
func asksOfParts(compiler *ast.Compiler) bool {
	parts := true
	for _, module := range compiler.Modules {
		for _, rule := range module.Rules {
			ast.WalkRefs(rule, func(ref ast.Ref) bool {
				parts = parts && (!mayBeAlike(ref) || asksOfPart(ref))
				return false
			})
			ast.WalkWiths(rule, func(with *ast.With) bool {
				target, _ := with.Target.Value.(ast.Ref)
				parts = parts && !mayBeAlike(target)
				return false
			})
		}
	}
	return parts
}

// asksOfPart reports whether a reference that may lead to data.alike leads below a part
// that it names. Where OPA has to find the part, it goes through data.alike as a whole.
func asksOfPart(ref ast.Ref) bool {
	if len(ref) < len(alikeRef)+2 || !ref.HasPrefix(alikeRef) {
		return false
	}
	_, named := ref[len(alikeRef)].Value.(ast.String)
	return named
}

// mayBeAlike reports whether a reference leads, or could lead, to data.alike.
func mayBeAlike(ref ast.Ref) bool { return mayBeData(ref, "alike") }
