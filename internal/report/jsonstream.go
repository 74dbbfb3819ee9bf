package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"strings"
)

// A jsonStream writes a JSON document that ends in long arrays, element by
// element, so that a report with many findings is never held as a whole. Each
// element starts a line.
type jsonStream struct {
	out     *bufio.Writer
	indent  string // of each level; without one, an element is one line
	depth   int
	empty   bool     // the innermost array has no element yet
	ends    []string // what closes the arrays and objects that are open, but for the innermost array
	buffer  bytes.Buffer
	encoder *json.Encoder
	err     error
}

func newJSONStream(out *bufio.Writer, indent string) *jsonStream {
	s := &jsonStream{out: out, indent: indent, empty: true}
	s.encoder = json.NewEncoder(&s.buffer)
	s.encoder.SetEscapeHTML(false)
	return s
}

// array begins an array that is the whole document.
func (s *jsonStream) array() {
	s.out.WriteString("[")
	s.depth++
}

// object begins an object, the whole document or an element. It has the
// members of head, which has some, and then one of that name, an array, whose
// elements follow.
func (s *jsonStream) object(head any, name string) {
	if s.depth > 0 {
		s.next()
		s.ends = append(s.ends, s.elementBreak(s.depth-1)+"]")
	}
	members := strings.TrimRight(strings.TrimSuffix(s.encode(head), "}"), "\n ")
	s.out.WriteString(members + "," + s.memberBreak(s.depth+1) + s.opening(name))
	s.ends = append(s.ends, s.memberBreak(s.depth)+"}")
	s.depth += 2
	s.empty = true
}

// member ends the innermost array, and begins another one as the next member of
// the object that it is in.
func (s *jsonStream) member(name string) {
	s.endArray()
	s.out.WriteString("," + s.memberBreak(s.depth-1) + s.opening(name))
	s.empty = true
}

func (s *jsonStream) opening(name string) string {
	if s.indent == "" {
		return `"` + name + `":[`
	}
	return `"` + name + `": [`
}

// element writes an element of the innermost array.
func (s *jsonStream) element(value any) {
	s.next()
	s.out.WriteString(s.encode(value))
}

// end closes all that is open, and returns what could not be written as JSON.
func (s *jsonStream) end() error {
	s.endArray()
	for i := len(s.ends) - 1; i >= 0; i-- {
		s.out.WriteString(s.ends[i])
	}
	s.out.WriteString("\n")
	return s.err
}

func (s *jsonStream) endArray() {
	if !s.empty {
		s.out.WriteString(s.elementBreak(s.depth - 1))
	}
	s.out.WriteString("]")
}

// next starts the line of an element.
func (s *jsonStream) next() {
	if !s.empty {
		s.out.WriteString(",")
	}
	s.empty = false
	s.out.WriteString(s.elementBreak(s.depth))
}

func (s *jsonStream) elementBreak(depth int) string { return "\n" + strings.Repeat(s.indent, depth) }

func (s *jsonStream) memberBreak(depth int) string {
	if s.indent == "" {
		return ""
	}
	return s.elementBreak(depth)
}

func (s *jsonStream) encode(value any) string {
	s.buffer.Reset()
	s.encoder.SetIndent(strings.Repeat(s.indent, s.depth), s.indent)
	if err := s.encoder.Encode(value); err != nil && s.err == nil {
		s.err = err
	}
	return strings.TrimSuffix(s.buffer.String(), "\n")
}
