// Package privacy knows what may be published of records and of findings in
// them. A schema marks what is private ("x-private"); what follows from it is
// here alone: which values are left out, and which findings say no more than
// that a rule is broken.
package privacy

import (
	"net/url"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// A Mask knows what of a kind's records may be published: what the schema
// describes and does not mark private ("x-private"). A field that it does not
// know may be a private one, misspelt or misplaced, even of another kind.
type Mask struct {
	document map[string]any
	strict   bool // whether anything may be private
	root     *view
}

// NewMask returns the mask of a schema, or, for a private site, one that lets
// everything through.
func NewMask(document map[string]any, private bool) *Mask {
	m := &Mask{document: document, strict: !private}
	m.root = m.view([]any{document})
	return m
}

// Publish returns what may be published of a record, or nil. Each text that may
// not is passed to hidden, where that is not nil.
func (m *Mask) Publish(root *record.Node, hidden func(text string)) *record.Node {
	if !m.strict {
		return root
	}
	return m.root.publish(root, hidden)
}

// Reveals reports how far a path leads to what may be published, and whether
// everything that it leads to may be.
func (m *Mask) Reveals(root *record.Node, path []string) (known int, all bool) {
	if !m.strict {
		return len(path), true
	}
	v, n := m.root, root
	for i, segment := range path {
		if v = v.child(segment, n.Kind); v == nil {
			return i, false
		}
		if v.private {
			return i + 1, false
		}
		if n = n.At(path[i : i+1]); n == nil {
			return i + 1, true // a field that is missing
		}
	}
	return len(path), len(path) == 0 || v.publish(n, nil) == n
}

// Shows reports whether a field of the record may be published, as far as it is
// right.
func (m *Mask) Shows(field string) bool {
	if !m.strict {
		return true
	}
	v := m.root.child(field, record.Map)
	return v != nil && !v.private
}

// HidesAll reports whether nothing of the kind may be published.
func (m *Mask) HidesAll() bool { return m.strict && m.root.private }

// target returns what a reference leads to. One that cannot be followed here
// could lead to anything, and so to something private.
func (m *Mask) target(ref string) any {
	path, ok := strings.CutPrefix(ref, "#")
	if path, err := url.PathUnescape(path); ok && err == nil {
		if target := schema.LookUp(m.document, pointer.Path(path)); target != nil {
			return target
		}
	}
	return map[string]any{"x-private": true}
}

// mentions reports whether a schema marks anything private, or refers to what
// does.
func (m *Mask) mentions(written any, seen map[string]bool) bool {
	switch value := written.(type) {
	case []any:
		return slices.ContainsFunc(value, func(item any) bool { return m.mentions(item, seen) })
	case map[string]any:
		if isPrivate(value) {
			return true
		}
		for keyword, item := range value {
			if ref, ok := item.(string); ok && isRef(keyword) && !seen[ref] {
				seen[ref] = true
				item = m.target(ref)
			}
			if m.mentions(item, seen) {
				return true
			}
		}
	}
	return false
}

func isRef(keyword string) bool { return keyword == "$ref" || keyword == "$dynamicRef" }
