package change

import (
	"strconv"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A Difference is one value that a change gave to a record, took from it or
// replaced.
type Difference struct {
	Path          []string     // from the record's root
	Before, After *record.Node // nil where there was, or is, no such value
}

// Differences returns what differs between two values, in the order of the
// fields of after and then those of before. Lists differ as a whole: which item
// became which is not to be known. Either may be nil.
func Differences(before, after *record.Node) []Difference {
	var all []Difference
	differences(nil, before, after, func(d Difference) { all = append(all, d) })
	return all
}

func differences(path []string, before, after *record.Node, yield func(Difference)) {
	if before.Equal(after) {
		return
	}
	if !isMap(before) || !isMap(after) {
		yield(Difference{path, before, after})
		return
	}
	was, is := before.ByKey(), after.ByKey()
	for i := range after.Fields {
		key := after.Fields[i].Key
		differences(join(path, key), was(key), after.Fields[i].Value, yield)
	}
	for i := range before.Fields {
		if key := before.Fields[i].Key; is(key) == nil {
			yield(Difference{join(path, key), before.Fields[i].Value, nil})
		}
	}
}

func isMap(n *record.Node) bool { return n != nil && n.Kind == record.Map }

// leaves calls yield with every scalar and empty collection below n.
func leaves(n *record.Node, path []string, yield func(path []string, value *record.Node)) {
	switch {
	case n.Kind == record.List && len(n.Items) > 0:
		for i, item := range n.Items {
			leaves(item, join(path, strconv.Itoa(i)), yield)
		}
	case n.Kind == record.Map && len(n.Fields) > 0:
		for i := range n.Fields {
			leaves(n.Fields[i].Value, join(path, n.Fields[i].Key), yield)
		}
	default:
		yield(path, n)
	}
}

// join returns path with one more segment, in memory of its own.
func join(path []string, segment string) []string {
	return append(path[:len(path):len(path)], segment)
}
