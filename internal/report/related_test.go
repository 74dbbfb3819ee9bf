package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// withRelated returns a report of a finding with two related places.
func withRelated() (*Report, Options) {
	b := &builder{texts: map[string]string{licence: "kind: license\nseats: 11\n", partner: "name: 日本\n"}}
	f := b.add("license/seat_cap", licence, "11", "11 seats are above the cap of 10", nil)
	*f = f.WithRelated(
		finding.Related{Place: placeOf(partner, 1, 7, 9, "name"), Message: "named here [x](https://evil.example)\x1b[31m"},
		finding.Related{Place: placeOf(licence, 1, 7, 14, "kind"), Message: "what it is"},
	)
	finding.Sort(b.findings)
	return &Report{Records: 2, Partners: 1, Findings: b.findings, Rules: catalogue}, options(b.texts)
}

func placeOf(file string, line, start, end int, field string) finding.Place {
	span := source.Span{Start: source.Position{Line: line, Column: start}, End: source.Position{Line: line, Column: end}}
	return finding.Place{File: file, Span: span, Path: []string{field}}
}

func TestRelatedInText(t *testing.T) {
	report, options := withRelated()
	text := written(t, "text", report, options)
	const want = `    |        ^^

  see also partners/acme/licenses/2026-03.yaml:1:7: what it is
  see also partners/acme/partner.yaml:1:7: named here [x](https://evil.example)\u001b[31m
  To put it right: Grant no more seats than the cap.
`
	if !strings.Contains(text, want) {
		t.Errorf("it does not hold\n%s:\n%s", want, text)
	}
}

func TestRelatedInJSON(t *testing.T) {
	report, options := withRelated()
	document := decode[struct {
		Findings []struct{ Related []jsonRelated }
	}](t, written(t, "json", report, options))
	want := []jsonRelated{
		{jsonPlace{licence, 1, 7, 1, 14, "/kind"}, "what it is"},
		{jsonPlace{partner, 1, 7, 1, 9, "/name"}, `named here [x](https://evil.example)\u001b[31m`},
	}
	if diff := cmp.Diff(want, document.Findings[0].Related, cmp.AllowUnexported(jsonRelated{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRelatedInSARIF(t *testing.T) {
	report, _ := withRelated()
	result := toSARIF(&report.Findings[0], capRule, 0)
	want := []sarifLocation{
		{sarifPlace{sarifArtifact{licence}, sarifRegion{1, 7, 1, 14}}, &sarifText{"what it is"}},
		{sarifPlace{sarifArtifact{partner}, sarifRegion{1, 7, 1, 9}}, &sarifText{`named here [x] (https://evil.example)\u001b[31m`}},
	}
	if diff := cmp.Diff(want, result.Related); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
