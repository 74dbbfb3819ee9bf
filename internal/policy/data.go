package policy

import (
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// data is what rules read as data. Of data.partners it makes the terms of one
// partner when a rule asks for them: those of all take several times the memory
// of what is known of them, and hardly a rule goes through all.
type data struct {
	set      *Set
	partners map[string]*Partner
	rest     ast.Object       // all but data.partners
	all      func() *ast.Term // data.partners, made once
	whole    func() ast.Value // data, made once

	answered func() map[uint64]bool // the questions about partners that have an answer, made once
}

func (s *Set) newData(partners map[string]*Partner, copied []License) *data {
	alike := [2]*ast.Term{ast.StringTerm("alike"), s.alikeTerms(partners, copied)}
	catalogue := [2]*ast.Term{ast.StringTerm("catalogue"), s.catalogueTerm()}
	handbook := [2]*ast.Term{ast.StringTerm("handbook"), s.handbook}
	d := &data{set: s, partners: partners, rest: ast.NewObject(alike, catalogue, handbook)}
	d.all = sync.OnceValue(func() *ast.Term { return s.partnerTerms(partners) })
	d.whole = sync.OnceValue(func() ast.Value { return ast.NewObject(alike, catalogue, handbook, [2]*ast.Term{partnersKey, d.all()}) })
	d.answered = sync.OnceValue(func() map[uint64]bool { return answered(partners, alike[1]) })
	return d
}

var partnersKey = ast.StringTerm("partners")

// Get implements topdown.BaseCache.
func (d *data) Get(ref ast.Ref) ast.Value {
	switch {
	case len(ref) == 1:
		return d.whole()
	case !ref[1].Equal(partnersKey):
		return find(d.rest, ref[1:])
	case len(ref) == 2:
		return d.all().Value
	}
	slug, _ := ref[2].Value.(ast.String)
	partner, known := d.partners[string(slug)]
	if !known {
		return nil
	}
	return find(d.set.partnerTerm(partner).Value, ref[3:])
}

// Put implements topdown.BaseCache: there is nothing to remember.
func (*data) Put(ast.Ref, ast.Value) {}

// find returns what is at a path in a value, or nil.
func find(value ast.Value, path ast.Ref) ast.Value {
	found, err := value.Find(path)
	if err != nil {
		return nil
	}
	return found
}

// partnerTerms returns data.partners.
func (s *Set) partnerTerms(partners map[string]*Partner) *ast.Term {
	all := make([][2]*ast.Term, 0, len(partners))
	for slug, partner := range partners {
		all = append(all, [2]*ast.Term{ast.StringTerm(slug), s.partnerTerm(partner)})
	}
	return ast.ObjectTerm(all...)
}

// partnerTerm returns what data.partners holds of one.
func (s *Set) partnerTerm(partner *Partner) *ast.Term {
	fields := make([][2]*ast.Term, 0, 5)
	add := func(name string, value *ast.Term) { fields = append(fields, [2]*ast.Term{s.key(name), value}) }
	for _, field := range [...]struct{ name, text string }{
		{"name", partner.Name}, {"type", partner.Type}, {"status", partner.Status}, {"merged_into", partner.MergedInto},
	} {
		if field.text != "" {
			add(field.name, ast.StringTerm(field.text))
		}
	}
	if partner.Aliases != nil {
		aliases := make([]*ast.Term, len(partner.Aliases))
		for i, alias := range partner.Aliases {
			aliases[i] = ast.StringTerm(alias)
		}
		add("aliases", ast.ArrayTerm(aliases...))
	}
	return ast.ObjectTerm(fields...)
}
