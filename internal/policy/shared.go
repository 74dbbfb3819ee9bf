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

// inputs is the set of what a rule reads, itself or through what it calls:
// fields of the input, and data.partners.
type inputs uint8

const (
	readsFolder inputs = 1 << iota
	readsPartner
	readsRecord   // the record itself, its path, what it was before, or the input as a whole
	readsBefore   // what the record or its folder was before the change
	readsPartners // data.partners or data.alike: no input, but known only where every partner was read
)

// A sharedDocument is the path of a complete rule whose value several queries
// share: those of a folder, or of the whole run.
type sharedDocument struct {
	ref      ast.Ref
	folder   bool
	partners bool // whether it depends on what is known of all partners
}

// sharedDocuments are found by the last name of their paths: a query asks for one
// several times a record. So are the functions whose results queries share.
type sharedDocuments struct {
	all    []sharedDocument
	byName map[ast.String][]int // indices of all

	functions       []sharedFunction
	functionsByName map[ast.String][]int // indices of functions
}

// A sharedFunction is the path of a function whose results queries share.
type sharedFunction struct {
	ref      ast.Ref
	partners bool // whether they depend on what is known of all partners
}

// A reader knows what of the input rules read: it looks into each but once.
type reader struct {
	compiler *ast.Compiler
	known    map[*ast.Rule]inputs
}

// findShared returns the complete rules whose value queries can share, and the
// functions whose results they can.
func (r *reader) findShared() *sharedDocuments {
	byRef := map[string]inputs{}
	refs := map[string]ast.Ref{}
	functions := map[string]bool{}
	for _, module := range r.compiler.Modules {
		for _, rule := range module.Rules {
			ref := rule.Ref()
			if rule.Head.RuleKind() != ast.SingleValue || !ref.IsGround() {
				continue
			}
			name := ref.String()
			refs[name] = ref
			functions[name] = len(rule.Head.Args) > 0
			byRef[name] |= r.ofRule(rule)
		}
	}
	shared := &sharedDocuments{byName: map[ast.String][]int{}, functionsByName: map[ast.String][]int{}}
	for _, name := range util.KeysSorted(refs) {
		ref := refs[name]
		last, _ := ref[len(ref)-1].Value.(ast.String)
		partners := byRef[name]&readsPartners != 0
		switch fields := byRef[name] &^ readsPartners; {
		case functions[name] && fields == 0:
			shared.functionsByName[last] = append(shared.functionsByName[last], len(shared.functions))
			shared.functions = append(shared.functions, sharedFunction{ref, partners})
		case !functions[name] && fields&readsRecord == 0:
			shared.byName[last] = append(shared.byName[last], len(shared.all))
			shared.all = append(shared.all, sharedDocument{ref, fields != 0, partners})
		}
	}
	return shared
}

// ofPackage returns what of the input the rules of a package read.
func (r *reader) ofPackage(pkg ast.Ref) (fields inputs) {
	for _, rule := range r.compiler.GetRulesWithPrefix(pkg) {
		fields |= r.ofRule(rule)
	}
	return fields
}

// ofRule returns what of the input a rule reads, itself or through what it calls. Rules
// cannot be recursive, so that the walk ends.
func (r *reader) ofRule(rule *ast.Rule) inputs {
	if fields, ok := r.known[rule]; ok {
		return fields
	}
	fields := directInputs(rule)
	for node := rule; node != nil; node = node.Else { // the graph hangs what an else calls on the else
		for dependency := range r.compiler.Graph.Dependencies(node) {
			if other, ok := dependency.(*ast.Rule); ok {
				fields |= r.ofRule(other)
			}
		}
	}
	r.known[rule] = fields
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
			if mayBePartners(x) {
				fields |= readsPartners
			}
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

// mayBePartners reports whether a reference leads, or could lead, to what is known
// of all partners: data.partners and data.alike.
func mayBePartners(ref ast.Ref) bool { return mayBeData(ref, "partners", "alike") }

// mayBeData reports whether a reference leads, or could lead, to what data has under one
// of these names.
func mayBeData(ref ast.Ref, names ...ast.String) bool {
	if !ref.HasPrefix(ast.DefaultRootRef) {
		return false
	}
	if len(ref) == 1 {
		return true
	}
	name, fixed := ref[1].Value.(ast.String)
	return !fixed || slices.Contains(names, name)
}

func fieldOf(ref ast.Ref) inputs {
	if len(ref) > 1 {
		switch ref[1].Value {
		case ast.String("folder"):
			return readsFolder
		case ast.String("folder_before"):
			return readsFolder | readsBefore
		case ast.String("before"), ast.String("before_path"):
			return readsRecord | readsBefore
		case ast.String("partner"):
			return readsPartner
		}
	}
	return readsRecord
}

// values holds what shared documents were evaluated to, by their index in
// Set.shared; nil is undefined. Those of a run hold results of functions, too.
type values struct {
	lock    sync.RWMutex
	known   map[int]*ast.Term
	results map[int]map[string]*ast.Term // by the function's index, then by its arguments
}

func newValues() *values { return &values{known: map[int]*ast.Term{}} }

func (v *values) get(i int) (term *ast.Term, ok bool) {
	v.lock.RLock()
	defer v.lock.RUnlock()
	term, ok = v.known[i]
	return term, ok
}

func (v *values) put(i int, term *ast.Term) {
	v.lock.Lock()
	defer v.lock.Unlock()
	v.known[i] = term
}

// A cache is a query's cache of virtual documents and function results, which
// knows the values that queries share.
type cache struct {
	frames      []frame // one for the query, and one for each `with` in force
	documents   *sharedDocuments
	run, folder *values
	found       map[int]*ast.Term // shared values that this query is the first to find
	results     []result          // the same of shared functions
	arguments   []byte            // of the last call, reused
	early       bool              // whether each folder has to note what it asks of all partners
}

// cached is a value, nil for undefined, and the reference that it is cached under.
type cached struct {
	hash int
	ref  ast.Ref
	term *ast.Term
	next int // the index of an older one of the same hash, or -1
}

// A frame holds cached values. A query over a record puts few into it, which are
// found faster in a list than in OPA's tree; one that counts the grants of a large
// folder puts very many.
type frame struct {
	values []cached
	newest map[int]int // the index of the newest value by its hash; nil while they are few
}

// few is how many values are as soon found in a list.
const few = 32

func (f *frame) find(hash int, ref ast.Ref) *cached {
	if f.newest == nil {
		for i := range f.values {
			if f.values[i].hash == hash && f.values[i].ref.Equal(ref) {
				return &f.values[i]
			}
		}
		return nil
	}
	i, known := f.newest[hash]
	for known && i >= 0 {
		if f.values[i].ref.Equal(ref) {
			return &f.values[i]
		}
		i = f.values[i].next
	}
	return nil
}

func (f *frame) add(value cached) {
	f.values = append(f.values, value)
	switch {
	case f.newest != nil:
		f.index(len(f.values) - 1)
	case len(f.values) > few:
		f.newest = make(map[int]int, 2*few)
		for i := range f.values {
			f.index(i)
		}
	}
}

func (f *frame) index(i int) {
	value := &f.values[i]
	older, known := f.newest[value.hash]
	if value.next = -1; known {
		value.next = older
	}
	f.newest[value.hash] = i
}

func newCache(documents *sharedDocuments, run, folder *values) *cache {
	return &cache{frames: make([]frame, 1), documents: documents, run: run, folder: folder}
}

// reset forgets what the last query put into the cache, but not its memory.
func (c *cache) reset() {
	c.frames = append(c.frames[:0], frame{values: c.frames[0].values[:0]})
	c.found = nil
	clear(c.results)
	c.results = c.results[:0]
}

// share hands what the query found on to other queries. It is for a query that
// succeeded: a builtin that failed makes a value undefined for no good reason.
func (c *cache) share() {
	for i, term := range c.found {
		c.values(i).put(i, term)
	}
	for _, result := range c.results {
		c.run.putResult(result)
	}
}

func (c *cache) values(i int) *values {
	if c.documents.all[i].folder {
		return c.folder
	}
	return c.run
}

// Push implements topdown.VirtualCache.
func (c *cache) Push() { c.frames = append(c.frames, frame{}) }

// Pop implements topdown.VirtualCache.
func (c *cache) Pop() { c.frames = c.frames[:len(c.frames)-1] }

// Get implements topdown.VirtualCache.
func (c *cache) Get(ref ast.Ref) (term *ast.Term, undefined bool) {
	if i := c.shared(ref); i >= 0 {
		term, ok := c.found[i]
		if !ok {
			term, ok = c.values(i).get(i)
		}
		return term, ok && term == nil
	}
	if function, arguments := c.called(ref); function >= 0 {
		if term := c.run.result(function, arguments); term != nil {
			return term, false
		}
	}
	if value := c.frames[len(c.frames)-1].find(hashOf(ref), ref); value != nil {
		return value.term, value.term == nil
	}
	return nil, false
}

// Put implements topdown.VirtualCache.
func (c *cache) Put(ref ast.Ref, term *ast.Term) {
	if i := c.shared(ref); i >= 0 {
		if c.found == nil {
			c.found = map[int]*ast.Term{}
		}
		c.found[i] = term
		return
	}
	if function, arguments := c.called(ref); function >= 0 {
		c.results = append(c.results, result{function, string(arguments), term})
	}
	c.frames[len(c.frames)-1].add(cached{hash: hashOf(ref), ref: slices.Clone(ref), term: term})
}

// Keys implements topdown.VirtualCache.
func (c *cache) Keys() []ast.Ref {
	var refs []ast.Ref
	for _, cached := range c.frames[len(c.frames)-1].values {
		if cached.term != nil {
			refs = append(refs, cached.ref)
		}
	}
	return refs
}

// hashOf tells most references apart: those of rules differ in the package's
// last name, those of functions in their arguments.
func hashOf(ref ast.Ref) int {
	hash := len(ref)
	for _, term := range ref[max(0, len(ref)-2):] {
		hash = hash*31 + term.Value.Hash()
	}
	return hash
}

// shared returns the index of the shared document at ref, and -1 where ref is
// none, or where nothing can be shared: a `with` is in force, or other folders would
// not note that they asked for what is known of the partners.
func (c *cache) shared(ref ast.Ref) int {
	if len(c.frames) > 1 {
		return -1
	}
	name, _ := ref[len(ref)-1].Value.(ast.String)
	for _, i := range c.documents.byName[name] {
		if document := &c.documents.all[i]; document.ref.Equal(ref) {
			if c.early && document.partners && !document.folder {
				return -1
			}
			return i
		}
	}
	return -1
}
