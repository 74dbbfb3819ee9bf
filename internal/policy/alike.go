package policy

import (
	"maps"
	"slices"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"gitlab.com/gitlab-com/alliances/internal/naming"
)

// What names share takes tables that Rego has not. It is computed once for all
// partners, and rules look up in data.alike the few names and addresses that
// several partners share.

// alikeTerms returns data.alike: by name and by address, as they are written, and
// by the path of a licence, which other partners have the like.
func (s *Set) alikeTerms(partners map[string]*Partner, licenses []License) *ast.Term {
	var same, looks, bare, hosts likes
	var grouping sync.WaitGroup // all else waits for this
	slugs := slices.Sorted(maps.Keys(partners))
	grouping.Go(func() { hosts = group(addressesOf(slugs, partners), nil, ownKey) })
	names := s.namesOf(slugs, partners)
	grouping.Go(func() { same, bare = group(names, nil, ownKey), group(names, sameKey, bareKey) })
	looks = group(names, sameKey, writtenLook, smallLook, capitalLook)
	grouping.Wait()
	return ast.ObjectTerm(
		[2]*ast.Term{ast.StringTerm("names"), groupTerms(map[string]likes{"same": same, "looks": looks, "bare": bare})},
		[2]*ast.Term{ast.StringTerm("websites"), groupTerms(map[string]likes{"host": hosts})},
		[2]*ast.Term{ast.StringTerm("licenses"), groupTerms(likeLicenses(licenses))},
	)
}

// A name is one that a partner goes by, or its address, and what it is compared by.
type name struct {
	slug, text string
	key, bare  string
	looks      [3]string
}

func ownKey(n *name) string      { return n.key }
func bareKey(n *name) string     { return n.bare }
func writtenLook(n *name) string { return n.looks[0] }
func smallLook(n *name) string   { return n.looks[1] }
func capitalLook(n *name) string { return n.looks[2] }

func sameKey(a, b *name) bool { return a.key == b.key }

// namesOf returns all names of the partners, in the order of the slugs.
func (s *Set) namesOf(slugs []string, partners map[string]*Partner) []name {
	forms := s.legalForms()
	names := make([]name, 0, 2*len(slugs))
	add := func(slug, text string) {
		if key := naming.Key(text); key != "" {
			names = append(names, name{slug, text, key, naming.Bare(key, forms), naming.Looks(text, key)})
		}
	}
	for _, slug := range slugs {
		add(slug, partners[slug].Name)
		for _, alias := range partners[slug].Aliases {
			add(slug, alias)
		}
	}
	return names
}

// legalForms returns the legal forms that the handbook's data lists, by their
// bare keys.
func (s *Set) legalForms() map[string]bool {
	listed, _ := s.Handbook.Newest().At("names", "legal_forms").([]any)
	forms := make(map[string]bool, len(listed))
	for _, form := range listed {
		if text, ok := form.(string); ok {
			forms[naming.Bare(naming.Key(text), nil)] = true
		}
	}
	return forms
}

func addressesOf(slugs []string, partners map[string]*Partner) []name {
	addresses := make([]name, 0, len(slugs))
	for _, slug := range slugs {
		if text := partners[slug].Website; text != "" {
			addresses = append(addresses, name{slug: slug, text: text, key: naming.Host(text)})
		}
	}
	return addresses
}

// Likes are, by a text as it is written, names of other partners that are like it.
type likes map[string][]name

// enough is how many of the partners that share something are told of: the other
// one, whoever asks.
const enough = 2

// group returns the likes among names, which are those that share one of their
// keys, unless they are the same in another way.
func group(names []name, but func(a, b *name) bool, keys ...func(*name) string) likes {
	shared := ownersOf(names, but, keys)
	found := likes{}
	for i := range names {
		n := &names[i]
		for _, key := range keys {
			for _, j := range shared[key(n)] {
				if other := &names[j]; other.slug != n.slug && (but == nil || !but(n, other)) {
					found.add(n.text, *other)
				}
			}
		}
	}
	return found
}

// ownersOf returns, by key, those of the names that share it. Most keys are of one name
// alone.
func ownersOf(names []name, but func(a, b *name) bool, keys []func(*name) string) map[string][]int {
	first := make(map[string]int, len(keys)*len(names))
	shared := map[string][]int{}
	for i := range names {
		for _, of := range keys {
			key := of(&names[i])
			if key == "" {
				continue
			}
			switch owner, known := first[key]; {
			case !known:
				first[key] = i
			case shared[key] != nil:
				shared[key] = appendOther(shared[key], names, i, but)
			case owner != i: // as two keys of one name may be
				shared[key] = appendOther([]int{owner}, names, i, but)
			}
		}
	}
	return shared
}

// appendOther adds a name to those that share a key. A few are kept, so that it
// takes no longer the more there are: of each kind of the same, those of two
// partners, and of three kinds.
func appendOther(owners []int, names []name, i int, but func(a, b *name) bool) []int {
	same := 0
	for _, j := range owners {
		if names[j].slug == names[i].slug && names[j].key == names[i].key {
			return owners
		}
		if but == nil || but(&names[i], &names[j]) {
			same++
		}
	}
	if same >= enough || len(owners) >= 3*enough {
		return owners
	}
	return append(owners, i)
}

func (l likes) add(text string, other name) {
	known := l[text]
	if len(known) < enough && !slices.ContainsFunc(known, func(n name) bool { return n.slug == other.slug }) {
		l[text] = append(known, other)
	}
}

// groupTerms returns likes of several kinds, by text, then by kind, then by slug.
func groupTerms(kinds map[string]likes) *ast.Term {
	byText := map[string][][2]*ast.Term{}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		for text, others := range kinds[kind] {
			fields := make([][2]*ast.Term, len(others))
			for i, other := range others {
				fields[i] = [2]*ast.Term{ast.StringTerm(other.slug), ast.StringTerm(other.text)}
			}
			byText[text] = append(byText[text], [2]*ast.Term{ast.StringTerm(kind), ast.ObjectTerm(fields...)})
		}
	}
	all := make([][2]*ast.Term, 0, len(byText))
	for text, fields := range byText {
		all = append(all, [2]*ast.Term{ast.StringTerm(text), ast.ObjectTerm(fields...)})
	}
	return ast.ObjectTerm(all...)
}
