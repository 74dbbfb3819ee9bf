package record_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

const path = "partners/acme/partner.yaml"

// unmark returns a text without the marks « and », and the spans between
// them. It counts lines and columns by itself, so that it shares no mistake
// with the code under test.
func unmark(t *testing.T, marked string) (text string, spans []source.Span) {
	t.Helper()
	parts := strings.Split(strings.ReplaceAll(marked, "»", "«"), "«")
	if len(parts)%2 == 0 {
		t.Fatalf("unpaired mark in %q", marked)
	}
	var ends []source.Position
	for _, part := range parts {
		text += part
		ends = append(ends, endOf(text))
	}
	for i := 0; i+1 < len(parts); i += 2 {
		spans = append(spans, source.Span{Start: ends[i], End: ends[i+1]})
	}
	return text, spans
}

// endOf returns the place behind the last character of text.
func endOf(text string) source.Position {
	text = strings.TrimPrefix(text, "\uFEFF")
	lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n")
	return source.Position{Line: len(lines), Column: 1 + utf8.RuneCountInString(lines[len(lines)-1])}
}

// variants are ways to write one text that change nothing but its bytes.
var variants = []struct {
	name string
	of   func(text string) string
}{
	{"LF", func(text string) string { return text }},
	{"CRLF", func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }},
	{"byte order mark", func(text string) string { return "\uFEFF" + text }},
}

// load returns the record that text holds, and fails the test where it holds none.
func load(t *testing.T, text string) *record.Record {
	t.Helper()
	r, findings := record.Load(path, []byte(text))
	if r == nil {
		t.Fatalf("%.99q is no record:\n%s", text, strings.Join(briefs(findings), "\n"))
	}
	return r
}

// findingsOf returns what Load has against text, in the order of a report.
func findingsOf(t *testing.T, text string) []finding.Finding {
	t.Helper()
	r, findings := record.Load(path, []byte(text))
	if r != nil {
		t.Fatalf("%.99q is taken for a record", text)
	}
	finding.Sort(findings)
	return findings
}

// briefs returns findings as lines such as "2:1-2:6 yaml/tag".
func briefs(findings []finding.Finding) []string {
	lines := make([]string, len(findings))
	for i, f := range findings {
		lines[i] = brief(f.Span, f.Rule)
	}
	return lines
}

func brief(span source.Span, rule string) string {
	return fmt.Sprintf("%d:%d-%d:%d %s", span.Start.Line, span.Start.Column, span.End.Line, span.End.Column, rule)
}
