package fix

import (
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A repair is what a finding asks for: another value, which may be missing, or
// another name of a field.
type repair struct {
	path  []string
	value any
	name  bool // whether value is the field's name
	edits []record.Edit
}

// putRight returns a record's text with what findings know put right, and the
// places that it wrote anew; none where there is nothing that could be. Where findings
// disagree about a value, it is left; of one about a value and one about something in
// it, the first counts. What would not read as it is meant to is left.
func putRight(name string, data []byte, findings []finding.Finding) (fixed []byte, places []string) {
	r, _ := record.Load(name, data)
	if r == nil {
		return mend(name, data)
	}
	var repairs []*repair
	for i := range findings {
		if slices.ContainsFunc(findings, disagreeing(&findings[i])) {
			continue
		}
		if next := repairOf(r, &findings[i]); next != nil && !slices.ContainsFunc(repairs, next.meets) {
			repairs = append(repairs, next)
		}
	}
	fixed, repairs = sound(r, data, repairs)
	for _, done := range repairs {
		places = append(places, done.place())
	}
	return fixed, places
}

// maxMended bounds how many mistakes in a row are put right that each keep a text from
// being read.
const maxMended = 50

// mend makes a text readable as far as it is known how.
func mend(name string, data []byte) (mended []byte, places []string) {
	for range maxMended {
		better, more := record.Mend(name, data)
		if len(more) == 0 {
			break
		}
		data, places = better, append(places, more...)
	}
	return data, places
}

// disagreeing tells findings that want another value than f at its place.
func disagreeing(f *finding.Finding) func(finding.Finding) bool {
	return func(other finding.Finding) bool {
		return other.AtKey == f.AtKey && slices.Equal(other.Path, f.Path) && other.IsFixable() && !other.Expected.Equal(f.Expected)
	}
}

// sound makes the repairs that can be made, all of them if possible: together
// they must read as the record with these values, and no other, anew.
func sound(r *record.Record, data []byte, repairs []*repair) (fixed []byte, made []*repair) {
	if fixed, ok := attempt(r, data, repairs); ok {
		return fixed, repairs
	}
	for _, next := range repairs {
		with := append(slices.Clone(made), next)
		if text, ok := attempt(r, data, with); ok {
			fixed, made = text, with
		}
	}
	return fixed, made
}

// attempt makes repairs, and reports whether the text then reads as it should.
func attempt(r *record.Record, data []byte, repairs []*repair) (fixed []byte, ok bool) {
	text := r.File.Text()
	mark := data[:len(data)-len(text)] // of the byte order
	fixed = slices.Concat(mark, apply(text, repairs))
	again, _ := record.Load(r.Path, fixed)
	return fixed, again != nil && again.Root.Equal(wanted(r.Root, repairs))
}

// repairOf returns how to put a finding right, or nil where that is not known.
// A finding that does not match the text is about another one.
func repairOf(r *record.Record, f *finding.Finding) *repair {
	node := r.Root.At(f.Path)
	if node != nil && node.IsScalar() && f.Subject != node.Text || f.Span != r.Locate(f.Path, f.AtKey).Span {
		return nil
	}
	next := &repair{path: f.Path, value: f.Expected.JSON(), name: f.AtKey}
	ok := false
	switch name, isText := next.value.(string); {
	case node == nil && !next.name:
		next.edits, ok = r.Insert(f.Path, next.value)
	case node == nil:
	case next.name && isText:
		next.edits, ok = r.Rename(f.Path, name)
	case !next.name:
		next.edits, ok = r.Rewrite(f.Path, next.value)
	}
	if !ok || len(next.edits) == 0 {
		return nil
	}
	return next
}

// place says what a repair writes anew.
func (p *repair) place() string {
	place := pointer.Of(p.path)
	if p.name {
		return place + " name"
	}
	return place
}

// meets reports whether one of two repairs is about the other's value, or about
// something in it.
func (p *repair) meets(other *repair) bool {
	n := min(len(p.path), len(other.path))
	return slices.Equal(p.path[:n], other.path[:n])
}

// apply returns a text with all edits of repairs that do not meet.
func apply(text []byte, repairs []*repair) []byte {
	var edits []record.Edit
	for _, p := range repairs {
		edits = append(edits, p.edits...)
	}
	return record.Apply(text, edits)
}

// wanted returns the value that a record has once repairs are made.
func wanted(root *record.Node, repairs []*repair) *record.Node {
	wanted := root.Clone()
	var renamed []func() // once every path has been followed
	for _, p := range repairs {
		if !p.name && wanted.At(p.path) != nil {
			*wanted.At(p.path) = *record.FromJSON(p.value)
			continue
		}
		last := len(p.path) - 1
		parent := wanted.At(p.path[:last])
		if !p.name {
			parent.Fields = append(parent.Fields, record.Field{Key: p.path[last], Value: record.FromJSON(p.value)})
			continue
		}
		i := slices.IndexFunc(parent.Fields, func(f record.Field) bool { return f.Key == p.path[last] })
		renamed = append(renamed, func() { parent.Fields[i].Key = p.value.(string) })
	}
	for _, rename := range renamed {
		rename()
	}
	return wanted
}
