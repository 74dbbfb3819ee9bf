package record

import (
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// Locate returns the place of the value that path leads to, or of its key
// where atKey is set. A scalar or a collection in brackets is its whole text,
// a mapping or sequence written in lines is its key, and the record is its
// first key. Where the path leads nowhere, it is the nearest value above.
func (r *Record) Locate(path []string, atKey bool) finding.Place {
	node, field := r.Root, (*Field)(nil)
	depth := 0
	for depth < len(path) {
		child, childField := node.step(path[depth])
		if child == nil {
			break
		}
		node, field = child, childField
		depth++
	}
	place := finding.Place{File: r.Path, Path: append([]string(nil), path[:depth]...), AtKey: atKey && field != nil}
	if node.IsScalar() {
		place.Subject = node.Text
	}
	place.Span = r.span(node, field, atKey)
	return place
}

func (r *Record) span(node *Node, field *Field, atKey bool) source.Span {
	if field != nil && (atKey || node.style == indented || node.isBlank()) {
		node = field.key()
	}
	for node.style == indented && len(node.Items)+len(node.Fields) > 0 {
		node = node.first()
	}
	return r.File.Span(int(node.start), node.end(r.File.Text()))
}

// isBlank reports whether nothing is written: `seats:` and no more.
func (n *Node) isBlank() bool { return n.Kind == Null && n.Text == "" && n.style == plain }

// first returns what a collection written in lines begins with.
func (n *Node) first() *Node {
	if n.Kind == Map {
		return n.Fields[0].key()
	}
	return n.Items[0]
}
