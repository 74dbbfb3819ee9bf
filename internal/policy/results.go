package policy

import (
	"github.com/open-policy-agent/opa/v1/ast"
)

// What a function gives that reads no input follows from its arguments alone, in
// every query. Records say the same short things again and again: days, names of
// types and states. What follows from those, such as the end of a term that
// starts on a day, is computed once a run.

// Of one function so many results are kept, of arguments that take so many bytes:
// longer ones, and more of them, only one record has.
const (
	mostResults      = 2048
	longestArguments = 32
)

// A result is what a query found that a shared function gives.
type result struct {
	function  int // its index in sharedDocuments.functions
	arguments string
	term      *ast.Term
}

func (v *values) result(function int, arguments []byte) *ast.Term {
	v.lock.RLock()
	defer v.lock.RUnlock()
	return v.results[function][string(arguments)]
}

func (v *values) putResult(r result) {
	v.lock.Lock()
	defer v.lock.Unlock()
	if v.results == nil {
		v.results = map[int]map[string]*ast.Term{}
	}
	known := v.results[r.function]
	if known == nil {
		known = map[string]*ast.Term{}
		v.results[r.function] = known
	}
	if len(known) < mostResults {
		known[r.arguments] = r.term
	}
}

// called returns the index of the shared function that a call is of, and its
// arguments as a text; -1 where its result is not shared.
func (c *cache) called(call ast.Ref) (function int, arguments []byte) {
	ref, isCall := call[0].Value.(ast.Ref)
	if !isCall || len(c.frames) > 1 {
		return -1, nil
	}
	name, _ := ref[len(ref)-1].Value.(ast.String)
	for _, i := range c.documents.functionsByName[name] {
		if shared := &c.documents.functions[i]; shared.ref.Equal(ref) {
			if c.early && shared.partners {
				return -1, nil
			}
			text, ok := appendArguments(c.arguments[:0], call[1:])
			if !ok {
				return -1, nil
			}
			c.arguments = text
			return i, text
		}
	}
	return -1, nil
}

// appendArguments appends a text that tells a call's arguments apart from others.
// ok is false for those whose results are not kept.
func appendArguments(text []byte, arguments []*ast.Term) (_ []byte, ok bool) {
	for _, argument := range arguments {
		switch value := argument.Value.(type) {
		case ast.String:
			if len(value) > longestArguments {
				return text, false
			}
			text = append(append(text, '"', byte(len(value))), value...)
		case ast.Number:
			if len(value) > longestArguments {
				return text, false
			}
			text = append(append(text, '#', byte(len(value))), value...)
		default:
			return text, false
		}
	}
	return text, len(text) <= longestArguments
}
