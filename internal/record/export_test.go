package record

import (
	"fmt"
	"reflect"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// CompareLane reports whether the lane takes a text, and what of it the parser reads
// otherwise or objects to.
func CompareLane(data []byte, past bool) (took bool, diff string) {
	l := &loader{record: &Record{Path: "partner.yaml", File: source.New(data)}, past: past}
	if len(data) > MaxBytes || !l.checkEncoding(data) {
		return false, ""
	}
	root, sure := readSurely(l.record.File.String())
	if !sure {
		return false, ""
	}
	l.read()
	switch {
	case len(l.findings) > 0:
		return true, fmt.Sprintf("it is refused: %v", l.findings)
	case !reflect.DeepEqual(root, l.record.Root):
		return true, "it differs:\n" + cmp.Diff(dump(l.record.Root), dump(root))
	}
	return true, ""
}

// dump shows all of a value, places and styles too, which Equal leaves out.
func dump(n *Node) string {
	text := fmt.Sprintf("%d %q %d %d (%t %t)\n", n.Kind, n.Text, n.start, n.style, n.Items == nil, n.Fields == nil)
	for _, f := range n.Fields {
		text += fmt.Sprintf("%q %d %d: %s", f.Key, f.start, f.style, dump(f.Value))
	}
	for _, item := range n.Items {
		text += "- " + dump(item)
	}
	return text
}

// LoadBesideLane is Load without the lane, of a right record.
func LoadBesideLane(data []byte) *Record {
	l := &loader{record: &Record{Path: "partner.yaml", File: source.New(data)}}
	l.checkEncoding(data)
	l.read()
	l.warn()
	return l.record
}
