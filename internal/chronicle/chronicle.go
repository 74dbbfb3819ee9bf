// Package chronicle tells of the handbook's numbers through time: what is in
// force since when, and what a change makes of that.
package chronicle

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/ledger"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A Turn is a value of the handbook that another one follows.
type Turn struct {
	change.Difference        // by the path in the handbook's data
	Since             string // the day from which on that is so; "" where it has always been
	Text              string // the same in words; may be empty
}

// Compare tells what a change makes of the handbook: of the numbers as they were
// first, and of what is different from each day on.
func Compare(was, is policy.Handbook) (told []Turn) {
	for _, d := range change.Differences(was.On(first).Root, is.On(first).Root) {
		told = append(told, Turn{Difference: d})
	}
	before, after := turns(was), turns(is)
	for _, turn := range after {
		planned := turn.in(before)
		if planned != nil && planned.After.Equal(turn.After) {
			continue
		}
		turn.Text = turn.words(is.Newest())
		if planned != nil {
			turn.Text += fmt.Sprintf("; it was to be %s", ledger.Show(planned.After))
		}
		told = append(told, turn)
	}
	for _, turn := range before {
		if turn.in(after) == nil {
			name := strings.Join(turn.Path, ".")
			turn.Text = fmt.Sprintf("The handbook's %s no longer becomes %s on %s", name, ledger.Show(turn.After), turn.Since)
			turn.Before, turn.After = turn.After, turn.Before
			told = append(told, turn)
		}
	}
	slices.SortStableFunc(told, func(a, b Turn) int { return cmp.Compare(a.Since, b.Since) })
	return told
}

// first is a day on which the handbook was as it was first.
const first = "0001-01-01"

// turns returns what becomes different in a handbook when, by day.
func turns(h policy.Handbook) (all []Turn) {
	var before policy.Edition
	for i, edition := range h.Editions() {
		if i > 0 {
			for _, d := range change.Differences(before.Root, edition.Root) {
				all = append(all, Turn{Difference: d, Since: edition.Since})
			}
		}
		before = edition
	}
	return all
}

// in returns the turn among others that is of the same day and place, or nil.
func (t *Turn) in(others []Turn) *Turn {
	i := slices.IndexFunc(others, func(o Turn) bool { return o.Since == t.Since && slices.Equal(o.Path, t.Path) })
	if i < 0 {
		return nil
	}
	return &others[i]
}

// words says what is in force from when on, and what was before.
func (t *Turn) words(book policy.Edition) string {
	text := "From " + t.Since + " " + sentence(book, t.Path, t.After)
	was, is := ledger.Show(t.Before), ledger.Show(t.After)
	switch {
	case t.Before == nil:
		return text
	case was == is:
		return text + ", another one than before" // of which too little is shown
	case t.Before.Kind == record.List:
		return text + "; before: " + was
	}
	return text + ", " + was + " before"
}

// A Number is a value of the handbook with its history.
type Number struct {
	Path   []string
	Values []Value // by day
	Text   string  // the same in words
}

// A Value is one that is in force from a day on.
type Value struct {
	Since string       // "" where it has been from the first
	Value *record.Node // nil where there is none
}

// Numbers returns the values at these paths with their history. Of a whole table
// it returns those that have changed.
func Numbers(h policy.Handbook, paths [][]string) (numbers []Number) {
	seen := map[string]bool{}
	add := func(path []string) {
		if key := pointer.Of(path); !seen[key] {
			seen[key] = true
			numbers = append(numbers, number(h, path))
		}
	}
	changed := turns(h)
	for _, path := range paths {
		if value := h.Newest().Root.At(path); value == nil || value.Kind != record.Map {
			add(path)
			continue
		}
		for _, turn := range changed {
			if len(turn.Path) > len(path) && slices.Equal(turn.Path[:len(path)], path) {
				add(turn.Path)
			}
		}
	}
	return numbers
}

// InForce says in words what an edition has at these paths, those of whole tables left
// out.
func InForce(book policy.Edition, paths [][]string) (texts []string) {
	for _, path := range paths {
		if value := book.Root.At(path); value != nil && value.Kind != record.Map {
			text := sentence(book, path, value)
			texts = append(texts, strings.ToUpper(text[:1])+text[1:])
		}
	}
	return texts
}

func number(h policy.Handbook, path []string) Number {
	n := Number{Path: path}
	for _, edition := range h.Editions() {
		value := edition.Root.At(path)
		if len(n.Values) == 0 || !value.Equal(n.Values[len(n.Values)-1].Value) {
			n.Values = append(n.Values, Value{edition.Since, value})
		}
	}
	begin := 0
	if n.Values[0].Value == nil && len(n.Values) > 1 {
		begin = 1
	}
	n.Text = sentence(h.Newest(), path, n.Values[begin].Value)
	if begin > 0 {
		n.Text += " from " + n.Values[begin].Since
	}
	for _, later := range n.Values[begin+1:] {
		separator := ", "
		if later.Value.Kind == record.List { // which has commas of its own
			separator = "; "
		}
		n.Text += separator + ledger.Show(later.Value) + " from " + later.Since
	}
	n.Text = strings.ToUpper(n.Text[:1]) + n.Text[1:]
	return n
}
