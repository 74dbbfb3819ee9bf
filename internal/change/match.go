// Package change compares what a folder held before a change with what it
// holds after it: which record is which, and which of its values differ.
package change

import (
	"bytes"
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// An Item is a record's file, on one side of a change.
type Item struct {
	repo.File
	Kind string // of the record; "" where it is not known
}

// Problem returns why the file cannot be read as a record, or "" where it can, or
// where that is not known.
func (i *Item) Problem() string {
	if i.Record != nil || len(i.Problems) == 0 {
		return ""
	}
	return fmt.Sprintf("line %d: %s", i.Problems[0].Span.Start.Line, i.Problems[0].Message)
}

// A Reader says what kind of record one is, "" where it is none that is known, and
// how it reads by the names that its fields have now.
type Reader func(*record.Record) (kind string, current *record.Record)

// NewItem reads the text that the record at path had at some time.
func NewItem(path string, text []byte, read Reader) Item {
	return itemOf(repo.PastFile(path, text), read)
}

func itemOf(file repo.File, read Reader) Item {
	item := Item{File: file}
	if file.Record != nil {
		item.Kind, item.Record = read(file.Record)
	}
	return item
}

// A Pair is one record on both sides: Before is nil where the change adds it,
// After where the change deletes it.
type Pair struct {
	Before, After *Item
}

// Moved reports whether the record has another path than before.
func (p Pair) Moved() bool {
	return p.Before != nil && p.After != nil && p.Before.Path != p.After.Path
}

// MovedAlong reports whether the record has another path than before only because
// its folder has another name.
func (p Pair) MovedAlong() bool {
	return p.Moved() && place(p.Before.Path) == place(p.After.Path)
}

// Path returns where the record is, or was before the change deleted it.
func (p Pair) Path() string {
	if p.After != nil {
		return p.After.Path
	}
	return p.Before.Path
}

// Match tells which record of a folder is which, sorted by path. What a record is
// known by is its path in the folder, which may have had another name before. In
// a partner's folder, a record that is gone and a new one of the same kind with
// the same content, or nearly the same, are one that moved; the name of a month's
// figures is no such thing.
func Match(folder string, before, after []Item) []Pair {
	var pairs []Pair
	var gone, added []*Item
	byPlace := make(map[string]*Item, len(before))
	for i := range before {
		byPlace[place(before[i].Path)] = &before[i]
	}
	for i := range after {
		at := place(after[i].Path)
		if was := byPlace[at]; was != nil {
			pairs = append(pairs, Pair{was, &after[i]})
			delete(byPlace, at)
		} else {
			added = append(added, &after[i])
		}
	}
	for i := range before {
		if byPlace[place(before[i].Path)] != nil {
			gone = append(gone, &before[i])
		}
	}
	if !layout.IsPartners(folder) {
		pairs = append(pairs, unmatched(gone, added)...)
	} else {
		pairs = append(pairs, matchMoved(gone, added)...)
	}
	slices.SortFunc(pairs, func(a, b Pair) int { return cmp.Compare(a.Path(), b.Path()) })
	return pairs
}

// nearly is how much of two records must be the same for them to be one that
// moved. Two grants of one partner share their product and plan, and at times
// their seats and purpose, but then not their days.
const nearly = 0.6

// matchMoved pairs what is gone with what was added, the likest first, and
// leaves the rest without a counterpart.
func matchMoved(gone, added []*Item) []Pair {
	var pairs []Pair
	taken := map[*Item]bool{}
	for _, match := range likenesses(gone, added) {
		if !taken[match.Before] && !taken[match.After] {
			taken[match.Before], taken[match.After] = true, true
			pairs = append(pairs, match.Pair)
		}
	}
	isTaken := func(item *Item) bool { return taken[item] }
	return append(pairs, unmatched(slices.DeleteFunc(gone, isTaken), slices.DeleteFunc(added, isTaken))...)
}

// unmatched returns items that have no counterpart.
func unmatched(gone, added []*Item) []Pair {
	var pairs []Pair
	for _, item := range gone {
		pairs = append(pairs, Pair{Before: item})
	}
	for _, item := range added {
		pairs = append(pairs, Pair{After: item})
	}
	return pairs
}

type likeness struct {
	Pair
	share float64
}

// likenesses returns the pairs that could be one record, the likest first.
func likenesses(gone, added []*Item) []likeness {
	var all []likeness
	parts := partsOf(gone, added)
	for _, was := range gone {
		for _, is := range added {
			if was.Kind != is.Kind && was.Record != nil && is.Record != nil {
				continue
			}
			share := parts.share(was, is)
			if share >= nearly {
				all = append(all, likeness{Pair{was, is}, share})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b likeness) int { return cmp.Compare(b.share, a.share) })
	return all
}

// parts are what items consist of, weighed by their length: values, or, where
// there are none to be read, lines.
type parts struct {
	values, lines map[*Item]map[string]int
}

func partsOf(gone, added []*Item) parts {
	p := parts{map[*Item]map[string]int{}, map[*Item]map[string]int{}}
	if len(gone) == 0 || len(added) == 0 {
		return p
	}
	for _, item := range slices.Concat(gone, added) {
		p.lines[item] = linesOf(item)
		if item.Record != nil {
			p.values[item] = valuesOf(item.Record.Root)
		}
	}
	return p
}

// share returns how much of two items is the same, from 0 to 1.
func (p parts) share(a, b *Item) float64 {
	if p.values[a] != nil && p.values[b] != nil {
		return shareOf(p.values[a], p.values[b])
	}
	return shareOf(p.lines[a], p.lines[b])
}

func shareOf(a, b map[string]int) float64 {
	common, total := 0, 0
	for part, weight := range a {
		total += weight
		common += min(weight, b[part])
	}
	for _, weight := range b {
		total += weight
	}
	if total == 0 {
		return 0
	}
	return 2 * float64(common) / float64(total)
}

// valuesOf returns the values of a record by their path, but for its kind,
// which all records that are compared share.
func valuesOf(root *record.Node) map[string]int {
	values := map[string]int{}
	leaves(root, nil, func(path []string, value *record.Node) {
		if len(path) != 1 || path[0] != "kind" {
			part := pointer.Of(path) + "=" + textOf(value)
			values[part] += len(part)
		}
	})
	return values
}

// textOf returns a scalar's text, the same for the same number.
func textOf(value *record.Node) string {
	if value.Kind == record.Number {
		if number, ok := new(big.Rat).SetString(value.Text); ok {
			return number.RatString()
		}
	}
	return value.Text
}

func linesOf(item *Item) map[string]int {
	lines := map[string]int{}
	for line := range bytes.Lines(item.Text) {
		line = bytes.TrimSpace(line)
		lines[string(line)] += len(line)
	}
	return lines
}
