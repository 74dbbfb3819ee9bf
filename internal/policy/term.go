package policy

import (
	"encoding/json"
	"math/big"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// propertyTerms returns one term for each name that a schema gives to a field, so that the
// records share them.
func propertyTerms(schemas map[string]map[string]any) map[string]*ast.Term {
	terms := map[string]*ast.Term{}
	var collect func(schema any)
	collect = func(schema any) {
		switch schema := schema.(type) {
		case map[string]any:
			properties, _ := schema["properties"].(map[string]any)
			for name := range properties {
				terms[name] = ast.StringTerm(name)
			}
			for _, value := range schema {
				collect(value)
			}
		case []any:
			for _, value := range schema {
				collect(value)
			}
		}
	}
	for _, schema := range schemas {
		collect(schema)
	}
	return terms
}

// usualFields is how many fields a record has at most, but for a very long one:
// so many are put together on the stack.
const usualFields = 24

// term returns a record's value as a term of Rego's.
func (s *Set) term(n *record.Node) *ast.Term {
	switch n.Kind {
	case record.Bool:
		return ast.InternedTerm(n.True())
	case record.Number:
		return numberTerm(wholeNumber(n.Text))
	case record.String:
		return ast.StringTerm(n.Text)
	case record.List:
		items := make([]*ast.Term, len(n.Items))
		for i, item := range n.Items {
			items[i] = s.term(item)
		}
		return ast.ArrayTerm(items...)
	case record.Map:
		fields := make([][2]*ast.Term, 0, usualFields)
		for i := range n.Fields {
			fields = append(fields, [2]*ast.Term{s.key(n.Fields[i].Key), s.term(n.Fields[i].Value)})
		}
		return ast.ObjectTerm(fields...)
	}
	return ast.NullTerm()
}

// wholeNumber returns a number as Rego reckons with it: a whole one without the
// point, or the exponent, that it may be written with.
func wholeNumber(text string) json.Number {
	if !strings.ContainsAny(text, ".eE") {
		return json.Number(text)
	}
	if number, ok := new(big.Rat).SetString(text); ok && number.IsInt() {
		return json.Number(number.Num().String())
	}
	return json.Number(text)
}

// numberTerm returns the term of a number: that of a small whole one is shared.
func numberTerm(number json.Number) *ast.Term {
	if term := ast.InternedIntNumberTermFromString(number.String()); term != nil {
		return term
	}
	return ast.NewTerm(ast.Number(number))
}

// key returns the term of a field's name: one that the schemas give is shared.
func (s *Set) key(name string) *ast.Term {
	if term := s.keys[name]; term != nil {
		return term
	}
	return ast.StringTerm(name)
}
