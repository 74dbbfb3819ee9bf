package record

import "slices"

// What a condition can want of a value besides what it says.
const (
	Missing = "missing"
	Present = "present"
)

// Fits reports whether a value, nil where there is none, is as a condition of the
// handbook's steps or of a schema wants it: one of these texts, or missing, or
// present. A list without entries is as good as none.
func (n *Node) Fits(wanted ...string) bool {
	there := n != nil && n.Kind != Null && (n.Kind != List || len(n.Items) > 0)
	if len(wanted) == 1 && (wanted[0] == Missing || wanted[0] == Present) {
		return there == (wanted[0] == Present)
	}
	return there && n.IsScalar() && slices.Contains(wanted, n.Text)
}
