package record

import (
	"bytes"
	"fmt"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// Mend puts right what keeps a text from being a record, as far as it is known
// what to write, and returns the places that it wrote anew. Where it knows
// nothing, or nothing that helps, there are none.
func Mend(path string, data []byte) (mended []byte, places []string) {
	l := &loader{record: &Record{Path: path, File: source.New(data)}}
	l.load(data)
	if len(l.edits) == 0 {
		return nil, nil
	}
	file := l.record.File
	mark := data[:len(data)-len(file.Text())] // of the byte order
	mended = slices.Concat(mark, Apply(file.Text(), l.edits))
	_, left := Load(path, mended)
	if len(left) > 0 && !isLess(left, l.findings) {
		return nil, nil
	}
	for _, edit := range l.edits {
		at := file.Position(edit.Start)
		places = append(places, fmt.Sprintf("line %d, column %d", at.Line, at.Column))
	}
	return mended, places
}

// isLess reports whether findings are fewer than there were, or begin further
// down: the parser tells of one mistake at a time.
func isLess(left, before []finding.Finding) bool {
	first := func(findings []finding.Finding) finding.Finding { return slices.MinFunc(findings, finding.Compare) }
	return len(left) < len(before) || first(left).Span.Start.Compare(first(before).Span.Start) > 0
}

// mend notes what puts the last finding right.
func (l *loader) mend(edit Edit) { l.edits = append(l.edits, edit) }

// Apply returns a text with edits made that do not overlap.
func Apply(text []byte, edits []Edit) []byte {
	edits = slices.Clone(edits)
	slices.SortFunc(edits, func(a, b Edit) int { return a.Start - b.Start })
	var applied bytes.Buffer
	at := 0
	for _, e := range edits {
		applied.Write(text[at:max(at, e.Start)])
		applied.WriteString(e.Text)
		at = max(at, e.End)
	}
	applied.Write(text[at:])
	return applied.Bytes()
}
