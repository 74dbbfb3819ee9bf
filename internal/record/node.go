package record

import (
	"encoding/json"
	"strconv"
	"strings"
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
	Text   string  // a scalar's text; a string's value, a number's digits
	Items  []*Node // of a List
	Fields []Field // of a Map, in the order of the file

	style        style
	line, column int // of its first character, from 1
}

// A Field is one key of a Map and its value.
type Field struct {
	Key   string
	Value *Node

	key *Node // for the key's own place
}

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

// IsScalar reports whether n is neither a List nor a Map.
func (n *Node) IsScalar() bool { return n.Kind < List }

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

// step returns the child of n that one segment of a path names, and its key
// where n is a Map.
func (n *Node) step(segment string) (child, key *Node) {
	switch n.Kind {
	case Map:
		for i := range n.Fields {
			if n.Fields[i].Key == segment {
				return n.Fields[i].Value, n.Fields[i].key
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

var pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")

// Pointer returns the JSON Pointer (RFC 6901) of a path.
func Pointer(path []string) string {
	var b strings.Builder
	for _, segment := range path {
		b.WriteByte('/')
		pointerEscapes.WriteString(&b, segment)
	}
	return b.String()
}
