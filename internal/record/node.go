package record

import (
	"encoding/json"
	"slices"
	"strconv"
)

// Kind is what a value is, in JSON's terms.
type Kind uint8

// The kinds of value.
const (
	Null Kind = iota
	Bool
	Number
	String
	List
	Map
)

// A Node is one value of a record, with what it takes to find it in the file.
// A value is what was written: dates are strings, a number keeps its digits,
// and yes, no, on and off are strings (YAML 1.2, section 10.3).
type Node struct {
	Kind   Kind
	style  style
	start  int32   // the offset of its first byte
	Text   string  // a scalar's text; a string's value, a number's digits
	Items  []*Node // of a List
	Fields []Field // of a Map, in the order of the file
}

// A Field is one key of a Map and its value.
type Field struct {
	Key   string
	Value *Node

	start int32 // the key's, as is its style
	style style
}

// key returns the key as a value of its own.
func (f *Field) key() *Node { return &Node{Kind: String, Text: f.Key, start: f.start, style: f.style} }

// style is how a value is written, which decides where it ends.
type style uint8

const (
	plain style = iota
	singleQuoted
	doubleQuoted
	block // a literal or folded scalar
	flow  // a collection in brackets or braces
	indented
)

// Field returns the value under key, or nil where n is no Map or lacks it.
func (n *Node) Field(key string) *Node {
	if n == nil {
		return nil
	}
	for i := range n.Fields {
		if n.Fields[i].Key == key {
			return n.Fields[i].Value
		}
	}
	return nil
}

// At returns the value at a path, or nil where there is none.
func (n *Node) At(path []string) *Node {
	for _, segment := range path {
		if n == nil {
			return nil
		}
		n, _ = n.step(segment)
	}
	return n
}

// IsScalar reports whether n is neither a List nor a Map.
func (n *Node) IsScalar() bool { return n.Kind < List }

// AsText returns the text of a String, and "" of anything else or of nothing.
func (n *Node) AsText() string {
	if n == nil || n.Kind != String {
		return ""
	}
	return n.Text
}

// True reports whether n is the Bool true.
func (n *Node) True() bool { return n.Kind == Bool && (n.Text[0] == 't' || n.Text[0] == 'T') }

// JSON returns n as encoding/json would decode it, numbers as json.Number.
func (n *Node) JSON() any {
	switch n.Kind {
	case Bool:
		return n.True()
	case Number:
		return json.Number(n.Text)
	case String:
		return n.Text
	case List:
		list := make([]any, len(n.Items))
		for i, item := range n.Items {
			list[i] = item.JSON()
		}
		return list
	case Map:
		object := make(map[string]any, len(n.Fields))
		for i := range n.Fields {
			object[n.Fields[i].Key] = n.Fields[i].Value.JSON()
		}
		return object
	}
	return nil
}

// step returns the child of n that one segment of a path names, and the field
// that it is where n is a Map.
func (n *Node) step(segment string) (child *Node, field *Field) {
	switch n.Kind {
	case Map:
		for i := range n.Fields {
			if n.Fields[i].Key == segment {
				return n.Fields[i].Value, &n.Fields[i]
			}
		}
	case List:
		i, err := strconv.Atoi(segment)
		if err == nil && i >= 0 && i < len(n.Items) {
			return n.Items[i], nil
		}
	}
	return nil, nil
}

// Clone returns a value of its own that is the same.
func (n *Node) Clone() *Node {
	c := *n
	c.Items, c.Fields = slices.Clone(n.Items), slices.Clone(n.Fields)
	for i := range c.Items {
		c.Items[i] = c.Items[i].Clone()
	}
	for i := range c.Fields {
		c.Fields[i].Value = c.Fields[i].Value.Clone()
	}
	return &c
}
