package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// Text renders a report for a person at a terminal.
type Text struct {
	Color   bool
	Elapsed time.Duration                  // how long the run took
	Source  func(file string) *source.File // the file's text, or nil where there is none
}

// Write writes each finding with the lines that it is about, and a summary.
func (t *Text) Write(w io.Writer, r *Report) error {
	out := bufio.NewWriter(w)
	var file string
	var text *source.File
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.File != file || i == 0 {
			file, text = f.File, t.Source(f.File)
		}
		t.finding(out, f, text)
	}
	fmt.Fprintf(out, "%s\n", t.summary(r))
	return out.Flush()
}

func (t *Text) finding(out io.Writer, f *finding.Finding, text *source.File) {
	fmt.Fprintf(out, "%s:%d:%d\n", source.Visible(f.File), f.Span.Start.Line, f.Span.Start.Column)
	fmt.Fprintf(out, "%s: %s %s\n", t.severity(f.Severity), t.paint(bold, source.Visible(f.Message)), t.paint(dim, "["+f.Rule+"]"))
	if text != nil {
		t.frame(out, f, text)
	}
	if f.Help != "" {
		fmt.Fprintf(out, "  To put it right: %s\n", inline(f.Help))
	}
	if f.Handbook != "" {
		fmt.Fprintf(out, "  Handbook: %s\n", inline(f.Handbook))
	}
	fmt.Fprintln(out)
}

// inline puts text that was written in lines on one.
func inline(text string) string {
	return source.Visible(strings.Join(strings.Fields(text), " "))
}

func (t *Text) summary(r *Report) string {
	errors, warnings := r.Count(finding.Error), r.Count(finding.Warning)
	color := green
	switch {
	case errors > 0:
		color = red
	case warnings > 0:
		color = yellow
	}
	verdict := counted(errors, "error") + ", " + counted(warnings, "warning")
	return fmt.Sprintf("%s of %s: %s (%.2f s)", counted(r.Records, "record"), counted(r.Partners, "partner"),
		t.paint(color, verdict), t.Elapsed.Seconds())
}

// counted returns "no errors", "1 error", "2 errors".
func counted(n int, noun string) string {
	switch n {
	case 0:
		return "no " + noun + "s"
	case 1:
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// The ANSI escapes (ECMA-48, SGR) that the report uses.
const (
	bold   = "\x1b[1m"
	dim    = "\x1b[2m"
	red    = "\x1b[1;31m"
	green  = "\x1b[32m"
	yellow = "\x1b[1;33m"
	reset  = "\x1b[0m"
)

func (t *Text) severity(s finding.Severity) string {
	if s == finding.Error {
		return t.paint(red, string(s))
	}
	return t.paint(yellow, string(s))
}

func (t *Text) paint(color, text string) string {
	if !t.Color || text == "" {
		return text
	}
	return color + text + reset
}
