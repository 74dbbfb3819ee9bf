package policy

import (
	"strconv"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

// callsOf returns a cache that shares the results of one function, and calls of it.
func callsOf(t *testing.T, run *values) (*cache, func(arguments ...*ast.Term) ast.Ref) {
	t.Helper()
	function := ast.MustParseRef("data.lib.words.f")
	documents := &sharedDocuments{functions: []sharedFunction{{ref: function}}, functionsByName: map[ast.String][]int{"f": {0}}}
	call := func(arguments ...*ast.Term) ast.Ref {
		return append(ast.Ref{ast.NewTerm(function)}, arguments...)
	}
	return newCache(documents, run, newValues()), call
}

func TestResultsOfOtherQueries(t *testing.T) {
	run := newValues()
	first, call := callsOf(t, run)
	first.Put(call(ast.StringTerm("a"), ast.StringTerm("b")), ast.InternedTerm(1))
	second, _ := callsOf(t, run)
	if term, _ := second.Get(call(ast.StringTerm("a"), ast.StringTerm("b"))); term != nil {
		t.Errorf("before the first query succeeded the result is %v", term)
	}
	first.share()
	if term, _ := second.Get(call(ast.StringTerm("a"), ast.StringTerm("b"))); term == nil || !term.Equal(ast.InternedTerm(1)) {
		t.Errorf("the result is %v, want 1", term)
	}
	for _, other := range []ast.Ref{
		call(ast.StringTerm("b"), ast.StringTerm("a")),
		call(ast.StringTerm("ab"), ast.StringTerm("")),
		call(ast.StringTerm("a\"\x01b"), ast.StringTerm("b")),
		call(ast.StringTerm("a"), ast.ArrayTerm(ast.StringTerm("b"))),
	} {
		if term, _ := second.Get(other); term != nil {
			t.Errorf("the result of %v is %v", other, term)
		}
	}
	second.Push()
	if term, _ := second.Get(call(ast.StringTerm("a"), ast.StringTerm("b"))); term != nil {
		t.Errorf("where a with is in force the result is %v", term)
	}
}

func TestArgumentsThatOnlyOneRecordHas(t *testing.T) {
	run := newValues()
	c, call := callsOf(t, run)
	c.Put(call(ast.StringTerm(strings.Repeat("a", longestArguments))), ast.InternedTerm(1))
	for i := range mostResults + 10 {
		c.Put(call(ast.StringTerm(strconv.Itoa(i))), ast.InternedTerm(1))
	}
	c.share()
	if n := len(run.results[0]); n != mostResults {
		t.Errorf("%d results are kept, want %d", n, mostResults)
	}
}

func TestNumbersAndTextsAreDifferentArguments(t *testing.T) {
	run := newValues()
	c, call := callsOf(t, run)
	c.Put(call(ast.StringTerm("1")), ast.StringTerm("text"))
	c.share()
	c.reset()
	if term, _ := c.Get(call(ast.NumberTerm("1"))); term != nil {
		t.Errorf("the result is %v", term)
	}
}
