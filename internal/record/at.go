package record

import (
	"strconv"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// PathAt returns the path of the value that is written at a place, or above it, and
// whether the place is in its key: the inverse of Locate.
func (r *Record) PathAt(p source.Position) (path []string, atKey bool) {
	offset := r.File.Offset(p)
	for node := r.Root; node != nil && !node.IsScalar(); {
		segment, child, key := node.childAt(offset)
		if child == nil {
			break
		}
		path = append(path, segment)
		if key != nil && offset <= key.end(r.File.Text()) {
			return path, true
		}
		node = child
	}
	return path, false
}

// childAt returns the last of a node's children that begins before an offset, the
// segment of a path that leads to it, and its key where the node is a Map.
func (n *Node) childAt(offset int) (segment string, child, key *Node) {
	for i := range n.Fields {
		if f := &n.Fields[i]; int(f.start) <= offset {
			segment, child, key = f.Key, f.Value, f.key()
		}
	}
	for i, item := range n.Items {
		if int(item.start) <= offset {
			segment, child = strconv.Itoa(i), item
		}
	}
	return segment, child, key
}
