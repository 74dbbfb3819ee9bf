package record

import (
	"bytes"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// Write returns a record's value, a Map, as a file that Load reads as the same:
// a line for each scalar, with texts as plain as YAML lets them be. comment
// returns what to write above the field at a path; it may be "".
func Write(root *Node, comment func(path []string) string) []byte {
	w := writer{comment: comment}
	w.fields(root, nil, "")
	return w.out.Bytes()
}

type writer struct {
	out     bytes.Buffer
	comment func(path []string) string
}

func (w *writer) fields(n *Node, path []string, indent string) {
	for i := range n.Fields {
		f := &n.Fields[i]
		below := append(path[:len(path):len(path)], f.Key)
		for line := range strings.Lines(w.comment(below)) {
			w.out.WriteString(indent + "# " + source.Visible(strings.TrimRight(line, "\n")) + "\n")
		}
		w.out.WriteString(indent + blockKey(f.Key) + ":")
		w.value(f.Value, below, indent)
	}
}

// value writes what stands behind a colon, or behind a dash.
func (w *writer) value(n *Node, path []string, indent string) {
	switch {
	case n.Kind == String:
		w.out.WriteString(" " + blockScalar(n.Text) + "\n")
	case n.IsScalar():
		w.out.WriteString(" " + n.Text + "\n")
	case n.Kind == List && len(n.Items) == 0:
		w.out.WriteString(" []\n")
	case n.Kind == Map && len(n.Fields) == 0:
		w.out.WriteString(" {}\n")
	case n.Kind == Map:
		w.out.WriteByte('\n')
		w.fields(n, path, indent+"  ")
	default:
		w.out.WriteByte('\n')
		w.items(n, path, indent+"  ")
	}
}

// items writes a list. The first field of an entry stands behind its dash.
func (w *writer) items(n *Node, path []string, indent string) {
	for i, item := range n.Items {
		path := append(path[:len(path):len(path)], strconv.Itoa(i))
		if item.Kind != Map || len(item.Fields) == 0 {
			w.out.WriteString(indent + "-")
			w.value(item, path, indent)
			continue
		}
		begin := w.out.Len()
		w.fields(item, path, indent+"  ")
		copy(w.out.Bytes()[begin+len(indent):], "-")
	}
}

// blockScalar returns text as it can stand behind a colon: plain, if Load reads
// it as the text that it is.
func blockScalar(text string) string {
	line := "x: " + text + "\n"
	if rec, _ := Load("scalar", []byte(line)); rec != nil && !strings.ContainsAny(text, "\n#") {
		if value := rec.Root.Field("x"); value != nil && value.Kind == String && value.Text == text && value.style == plain {
			return text
		}
	}
	return quoted(text)
}

// blockKey returns the name of a field as it can stand in front of a colon.
func blockKey(name string) string {
	if rec, _ := Load("key", []byte(name+": x\n")); rec != nil && len(rec.Root.Fields) == 1 {
		if f := &rec.Root.Fields[0]; f.Key == name && f.style == plain && !otherType.MatchString(name) && !strings.HasPrefix(name, "\ufeff") {
			return blockScalar(name)
		}
	}
	return quoted(name)
}

// quoted returns text in quotes, with what shows nothing as escapes: Load refuses it as
// it is. Of a text that is UTF-8, YAML reads all of Go's escapes alike.
func quoted(text string) string {
	data := []byte(text)
	for at := range text {
		if source.InvisibleAt(data, at) {
			return strconv.QuoteToASCII(text)
		}
	}
	return strconv.Quote(text)
}
