package record

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// Put returns the record's text with another value at path, and all else as it is,
// comments too. A value that is there is written anew in its place, a field that is
// missing on lines of its own behind those that come before it: before tells which,
// by their paths. It is not ok in brackets and braces.
func (r *Record) Put(path []string, value *Node, before func(a, b []string) bool) (text []byte, ok bool) {
	s, ok := r.spot(path)
	switch {
	case ok && s.node.Equal(value):
		return r.File.Text(), true
	case ok:
		edits, ok := r.rewrite(s, value.JSON())
		if !ok {
			edits, ok = r.replaceField(s, path, value)
		}
		return Apply(r.File.Text(), edits), ok
	}
	for len(path) > 1 && r.Root.At(path[:len(path)-1]) == nil { // what it belongs to is missing, too
		value = wrap(path[len(path)-1], value)
		path = path[:len(path)-1]
	}
	edit, ok := r.insert(path, value, before)
	return Apply(r.File.Text(), []Edit{edit}), ok
}

// wrap returns an object, or a list, that holds a value.
func wrap(name string, value *Node) *Node {
	if _, err := strconv.Atoi(name); err == nil {
		return &Node{Kind: List, Items: []*Node{value}}
	}
	return &Node{Kind: Map, Fields: []Field{{Key: name, Value: value}}}
}

// replaceField writes a field's value anew, whatever it was.
func (r *Record) replaceField(s spot, path []string, value *Node) ([]Edit, bool) {
	if s.field == nil || s.inFlow {
		return nil, false
	}
	text := r.File.Text()
	key := int(s.field.start)
	start := s.field.key().end(text)
	w := writer{comment: noComment}
	w.value(value, path, indentAt(text, key))
	return []Edit{{start, max(start, s.node.lastEnd(text)), ":" + strings.TrimSuffix(w.out.String(), "\n")}}, true
}

func noComment([]string) string { return "" }

// indentAt returns the blanks in front of an offset, for what stands in its column.
func indentAt(text []byte, at int) string {
	return strings.Repeat(" ", at-lineStart(text, at))
}

// lastEnd returns the offset behind the last byte of a value, of whatever kind.
func (n *Node) lastEnd(text []byte) int {
	members := n.members()
	if n.style != indented || len(members) == 0 {
		return n.end(text)
	}
	last := members[len(members)-1]
	if end := last.lastEnd(text); !last.isBlank() || len(members) < 2 {
		return end
	}
	return members[len(members)-2].lastEnd(text)
}

// insert writes a field, or an entry of a list, that is missing in what it belongs to.
func (r *Record) insert(path []string, value *Node, before func(a, b []string) bool) (edit Edit, ok bool) {
	above := path[:len(path)-1]
	s, ok := r.spot(above)
	text := r.File.Text()
	switch {
	case !ok || s.inFlow || s.node.style != indented:
		return edit, false
	case s.node.Kind == List:
		last := s.node.Items[len(s.node.Items)-1]
		w := writer{comment: noComment}
		w.items(&Node{Kind: List, Items: []*Node{value}}, above, dashIndent(text, int(last.start)))
		return r.below(last.lastEnd(text), w.out.String()), true
	}
	w := writer{comment: noComment}
	first := &s.node.Fields[0]
	indent := indentAt(text, int(first.start))
	w.fields(&Node{Kind: Map, Fields: []Field{{Key: path[len(path)-1], Value: value}}}, above, indent)
	at := -1
	for i := range s.node.Fields {
		f := &s.node.Fields[i]
		if before(append(slices.Clip(above), f.Key), path) {
			at = max(f.Value.lastEnd(text), f.key().end(text))
		}
	}
	if at < 0 { // none comes before it
		last := &s.node.Fields[len(s.node.Fields)-1]
		at = max(last.Value.lastEnd(text), last.key().end(text))
	}
	return r.below(at, w.out.String()), true
}

// dashIndent returns the blanks in front of the dash of an entry.
func dashIndent(text []byte, entry int) string {
	line := text[lineStart(text, entry):entry]
	return strings.Repeat(" ", max(0, bytes.IndexByte(line, '-')))
}
