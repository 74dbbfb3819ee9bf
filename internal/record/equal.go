package record

import "math/big"

// Equal reports whether n and m are the same value, however they are written:
// the order of fields, quotes and layout make no difference, and 5 is 5.0.
func (n *Node) Equal(m *Node) bool {
	if n == nil || m == nil {
		return n == m
	}
	if n.Kind != m.Kind {
		return false
	}
	switch n.Kind {
	case Bool:
		return n.True() == m.True()
	case Number:
		return n.Text == m.Text || equalNumbers(n.Text, m.Text)
	case String:
		return n.Text == m.Text
	case List:
		return equalItems(n.Items, m.Items)
	case Map:
		return equalFields(n, m)
	}
	return true
}

func equalNumbers(a, b string) bool {
	x, ok := new(big.Rat).SetString(a)
	if !ok {
		return false
	}
	y, ok := new(big.Rat).SetString(b)
	return ok && x.Cmp(y) == 0
}

func equalItems(a, b []*Node) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !a[i].Equal(b[i]) {
			return false
		}
	}
	return true
}

func equalFields(n, m *Node) bool {
	if len(n.Fields) != len(m.Fields) {
		return false
	}
	field := m.ByKey()
	for i := range n.Fields {
		other := field(n.Fields[i].Key)
		if other == nil || !n.Fields[i].Value.Equal(other) {
			return false
		}
	}
	return true
}

// ByKey returns what Field does, and is fast for many fields too.
func (n *Node) ByKey() func(key string) *Node {
	if n == nil || len(n.Fields) < manyFields {
		return n.Field
	}
	index := make(map[string]*Node, len(n.Fields))
	for i := range n.Fields {
		index[n.Fields[i].Key] = n.Fields[i].Value
	}
	return func(key string) *Node { return index[key] }
}

// manyFields is from how many fields on a look-up pays for its index.
const manyFields = 32
