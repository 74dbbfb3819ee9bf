package policy

import (
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"gitlab.com/gitlab-com/alliances/internal/naming"
)

// What names share takes tables that Rego has not. It is computed once for all
// partners, and rules look up in data.alike the few names and addresses that
// several partners share.

// alikeTerms returns data.alike: by name and by address, as they are written, and
// by the path of a licence, which other partners have the like.
func (s *Set) alikeTerms(partners map[string]Partner, licenses []License) *ast.Term {
	slugs := slices.Sorted(maps.Keys(partners))
	names := s.namesOf(slugs, partners)
	same := group(names, ownKey, nil)
	looks := group(names, func(n name) []string { return n.looks }, name.sameKey)
	bare := group(names, func(n name) []string { return []string{n.bare} }, name.sameKey)
	hosts := group(addressesOf(slugs, partners), ownKey, nil)
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
	looks      []string
}

func (n name) sameKey(other name) bool { return n.key == other.key }

// namesOf returns all names of the partners, in the order of the slugs.
func (s *Set) namesOf(slugs []string, partners map[string]Partner) []name {
	forms := s.legalForms()
	names := make([]name, 0, len(slugs))
	for _, slug := range slugs {
		partner := partners[slug]
		for _, text := range append([]string{partner.Name}, partner.Aliases...) {
			key := naming.Key(text)
			if key == "" {
				continue
			}
			looks := naming.Looks(text, key)
			names = append(names, name{slug, text, key, naming.Bare(key, forms), slices.Compact(looks[:])})
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

func addressesOf(slugs []string, partners map[string]Partner) []name {
	var addresses []name
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
func group(names []name, keys func(name) []string, but func(a, b name) bool) likes {
	owners := map[string][]int{}
	for i, n := range names {
		for _, key := range keys(n) {
			if key != "" {
				owners[key] = appendOther(owners[key], names, i, but)
			}
		}
	}
	found := likes{}
	for _, n := range names {
		for _, key := range keys(n) {
			for _, i := range owners[key] {
				if other := names[i]; other.slug != n.slug && (but == nil || !but(n, other)) {
					found.add(n.text, other)
				}
			}
		}
	}
	return found
}

// appendOther adds a name to those that share a key. A few are kept, so that it
// takes no longer the more there are: of each kind of the same, those of two
// partners, and of three kinds.
func appendOther(owners []int, names []name, i int, but func(a, b name) bool) []int {
	same := 0
	for _, j := range owners {
		if names[j].slug == names[i].slug && names[j].key == names[i].key {
			return owners
		}
		if but == nil || but(names[i], names[j]) {
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
