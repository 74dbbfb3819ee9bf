package report

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

var capRule = &finding.Rule{ID: "license/seat_cap", Severity: finding.Error, Help: "Grant\n  fewer seats.", Handbook: "License requests"}

// found returns a finding whose span, on the given line, is what stands between
// the two marks in the text; text is returned without them.
func found(rule *finding.Rule, message, text string) (finding.Finding, string) {
	start := strings.Index(text, "«")
	text = strings.Replace(text, "«", "", 1)
	end := strings.Index(text, "»")
	text = strings.Replace(text, "»", "", 1)
	file := source.New([]byte(text))
	place := finding.Place{File: "partners/example/licenses/a.yaml", Span: file.Span(start, end)}
	return finding.New(rule, place, message), text
}

func render(t *testing.T, f finding.Finding, text string, color bool) string {
	t.Helper()
	var out strings.Builder
	report := Text{Color: color, Elapsed: 1234 * time.Millisecond, Source: func(string) *source.File { return source.New([]byte(text)) }}
	if err := report.Write(&out, &Report{Records: 2, Partners: 1, Findings: []finding.Finding{f}}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestText(t *testing.T) {
	f, text := found(capRule, "11 seats are above the cap of 10", "plan: ultimate\nseats: «11»\nstarts_at: 2026-03-02\n")
	want := `partners/example/licenses/a.yaml:2:8
error: 11 seats are above the cap of 10 [license/seat_cap]

  1 | plan: ultimate
  2 | seats: 11
    |        ^^
  3 | starts_at: 2026-03-02

  To put it right: Grant fewer seats.
  Handbook: License requests

2 records of 1 partner: 1 error, no warnings (1.23 s)
`
	if diff := cmp.Diff(want, render(t, f, text, false)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFrame(t *testing.T) {
	bare := &finding.Rule{ID: "a/b", Severity: finding.Warning}
	long := strings.Repeat("a", 300)
	tests := []struct {
		name, text string
		want       []string // the frame
	}{
		{"wide characters", "名: 日本 «日本»", []string{
			"  1 | 名: 日本 日本",
			"    |          ^^^^"}},
		{"combining character", "e\u0301: «e\u0301e»", []string{
			"  1 | e\u0301: e\u0301e",
			"    |    ^^"}},
		{"tab", "a:\t«b»", []string{
			"  1 | a:    b",
			"    |       ^"}},
		{"nothing", "a: «»\nb: 1", []string{
			"  1 | a:",
			"    |    ^",
			"  2 | b: 1"}},
		{"several lines", "a: «|\n  one\n  two»\nb: 1", []string{
			"  1 | a: |",
			"    |    ^",
			"  2 |   one"}},
		{"escape sequence", "a: «\x1b[31m»", []string{
			`  1 | a: \u001b[31m`,
			"    |    ^^^^^^^^^^"}},
		{"last line without a break", "a: 1\nb: «2»", []string{
			"  1 | a: 1",
			"  2 | b: 2",
			"    |    ^"}},
		{"two digits", strings.Repeat("x: 1\n", 9) + "b: «2»", []string{
			"   9 | x: 1",
			"  10 | b: 2",
			"     |    ^"}},
		{"long line, at its end", long + " «b»", []string{
			"  1 | …" + long[:98] + " b",
			"    | " + strings.Repeat(" ", 100) + "^"}},
		{"long line, at its start", "a: «b» " + long, []string{
			"  1 | a: b " + long[:95] + "…",
			"    |    ^"}},
		{"long value", "a: «" + long + "»", []string{
			"  1 | a: " + long[:100] + "…",
			"    |    " + strings.Repeat("^", 101)}},
		{"empty file", "«»", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, text := found(bare, "wrong", test.text)
			lines := strings.Split(render(t, f, text, false), "\n")
			var frame []string
			for _, line := range lines {
				if strings.Contains(line, " |") {
					frame = append(frame, line)
				}
			}
			if diff := cmp.Diff(test.want, frame); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What comes from a record must not act on the terminal.
func TestTextIsHarmless(t *testing.T) {
	const nasty = "a\x1b[31m\r\n\u202e\u2028\x07\u200b"
	f, text := found(capRule, "bad "+nasty, "a: «\x1b[0Ksection_start:1:x\r\u202e»")
	f.File = "partners/" + nasty + ".yaml"
	if out := render(t, f, text, false); strings.ContainsAny(out, "\x1b\r\u202e\u2028\x07\u200b") {
		t.Errorf("%q", out)
	}
}

func TestTextColors(t *testing.T) {
	f, text := found(capRule, "wrong", "seats: «11»")
	out := render(t, f, text, true)
	for _, want := range []string{red + "error" + reset, red + "^^" + reset, bold + "11" + reset} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in %q", want, out)
		}
	}
}

func TestSummary(t *testing.T) {
	tests := []struct {
		report Report
		want   string
	}{
		{Report{Records: 1, Partners: 1}, "1 record of 1 partner: no errors, no warnings (0.00 s)"},
		{Report{Records: 2}, "2 records of no partners: no errors, no warnings (0.00 s)"},
		{Report{Records: 3, Partners: 2, Findings: []finding.Finding{{Severity: finding.Warning}, {Severity: finding.Warning}}},
			"3 records of 2 partners: no errors, 2 warnings (0.00 s)"},
	}
	for _, test := range tests {
		if got := (&Text{}).summary(&test.report); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}
