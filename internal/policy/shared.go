package policy

import (
	"slices"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
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

// A cache is a query's cache of virtual documents and function results, with
// the shared documents kept where the next query finds them. A query over a
// record puts few values into it, so that a list is faster than OPA's tree.
type cache struct {
	frames      [][]cached // one for the query, and one for each `with` in force
	documents   []sharedDocument
	run, folder *values
}

// cached is a value and the reference that it is cached under.
type cached struct {
	hash int
	ref  ast.Ref
	value
}

func newCache(documents []sharedDocument, run, folder *values) *cache {
	return &cache{frames: make([][]cached, 1), documents: documents, run: run, folder: folder}
}

// Push implements topdown.VirtualCache.
func (c *cache) Push() { c.frames = append(c.frames, nil) }

// Pop implements topdown.VirtualCache.
func (c *cache) Pop() { c.frames = c.frames[:len(c.frames)-1] }

// Get implements topdown.VirtualCache.
func (c *cache) Get(ref ast.Ref) (*ast.Term, bool) {
	if i, values := c.shared(ref); values != nil {
		known, _ := values.get(i)
		return known.term, known.undefined
	}
	hash, frame := hashOf(ref), c.frames[len(c.frames)-1]
	for i := range frame {
		if frame[i].hash == hash && frame[i].ref.Equal(ref) {
			return frame[i].term, frame[i].undefined
		}
	}
	return nil, false
}

// Put implements topdown.VirtualCache.
func (c *cache) Put(ref ast.Ref, term *ast.Term) {
	if i, values := c.shared(ref); values != nil {
		values.put(i, term)
		return
	}
	top := len(c.frames) - 1
	c.frames[top] = append(c.frames[top], cached{hashOf(ref), slices.Clone(ref), value{term, term == nil}})
}

// Keys implements topdown.VirtualCache.
func (c *cache) Keys() []ast.Ref {
	var refs []ast.Ref
	for _, cached := range c.frames[len(c.frames)-1] {
		if cached.term != nil {
			refs = append(refs, cached.ref)
		}
	}
	return refs
}

// noBaseCache spares a query its cache of data: the store holds terms already.
type noBaseCache struct{}

// Get implements topdown.BaseCache.
func (noBaseCache) Get(ast.Ref) ast.Value { return nil }

// Put implements topdown.BaseCache.
func (noBaseCache) Put(ast.Ref, ast.Value) {}

// hashOf tells most references apart: those of rules differ in the package's
// last name, those of functions in their arguments.
func hashOf(ref ast.Ref) int {
	hash := len(ref)
	for _, term := range ref[max(0, len(ref)-2):] {
		hash = hash*31 + term.Value.Hash()
	}
	return hash
}

// shared returns where the value of a shared document is kept, and nil where
// ref is none, or where a `with` is in force and nothing can be shared.
func (c *cache) shared(ref ast.Ref) (int, *values) {
	if len(c.frames) > 1 {
		return 0, nil
	}
	for i := range c.documents {
		if document := &c.documents[i]; len(document.ref) == len(ref) && document.ref.Equal(ref) {
			if document.folder {
				return i, c.folder
			}
			return i, c.run
		}
	}
	return 0, nil
}
