package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// An Edit puts Text in the place of the bytes from Start to End of a record's
// text (which has no byte order mark).
type Edit struct {
	Start, End int
	Text       string
}

// Rewrite returns the edits that make the value at path another JSON value, in
// the quotes it has as far as they can hold it, and leave all else in the file
// as it is. It is not ok where that takes more than writing scalars anew, or
// behind a list's last one: lists get no shorter, and objects have the same
// fields.
func (r *Record) Rewrite(path []string, value any) (edits []Edit, ok bool) {
	s, ok := r.spot(path)
	if !ok {
		return nil, false
	}
	return r.rewrite(s, value)
}

// Rename returns the edits that give the field at path another name.
func (r *Record) Rename(path []string, name string) (edits []Edit, ok bool) {
	s, ok := r.spot(path)
	if !ok || s.field == nil || s.field.style == block {
		return nil, false
	}
	key := s.field.key()
	text, _ := key.written(name, true)
	return []Edit{{int(key.start), key.end(r.File.Text()), text}}, true
}

// A spot is a value in the text.
type spot struct {
	node   *Node
	field  *Field // whose value it is; nil in a list and at the root
	inFlow bool   // whether it is inside brackets or braces
}

func (r *Record) spot(path []string) (s spot, ok bool) {
	s.node = r.Root
	for _, segment := range path {
		child, field := s.node.step(segment)
		if child == nil {
			return s, false
		}
		s = s.below(child, field)
	}
	return s, true
}

func (s spot) below(child *Node, field *Field) spot {
	return spot{child, field, s.inFlow || s.node.style == flow}
}

func (r *Record) rewrite(s spot, value any) (edits []Edit, ok bool) {
	switch value := value.(type) {
	case map[string]any:
		return r.rewriteFields(s, value)
	case []any:
		return r.rewriteItems(s, value)
	}
	if !s.node.IsScalar() {
		return nil, false
	}
	if s.node.Equal(FromJSON(value)) {
		return nil, true
	}
	return r.rewriteScalar(s, value)
}

func (r *Record) rewriteFields(s spot, values map[string]any) (edits []Edit, ok bool) {
	if s.node.Kind != Map || len(s.node.Fields) != len(values) {
		return nil, false
	}
	for i := range s.node.Fields {
		field := &s.node.Fields[i]
		value, known := values[field.Key]
		if !known {
			return nil, false
		}
		more, ok := r.rewrite(s.below(field.Value, field), value)
		if !ok {
			return nil, false
		}
		edits = append(edits, more...)
	}
	return edits, true
}

func (r *Record) rewriteItems(s spot, values []any) (edits []Edit, ok bool) {
	if s.node.Kind == String && s.node.style == plain {
		return r.rewriteDashes(s, values)
	}
	if s.node.Kind != List || len(s.node.Items) > len(values) {
		return nil, false
	}
	for i, item := range s.node.Items {
		more, ok := r.rewrite(s.below(item, nil), values[i])
		if !ok {
			return nil, false
		}
		edits = append(edits, more...)
	}
	if added := values[len(s.node.Items):]; len(added) > 0 {
		more, ok := r.extend(s, added)
		return append(edits, more), ok
	}
	return edits, true
}

// rewriteDashes makes the list of texts that each stand behind a dash without a space,
// which YAML reads as one text.
func (r *Record) rewriteDashes(s spot, values []any) (edits []Edit, ok bool) {
	all := r.File.Text()
	start, end := int(s.node.start), s.node.end(all)
	lines := bytes.Split(all[start:end], []byte("\n"))
	if len(lines) != len(values) || s.field == nil {
		return nil, false
	}
	if r.File.Position(start).Line == r.File.Position(int(s.field.start)).Line {
		only, ok := Scalar(values[0])
		return []Edit{{start, end, "[" + only + "]"}}, ok && len(values) == 1
	}
	at := start
	for i, line := range lines {
		text, isText := values[i].(string)
		dash := len(line) - len(bytes.TrimLeft(line, " "))
		if !isText || string(bytes.TrimSpace(line)) != "-"+text {
			return nil, false
		}
		edits = append(edits, Edit{at + dash + 1, at + dash + 1, " "})
		at += len(line) + 1
	}
	return edits, true
}

func (r *Record) rewriteScalar(s spot, value any) (edits []Edit, ok bool) {
	text, ok := s.node.written(value, s.inFlow)
	if !ok {
		return nil, false
	}
	start, end := int(s.node.start), s.node.end(r.File.Text())
	switch {
	case s.node.isBlank():
		return []Edit{r.fill(s, text)}, true
	case s.node.style == block:
		return r.replaceBlock(start, end, text), true
	}
	return []Edit{{start, end, text}}, true
}

// written returns a JSON value as it can stand in the place of n.
func (n *Node) written(value any, inFlow bool) (text string, ok bool) {
	text, isText := value.(string)
	switch {
	case !isText:
		return Scalar(value)
	case n.style == doubleQuoted:
		return inDoubleQuotes(text), true
	case n.style == singleQuoted && source.Visible(text) == text:
		return inSingleQuotes(text), true
	case n.style == plain && n.Kind == String && !inFlow && isPlainLine(text):
		return text, true
	}
	return Scalar(value)
}

// fill writes text where there is nothing, behind the colon or the dash.
func (r *Record) fill(s spot, text string) Edit {
	if s.field == nil {
		at := int(s.node.start)
		return Edit{at, at, " " + text}
	}
	key := s.field.key()
	end := key.end(r.File.Text())
	if colon := skip(r.File.Text(), end, isSpace); bytes.HasPrefix(r.File.Text()[colon:], []byte(":")) {
		return Edit{colon + 1, colon + 1, " " + text}
	}
	return Edit{end, end, ": " + text} // of {a, b} in braces
}

// replaceBlock writes text in the place of a block scalar's header (`|`, `>-`),
// and takes its lines away. A comment behind the header stays.
func (r *Record) replaceBlock(start, end int, text string) []Edit {
	all := r.File.Text()
	header := start + skipWord(all[start:])
	line := start + lineLength(all[start:])
	edits := []Edit{{start, header, text}}
	if line < end {
		edits = append(edits, Edit{line, end, ""})
	}
	return edits
}

func skipWord(text []byte) int {
	if n := bytes.IndexFunc(text, isSpace); n >= 0 {
		return n
	}
	return len(text)
}

// FromJSON returns a value that encoding/json would have decoded so as a Node
// that is nowhere in a text.
func FromJSON(value any) *Node {
	switch value := value.(type) {
	case string:
		return &Node{Kind: String, Text: value}
	case bool:
		return &Node{Kind: Bool, Text: fmt.Sprint(value)}
	case int, int64, float64, json.Number:
		return &Node{Kind: Number, Text: fmt.Sprint(value)}
	case []any:
		list := &Node{Kind: List}
		for _, item := range value {
			list.Items = append(list.Items, FromJSON(item))
		}
		return list
	case map[string]any:
		object := &Node{Kind: Map}
		for _, key := range slices.Sorted(maps.Keys(value)) {
			object.Fields = append(object.Fields, Field{Key: key, Value: FromJSON(value[key])})
		}
		return object
	}
	return &Node{Kind: Null}
}
