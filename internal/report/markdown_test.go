package report

import (
	"regexp"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/markdown/markdowntest"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// scaffold is what the lines of a report are made of, code aside.
var scaffold = regexp.MustCompile(`^(` + strings.Join([]string{
	`- \*\*(error|warning)\*\* (□|\[□\]\(https://gitlab\.example/[^() ]*#L[0-9]+\) \(\[edit\]\(https://gitlab\.example/[^() ]*\)\)): ` + markdowntest.Prose + ` \(□\)`,
	`  - To put it right: ` + markdowntest.Prose,
	`  - Handbook: \[` + markdowntest.Prose + `\]\(https://handbook\.example/alliances/#[a-z-]+\)`,
	`### □`,
	`## What (blocks|does not block)`,
	`\*\*25 errors, 2 warnings\*\* in 9 records of 6 partners\.`,
	``,
}, "|") + `)$`)

func TestMarkdown(t *testing.T) {
	report, options := nasty()
	text := written(t, "markdown", report, options)
	harmlessText(t, text)
	for _, line := range strings.Split(text, "\n") {
		if outside, _ := markdowntest.ReadCode(line); !scaffold.MatchString(outside) {
			t.Errorf("%q", outside)
		}
	}
	var want []string
	for _, blocking := range []bool{true, false} {
		for _, group := range byFolder(report.Findings, func(f *finding.Finding) bool { return options.blocks(f) == blocking }) {
			for _, f := range group.findings {
				want = append(want, source.Visible(strings.ReplaceAll(f.Message, "`", "")))
			}
		}
	}
	_, shown := markdowntest.ReadCode(text)
	inOrder(t, strings.ReplaceAll(shown, "`", ""), want)
}

func TestMarkdownFailsOnWarnings(t *testing.T) {
	report, options := nasty()
	options.FailOn = finding.Warning
	text := written(t, "markdown", report, options)
	if !strings.Contains(text, "## What blocks\n") || strings.Contains(text, "does not block") {
		t.Error(text)
	}
}

// TestMarkdownRoom makes sure that a report of any size fits into a comment,
// and says what it leaves out.
func TestMarkdownRoom(t *testing.T) {
	report := &Report{Findings: many(10_000)}
	for i := range report.Findings {
		report.Findings[i].HandbookURL = "" // a link has room of its own
	}
	text := written(t, "markdown", report, Options{})
	shown := strings.Count(text, "**error**") + strings.Count(text, "**warning**")
	if len(text) > 1_000_000 || shown < 4_000 {
		t.Errorf("%d findings in %d bytes", shown, len(text))
	}
	if want := "\nThere is no room here for " + source.Counted(10_000-shown, "further finding") + ".\n"; !strings.HasSuffix(text, want) {
		t.Errorf("no %q at the end", want)
	}
}

// TestRulePages makes sure that rules lead to the pages that explain them, where
// there are such pages.
func TestRulePages(t *testing.T) {
	report, options := exceptions()
	options.RulePage = func(id string) string { return "https://site.example/rules/" + id + ".html" }
	report.Findings = append(report.Findings, finding.Finding{Rule: "own/rule", Severity: finding.Warning, Place: report.Findings[0].Place})
	text := written(t, "markdown", report, options)
	for want, times := range map[string]int{
		"([" + "`license/seat_cap`" + "](https://site.example/rules/license/seat_cap.html))": 1,
		"([`license/term`](https://site.example/rules/license/term.html))":                   1, "(`own/rule`)": 1, "site.example/rules/own": 0,
	} {
		if got := strings.Count(text, want); got != times {
			t.Errorf("%d times %s, want %d:\n%s", got, want, times, text)
		}
	}
	for _, rule := range decode[sarifLog](t, written(t, "sarif", report, options)).Runs[0].Tool.Driver.Rules {
		want := options.RulePage(rule.ID)
		if rule.ID == "own/rule" {
			want = ""
		}
		if rule.HelpURI != want {
			t.Errorf("%s is explained at %q, want %q", rule.ID, rule.HelpURI, want)
		}
	}
}
