package report

import (
	"fmt"
	"regexp"
	"slices"
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
	options := Options{Color: color, Elapsed: 1234 * time.Millisecond, Source: func(string) *source.File { return source.New([]byte(text)) }}
	return written(t, "text", &Report{Records: 2, Partners: 1, Findings: []finding.Finding{f}}, options)
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
	for _, want := range []string{red.Paint("error"), red.Paint("^^"), bold.Paint("11")} {
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
		if got := (&textWriter{Options: &Options{}}).summary(&test.report); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

var (
	sectionMark = regexp.MustCompile("\x1b\\[0Ksection_(start|end):1700000000:([A-Za-z0-9_.-]+)(\\[collapsed=true\\])?\r\x1b\\[0K")
	colors      = regexp.MustCompile("\x1b\\[[0-9;]*m")
)

// TestSections reads the sections as GitLab does: what opens is closed, under
// a name of its own, and what blocks is behind the last, not folded.
func TestSections(t *testing.T) {
	report, options := nasty()
	options.Sections, options.Color = true, true
	log := written(t, "text", report, options)
	harmlessText(t, colors.ReplaceAllString(sectionMark.ReplaceAllString(log, ""), ""))

	open := ""
	names := map[string]bool{}
	for _, mark := range sectionMark.FindAllStringSubmatch(log, -1) {
		name := mark[2]
		switch {
		case mark[1] == "start" && (open != "" || names[name] || mark[3] == ""), mark[1] == "end" && (open != name || mark[3] != ""):
			t.Errorf("%q where %q is open", mark[0], open)
		case mark[1] == "start":
			open = name
			names[name] = true
		default:
			open = ""
		}
	}
	if open != "" || len(names) != 7 {
		t.Errorf("%q is open at the end of the sections %v", open, names)
	}

	options.Color = false
	log = written(t, "text", report, options)
	marks := sectionMark.FindAllStringIndex(log, -1)
	end := log[marks[len(marks)-1][1]+len("\n"):]
	var want []string
	for _, f := range report.Findings {
		if f.Severity == finding.Error {
			want = append(want, fmt.Sprintf("%s: error: %s [%s]", place(&f.Place), source.Visible(f.Message), f.Rule))
		}
	}
	want = append(want, "9 records of 6 partners: 25 errors, 2 warnings (1.23 s)", "")
	if diff := cmp.Diff(want, strings.Split(end, "\n")); diff != "" {
		t.Errorf("behind the sections (-want +got):\n%s", diff)
	}
	details := strings.Split(log[:len(log)-len(end)], "\n")
	options.Sections = false
	for _, line := range strings.Split(written(t, "text", report, options), "\n") {
		if !slices.Contains(details, line) && !strings.HasPrefix(line, "9 records") {
			t.Errorf("there is no %q in the sections", line)
		}
	}
}

func TestSectionsOfWarnings(t *testing.T) {
	report := &Report{Findings: []finding.Finding{{Rule: "a/b", Severity: finding.Warning, Message: "odd", Place: finding.Place{File: "partners/a/b.yaml", Span: source.Start}}}}
	blocking := "partners/a/b.yaml:1:1: warning: odd [a/b]\n"
	if log := written(t, "text", report, Options{Sections: true}); strings.Contains(log, blocking) {
		t.Errorf("a warning is said to block:\n%s", log)
	}
	if log := written(t, "text", report, Options{Sections: true, FailOn: finding.Warning}); !strings.Contains(log, blocking) {
		t.Errorf("a warning that blocks is folded away:\n%s", log)
	}
}

// TestSectionsRoom makes sure that the end of a log is not cut off, whatever
// was found, and that it says what is missing.
func TestSectionsRoom(t *testing.T) {
	report := &Report{Findings: many(20_000)}
	log := written(t, "text", report, Options{Sections: true, Color: true, Source: func(string) *source.File { return source.New([]byte(text)) }})
	if len(log) > 4<<20 {
		t.Errorf("the log has %d bytes", len(log))
	}
	if starts, ends := strings.Count(log, "section_start"), strings.Count(log, "section_end"); starts != ends || starts < 20 {
		t.Errorf("%d sections start, %d end", starts, ends)
	}
	plain := colors.ReplaceAllString(log, "")
	details := len(regexp.MustCompile(`(?m)^(error|warning): `).FindAllString(plain, -1))
	blocking := len(regexp.MustCompile(`(?m)^partners/[^:]*:3:8: error: `).FindAllString(plain, -1))
	for _, want := range []string{
		fmt.Sprintf("\nA job's log has no room for the details of %d further findings.\n", 20_000-details),
		fmt.Sprintf("\nA job's log has no room for %d further findings that block too.\n", 18_000-blocking),
	} {
		if !strings.Contains(plain, want) {
			t.Errorf("there is no %q", want)
		}
	}
}

// TestVerbose holds that a library's own words are shown to those who ask for them.
func TestVerbose(t *testing.T) {
	f, _ := found(capRule, "too many", "«a»")
	report := &Report{Findings: []finding.Finding{f.WithDetail("past the\ncap")}}
	line := "  In detail: past the\\ncap\n"
	if text := written(t, "text", report, Options{Verbose: true}); !strings.Contains(text, line) {
		t.Errorf("%q lacks %q", text, line)
	}
	if text := written(t, "text", report, Options{}); strings.Contains(text, "detail") {
		t.Errorf("%q has the library's words", text)
	}
}
