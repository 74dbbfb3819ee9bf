package policy

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

var (
	handbookRef = ast.MustParseRef("data.handbook")
	handbookLib = ast.MustParseRef("data.lib.handbook")
)

// editionRefs lead to a handbook in force, as data.lib.handbook has it.
var editionRefs = []ast.Ref{handbookRef, newestRef, inForceRef}

var (
	newestRef  = handbookLib.Append(ast.StringTerm("newest"))
	inForceRef = handbookLib.Append(ast.StringTerm("in_force"))

	onRef    = handbookLib.Append(ast.StringTerm("on"))
	sinceRef = handbookLib.Append(ast.StringTerm("in_force_since"))
)

// A handbookRead is a place where policies read a value of the handbook: its
// path in it, as far as that is fixed.
type handbookRead struct {
	path []string
	at   *ast.Location
}

// checkHandbookReads makes sure that what policies read of the handbook is there:
// a rule that reads a name which nobody gives would find nothing, ever.
func (p *Parsed) checkHandbookReads(compiler *ast.Compiler) error {
	newest := p.handbook.Newest().Root
	for _, file := range slices.Sorted(maps.Keys(compiler.Modules)) {
		for _, rule := range compiler.Modules[file].Rules {
			for _, read := range handbookReads(rule) {
				if newest.At(read.path) == nil && read.at != nil {
					return fmt.Errorf("%s:%d: the handbook's data has no %s", read.at.File, read.at.Row, strings.Join(read.path, "."))
				}
			}
		}
	}
	return nil
}

// handbookReads returns what a rule itself reads of the handbook. The compiler
// has given a name to what each call returns.
func handbookReads(rule *ast.Rule) (reads []handbookRead) {
	books := booksOf(rule)
	ast.WalkTerms(rule, func(term *ast.Term) bool {
		if ref, ok := term.Value.(ast.Ref); ok {
			if names, ok := below(ref, books); ok {
				reads = append(reads, handbookRead{fixed(names), term.Location})
			}
		}
		return false
	})
	ast.WalkExprs(rule, func(expr *ast.Expr) bool {
		if expr.IsCall() && expr.Operator().Equal(sinceRef) {
			if names, ok := expr.Operand(0).Value.(*ast.Array); ok {
				reads = append(reads, handbookRead{fixed(elements(names)), expr.Location})
			}
		}
		return false
	})
	return reads
}

// booksOf returns the variables of a rule that hold a handbook in force.
func booksOf(rule *ast.Rule) map[ast.Var]bool {
	books := map[ast.Var]bool{}
	ast.WalkExprs(rule, func(expr *ast.Expr) bool {
		if !expr.IsCall() {
			return false
		}
		operands := expr.Operands()
		last := operands[len(operands)-1]
		name, isVar := last.Value.(ast.Var)
		switch operator := expr.Operator(); {
		case isVar && operator.Equal(onRef):
			books[name] = true
		case expr.IsEquality() && (isBook(operands[0], books) || isBook(operands[1], books)):
			for _, side := range operands {
				if name, ok := side.Value.(ast.Var); ok {
					books[name] = true
				}
			}
		}
		return false
	})
	return books
}

// isBook reports whether a term is a handbook in force, whole.
func isBook(term *ast.Term, books map[ast.Var]bool) bool {
	switch value := term.Value.(type) {
	case ast.Var:
		return books[value]
	case ast.Ref:
		return slices.ContainsFunc(editionRefs, func(edition ast.Ref) bool { return value.Equal(edition) })
	}
	return false
}

// below returns the names that lead from a handbook in force to what a reference
// is about, if it leads there.
func below(ref ast.Ref, books map[ast.Var]bool) (names ast.Ref, ok bool) {
	if name, isVar := ref[0].Value.(ast.Var); isVar && books[name] {
		return ref[1:], true
	}
	for _, edition := range editionRefs {
		if ref.HasPrefix(edition) {
			return ref[len(edition):], true
		}
	}
	return nil, false
}

func elements(list *ast.Array) (all []*ast.Term) {
	list.Foreach(func(element *ast.Term) { all = append(all, element) })
	return all
}

// fixed returns the names up to the first that is found out later.
func fixed(names []*ast.Term) (path []string) {
	for _, name := range names {
		text, ok := name.Value.(ast.String)
		if !ok {
			break
		}
		path = append(path, string(text))
	}
	return path
}

// ReadsField reports whether a rule itself reads a field of the record.
func (s *Set) ReadsField(r *Rule, name string) bool {
	field := ast.MustParseRef("input.record").Append(ast.StringTerm(name))
	reads := false
	for _, rule := range s.compiler.GetRulesWithPrefix(r.pkg) {
		ast.WalkRefs(rule, func(ref ast.Ref) bool {
			reads = reads || ref.HasPrefix(field)
			return reads
		})
	}
	return reads
}

// HandbookPaths returns the paths of what a rule reads of the handbook, itself or
// through what it calls, sorted.
func (s *Set) HandbookPaths(r *Rule) [][]string {
	var paths [][]string
	seen := map[*ast.Rule]bool{}
	var visit func(rule *ast.Rule)
	visit = func(rule *ast.Rule) {
		if seen[rule] || rule.Module.Package.Path.Equal(handbookLib) {
			return
		}
		seen[rule] = true
		for _, read := range handbookReads(rule) {
			paths = append(paths, read.path)
		}
		for node := rule; node != nil; node = node.Else { // the graph hangs what an else calls on the else
			for dependency := range s.compiler.Graph.Dependencies(node) {
				if other, ok := dependency.(*ast.Rule); ok {
					visit(other)
				}
			}
		}
	}
	for _, rule := range s.compiler.GetRulesWithPrefix(r.pkg) {
		visit(rule)
	}
	slices.SortFunc(paths, slices.Compare)
	return slices.CompactFunc(paths, slices.Equal)
}
