package policy

import (
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/util"
)

// What a complete rule gives that reads no input is the same for the whole run,
// and of one that reads of the input only the folder (and its partner) it is
// the same for the folder. OPA forgets such values after each query; kept, the
// names of all partners are gathered once a run and the seats of a folder once
// a folder, and the cost of a run grows with its records, not their square.

// inputs is the set of fields of the input that a rule reads, itself or
// through what it calls.
type inputs uint8

const (
	readsFolder inputs = 1 << iota
	readsPartner
	readsRecord // the record itself, its path, or the input as a whole
)

// A sharedDocument is the path of a complete rule whose value several queries
// share: those of a folder, or of the whole run.
type sharedDocument struct {
	ref    ast.Ref
	folder bool
}

// findShared returns the complete rules whose value queries can share.
func findShared(compiler *ast.Compiler) []sharedDocument {
	reads := map[*ast.Rule]inputs{}
	byRef := map[string]inputs{}
	refs := map[string]ast.Ref{}
	for _, module := range compiler.Modules {
		for _, rule := range module.Rules {
			ref := rule.Ref()
			if rule.Head.RuleKind() != ast.SingleValue || len(rule.Head.Args) > 0 || !ref.IsGround() {
				continue
			}
			refs[ref.String()] = ref
			byRef[ref.String()] |= transitiveInputs(compiler, rule, reads)
		}
	}
	var shared []sharedDocument
	for _, name := range util.KeysSorted(refs) {
		if fields := byRef[name]; fields&readsRecord == 0 {
			shared = append(shared, sharedDocument{refs[name], fields != 0})
		}
	}
	return shared
}

// inputsOf returns what of the input the rules of a package read.
func inputsOf(compiler *ast.Compiler, pkg ast.Ref) inputs {
	var fields inputs
	known := map[*ast.Rule]inputs{}
	for _, rule := range compiler.GetRulesWithPrefix(pkg) {
		fields |= transitiveInputs(compiler, rule, known)
	}
	return fields
}

// transitiveInputs returns what of the input a rule reads. Rules cannot be
// recursive, so that the walk ends.
func transitiveInputs(compiler *ast.Compiler, rule *ast.Rule, known map[*ast.Rule]inputs) inputs {
	if fields, ok := known[rule]; ok {
		return fields
	}
	fields := directInputs(rule)
	for dependency := range compiler.Graph.Dependencies(rule) {
		if other, ok := dependency.(*ast.Rule); ok {
			fields |= transitiveInputs(compiler, other, known)
		}
	}
	known[rule] = fields
	return fields
}

func directInputs(rule *ast.Rule) inputs {
	var fields inputs
	var visitor *ast.GenericVisitor
	visitor = ast.NewGenericVisitor(func(x any) bool {
		switch x := x.(type) {
		case ast.Var:
			if x.Equal(ast.InputRootDocument.Value) {
				fields |= readsRecord
			}
		case ast.Ref:
			if !x.HasPrefix(ast.InputRootRef) {
				return false
			}
			fields |= fieldOf(x)
			for _, index := range x[1:] {
				visitor.Walk(index)
			}
			return true
		}
		return false
	})
	visitor.Walk(rule)
	return fields
}

func fieldOf(ref ast.Ref) inputs {
	if len(ref) > 1 {
		switch ref[1].Value {
		case ast.String("folder"), ast.String("folder_before"):
			return readsFolder
		case ast.String("partner"):
			return readsPartner
		}
	}
	return readsRecord
}

// values holds what shared documents were evaluated to.
type values struct {
	lock  sync.RWMutex
	known map[int]value // by index in Set.shared
}

type value struct {
	term      *ast.Term
	undefined bool
}

func newValues() *values { return &values{known: map[int]value{}} }

func (v *values) get(i int) (value, bool) {
	v.lock.RLock()
	defer v.lock.RUnlock()
	known, ok := v.known[i]
	return known, ok
}

func (v *values) put(i int, term *ast.Term) {
	v.lock.Lock()
	defer v.lock.Unlock()
	v.known[i] = value{term, term == nil}
}

// A cache is a query's own cache of virtual documents, with the shared ones
// kept where the next query finds them.
type cache struct {
	topdown.VirtualCache
	documents   []sharedDocument
	run, folder *values
	with        int // how many `with` are in force: under one, nothing is shared
}

// Push implements topdown.VirtualCache.
func (c *cache) Push() {
	c.with++
	c.VirtualCache.Push()
}

// Pop implements topdown.VirtualCache.
func (c *cache) Pop() {
	c.with--
	c.VirtualCache.Pop()
}

// Get implements topdown.VirtualCache.
func (c *cache) Get(ref ast.Ref) (*ast.Term, bool) {
	i, values := c.find(ref)
	if values == nil {
		return c.VirtualCache.Get(ref)
	}
	known, _ := values.get(i)
	return known.term, known.undefined
}

// Put implements topdown.VirtualCache.
func (c *cache) Put(ref ast.Ref, term *ast.Term) {
	i, values := c.find(ref)
	if values == nil {
		c.VirtualCache.Put(ref, term)
		return
	}
	values.put(i, term)
}

// find returns where the value of a shared document is kept, and nil where ref
// is none.
func (c *cache) find(ref ast.Ref) (int, *values) {
	if c.with > 0 {
		return 0, nil
	}
	for i := range c.documents {
		if document := &c.documents[i]; document.ref.Equal(ref) {
			if document.folder {
				return i, c.folder
			}
			return i, c.run
		}
	}
	return 0, nil
}
