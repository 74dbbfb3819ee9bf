package record

import (
	"bytes"
	"strings"
)

// Insert returns the edits that give an object the field at path, which it lacks:
// lines of their own right below its field `name`, which says what the object is
// called. It is not ok where there is no such line.
func (r *Record) Insert(path []string, value any) (edits []Edit, ok bool) {
	last := len(path) - 1
	if last < 0 {
		return nil, false
	}
	s, ok := r.spot(path[:last])
	if !ok || s.inFlow || s.node.style != indented || s.node.Field(path[last]) != nil {
		return nil, false
	}
	name, field := s.node.step("name")
	if field == nil || !name.IsScalar() {
		return nil, false
	}
	text := r.File.Text()
	key := int(field.start)
	w := writer{comment: func([]string) string { return "" }}
	w.fields(&Node{Kind: Map, Fields: []Field{{Key: path[last], Value: FromJSON(value)}}}, nil, strings.Repeat(" ", key-lineStart(text, key)))
	return []Edit{r.below(max(name.end(text), field.key().end(text)), w.out.String())}, true
}

// extend writes scalars behind the last one of a list.
func (r *Record) extend(s spot, values []any) (edit Edit, ok bool) {
	text, items := r.File.Text(), s.node.Items
	if s.node.style == flow {
		return r.extendFlow(s, values)
	}
	last := items[len(items)-1]
	start := int(last.start)
	dash := string(text[lineStart(text, start):start])
	if !last.IsScalar() || strings.Trim(dash, " ") != "-" {
		return edit, false
	}
	var lines strings.Builder
	for _, value := range values {
		written, ok := (&Node{Kind: String}).written(value, false)
		if !ok {
			return edit, false
		}
		lines.WriteString(dash + written + "\n")
	}
	return r.below(last.end(text), lines.String()), true
}

// extendFlow writes scalars behind the last one of a list in brackets.
func (r *Record) extendFlow(s spot, values []any) (edit Edit, ok bool) {
	at, separator := int(s.node.start)+1, ""
	if n := len(s.node.Items); n > 0 {
		at, separator = s.node.Items[n-1].end(r.File.Text()), ", "
	}
	var added strings.Builder
	for _, value := range values {
		written, ok := Scalar(value)
		if !ok {
			return edit, false
		}
		added.WriteString(separator + written)
		separator = ", "
	}
	return Edit{at, at, added.String()}, true
}

// below writes lines below the one on which a value ends, with breaks like its
// own.
func (r *Record) below(end int, lines string) Edit {
	text := r.File.Text()
	at := end + lineLength(text[end:])
	lineBreak := "\n"
	if bytes.HasPrefix(text[at:], []byte("\r\n")) {
		lineBreak = "\r\n"
	}
	lines = strings.ReplaceAll(strings.TrimSuffix(lines, "\n"), "\n", lineBreak)
	return Edit{at, at, lineBreak + lines}
}

// lineStart returns the offset of the first byte of the line that an offset is on.
func lineStart(text []byte, at int) int { return bytes.LastIndexAny(text[:at], "\r\n") + 1 }
