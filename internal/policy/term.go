package policy

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// wordTerms returns one term for each name that a schema gives to a field, and for
// each text that it lists as a value, so that the records share them.
func wordTerms(schemas map[string]map[string]any) map[string]*ast.Term {
	terms := map[string]*ast.Term{}
	var collect func(schema any)
	collect = func(schema any) {
		switch schema := schema.(type) {
		case map[string]any:
			properties, _ := schema["properties"].(map[string]any)
			for name := range properties {
				terms[name] = ast.StringTerm(name)
			}
			words, _ := schema["enum"].([]any)
			for _, word := range slices.Concat(words, []any{schema["const"]}) {
				if text, ok := word.(string); ok {
					terms[text] = ast.StringTerm(text)
				}
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
		return s.word(n.Text)
	case record.List:
		items := make([]*ast.Term, len(n.Items))
		for i, item := range n.Items {
			items[i] = s.term(item)
		}
		return ast.ArrayTerm(items...)
	case record.Map:
		fields := make([][2]*ast.Term, 0, usualFields)
		for i := range n.Fields {
			fields = append(fields, [2]*ast.Term{s.word(n.Fields[i].Key), s.term(n.Fields[i].Value)})
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

// longestWord is how long a word of the schemas usually is at most. To look for a
// longer text among them would cost more than a term of its own.
const longestWord = 32

// word returns the term of a text: that of a word of the schemas is shared.
func (s *Set) word(text string) *ast.Term {
	if len(text) <= longestWord {
		if term := s.words[text]; term != nil {
			return term
		}
	}
	return ast.StringTerm(text)
}
