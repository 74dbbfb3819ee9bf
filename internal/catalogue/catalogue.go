// Package catalogue explains the rules: what each demands and why, how it is
// broken and how that is put right. What it says of a rule it has from the rule
// alone.
package catalogue

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/chronicle"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/spelling"
)

// An Explanation is all that there is to say of a rule.
type Explanation struct {
	finding.Rule
	Kind                 string             // the first part of its id: a kind of record, or yaml, schema or repo
	Waivable             bool               // whether there can be exceptions
	File                 string             // that holds it; "" where it is built into the validator
	Before, Wrong, Right policy.Example     // nil where there is none
	Numbers              []chronicle.Number // of the handbook, that it judges by
	Waivers              []finding.Waiver   // that there are of it, sorted by path, where somebody has looked for them
}

// A Catalogue is rules by kind, those of the validator itself first, then by id.
type Catalogue struct {
	Rules []Explanation

	one bool // whether it is one rule that was asked for by its name
}

// builtIn are the kinds of what the validator itself finds, in the order in
// which it looks.
var builtIn = []string{"yaml", "schema", "repo"}

// IsOfValidator reports whether a rule is about what the validator itself demands
// of files and fields.
func (r *Explanation) IsOfValidator() bool { return slices.Contains(builtIn, r.Kind) }

// New returns the catalogue of all rules.
func New(rules *check.Rulebook) *Catalogue {
	policies := map[string]*policy.Rule{}
	for _, rule := range rules.Policies.Rules() {
		policies[rule.ID] = rule
	}
	c := &Catalogue{}
	for _, found := range rules.Catalogue() {
		rule := Explanation{Rule: *found}
		rule.Kind, _, _ = strings.Cut(rule.ID, "/")
		if p := policies[rule.ID]; p != nil {
			rule.File, rule.Waivable = p.File, p.Waivable
			rule.Before, rule.Wrong, rule.Right = p.Before, p.Wrong, p.Right
			rule.Numbers = chronicle.Numbers(rules.Policies.Handbook, rules.Policies.HandbookPaths(p))
		}
		c.Rules = append(c.Rules, rule)
	}
	slices.SortStableFunc(c.Rules, func(a, b Explanation) int { return rank(a.Kind) - rank(b.Kind) })
	return c
}

// rank returns where a kind stands: those of records come last, in the order in
// which they are.
func rank(kind string) int {
	if i := slices.Index(builtIn, kind); i >= 0 {
		return i
	}
	return len(builtIn)
}

// One returns the rule that the catalogue explains, or nil where it lists several.
func (c *Catalogue) One() *Explanation {
	if !c.one {
		return nil
	}
	return &c.Rules[0]
}

// Select returns what name stands for: a rule by its id, the rules of a kind, or
// the one rule with that name behind its kind.
func (c *Catalogue) Select(name string) (*Catalogue, error) {
	if found := c.where(func(r *Explanation) bool { return r.ID == name }); len(found) > 0 {
		return &Catalogue{found, true}, nil
	}
	if found := c.where(func(r *Explanation) bool { return r.Kind == name }); len(found) > 0 {
		return &Catalogue{Rules: found}, nil
	}
	found := c.where(func(r *Explanation) bool { return r.name() == name })
	switch len(found) {
	case 0:
		return nil, c.unknown(name)
	case 1:
		return &Catalogue{found, true}, nil
	}
	ids := make([]string, len(found))
	for i := range found {
		ids[i] = found[i].ID
	}
	return nil, fmt.Errorf("several rules are named %q: %s", name, strings.Join(ids, ", "))
}

func (c *Catalogue) where(wanted func(*Explanation) bool) (found []Explanation) {
	for i := range c.Rules {
		if wanted(&c.Rules[i]) {
			found = append(found, c.Rules[i])
		}
	}
	return found
}

// name returns what stands behind the kind in a rule's id.
func (r *Explanation) name() string { return strings.TrimPrefix(r.ID, r.Kind+"/") }

// unknown returns the error that there is no such rule, with those that may be
// meant.
func (c *Catalogue) unknown(name string) error {
	if meant := c.nearest(name); len(meant) > 0 {
		return fmt.Errorf("there is no rule %q; did you mean `%s`?", name, strings.Join(meant, "` or `"))
	}
	return fmt.Errorf("there is no rule %q; `alliances rules` lists them all", name)
}

// maxMeant is how many names are suggested at most: of more, none is likely.
const maxMeant = 3

// nearest returns the ids and kinds that are written most like word, if they are
// like it at all.
func (c *Catalogue) nearest(word string) []string {
	meant := map[string][]string{} // by how it may be spelled
	for i := range c.Rules {
		r := &c.Rules[i]
		for _, name := range []string{r.ID, r.name()} {
			meant[name] = append(meant[name], r.ID)
		}
		meant[r.Kind] = append(meant[r.Kind], r.Kind)
	}
	var ids []string
	for _, name := range spelling.Nearest(word, slices.Sorted(maps.Keys(meant)), 1+len(word)/4) { // beyond that, it is another word
		ids = append(ids, meant[name]...)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	return ids[:min(len(ids), maxMeant)]
}
