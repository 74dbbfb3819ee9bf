package table

import (
	"fmt"
	"slices"
	"strconv"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// Within returns what a row says of a record that is there already. What it says of
// the second entry of a list is not said of the first one there, though the row says
// nothing of that: entries keep their numbers, and new ones follow on. Only where the
// record has the row's entries as they would be without the others, they stay.
func Within(root *record.Node, values []Value) (within []Value, problems []Problem) {
	for _, v := range values {
		path := v.Column.Path
		if at := entryAt(path); at > 0 && !isThere(root, values, path[:at]) {
			v.Path = path
			next := nextEntry(root, values, path[:at])
			if entryNumber(path) > next {
				problems = append(problems, Problem{v.Column, fmt.Sprintf("there is no entry %d before it: write it there", next+1)})
			}
		}
		within = append(within, v)
	}
	slices.SortStableFunc(within, func(a, b Value) int { return entryNumber(a.Path) - entryNumber(b.Path) }) // each follows on
	return within, problems
}

// entryNumber returns the number of the entry that a path leads to, or 0.
func entryNumber(path []string) int {
	n, _ := strconv.Atoi(path[entryAt(path)])
	return n
}

// isThere reports whether a record has all that a row says of the entries of a list.
func isThere(root *record.Node, values []Value, list []string) bool {
	return !slices.ContainsFunc(values, func(v Value) bool {
		if !isIn(v.Path, list) {
			return false
		}
		was := root.At(v.Path)
		return was == nil || !Same(was, v.Value)
	})
}

func isIn(path, list []string) bool {
	return len(path) > len(list) && slices.Equal(path[:len(list)], list)
}

// nextEntry returns the number of the first entry of a list that neither the record
// nor the row has.
func nextEntry(root *record.Node, values []Value, list []string) int {
	next := 0
	if there := root.At(list); there != nil {
		next = len(there.Items)
	}
	for slices.ContainsFunc(values, func(v Value) bool {
		return isIn(v.Column.Path, list) && v.Column.Path[len(list)] == strconv.Itoa(next)
	}) {
		next++
	}
	return next
}
