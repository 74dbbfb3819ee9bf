package report

import (
	"encoding/json"
	"fmt"
	"io"
	"testing"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// text is that of each file in which many findings are.
const text = "kind: license\nplan: ultimate\nseats: 11\nstarts_at: 2026-03-02\nexpires_at: 2026-10-02\n"

// many returns n findings, ten to a file and a hundred to a folder, one in ten
// a warning.
func many(n int) []finding.Finding {
	findings := make([]finding.Finding, n)
	for i := range findings {
		rule := catalogue[0]
		if i%10 == 0 {
			rule = catalogue[1]
		}
		place := finding.Place{
			File: fmt.Sprintf("partners/partner-%06d/licenses/2026-03-%06d.yaml", i/100, i/10), Path: []string{"seats"}, Subject: "11",
			Span: source.Span{Start: source.Position{Line: 3, Column: 8}, End: source.Position{Line: 3, Column: 10}},
		}
		findings[i] = finding.New(rule, place, "11 seats are above the cap of 10").WithExpected(json.Number("10"))
	}
	finding.Sort(findings)
	return findings
}

// BenchmarkWrite measures each format with 100,000 findings; log is text with
// sections.
func BenchmarkWrite(b *testing.B) {
	const n = 100_000
	report := &Report{Records: n / 10, Partners: n / 100, Findings: many(n), Rules: catalogue}
	for i := 0; i < n; i += 10 {
		report.Files = append(report.Files, report.Findings[i].File)
	}
	options := options(nil)
	options.Source = func(string) *source.File { return source.New([]byte(text)) }
	for _, format := range append(Formats(), "log") {
		b.Run(format, func(b *testing.B) {
			options := options
			name := format
			if format == "log" {
				name, options.Sections, options.Color, options.Time = "text", true, true, time.Unix(1, 0)
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := Write(name, io.Discard, report, options); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
