package policy

import (
	"encoding/json"
	"math/big"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// propertyTerms returns one term for each name that a schema gives to a field,
// so that the records share them.
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

// term returns a record's value as a term of Rego's.
func (s *Set) term(n *record.Node) *ast.Term {
	switch n.Kind {
	case record.Bool:
		return ast.InternedTerm(n.True())
	case record.Number:
		return ast.NewTerm(ast.Number(wholeNumber(n.Text)))
	case record.String:
		return ast.StringTerm(n.Text)
	case record.List:
		items := make([]*ast.Term, len(n.Items))
		for i, item := range n.Items {
			items[i] = s.term(item)
		}
		return ast.ArrayTerm(items...)
	case record.Map:
		fields := make([][2]*ast.Term, len(n.Fields))
		for i := range n.Fields {
			fields[i] = [2]*ast.Term{s.key(n.Fields[i].Key), s.term(n.Fields[i].Value)}
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

func (s *Set) key(name string) *ast.Term {
	if term := s.keys[name]; term != nil {
		return term
	}
	return ast.StringTerm(name)
}
