package report

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/internal/terminal"
)

// A textWriter renders a report for a person at a terminal or a job's log.
type textWriter struct {
	*Options
	texts *texts
}

// writeText writes each finding with the lines that it is about, and a summary.
func writeText(out *bufio.Writer, r *Report, o *Options) error {
	t := &textWriter{o, o.texts()}
	if o.Sections {
		t.sections(out, r)
	} else {
		for i := range r.Findings {
			t.finding(out, &r.Findings[i])
		}
		if o.ShowWaived {
			for i := range r.Waived {
				t.waived(out, &r.Waived[i])
			}
		}
	}
	fmt.Fprintf(out, "%s\n", t.summary(r))
	return nil
}

func (t *textWriter) waived(out io.Writer, w *finding.Waived) {
	fmt.Fprintln(out, place(&w.Place))
	fmt.Fprintln(out, t.paint(dim, "waived")+": "+t.claim(&w.Finding))
	if text := t.texts.of(w.File); text != nil {
		t.frame(out, &w.Finding, text)
	}
	fmt.Fprintf(out, "  %s: %s\n  Waiver: %s\n\n", capitalized(decision(&w.Waiver)), source.Inline(w.Waiver.Reason), source.Visible(w.Waiver.File))
}

// WriteFindings writes each finding as the text report does, and no summary.
func WriteFindings(w io.Writer, r *Report, o Options) error {
	out := bufio.NewWriter(w)
	t := &textWriter{&o, o.texts()}
	for i := range r.Findings {
		t.finding(out, &r.Findings[i])
	}
	return out.Flush()
}

// WriteWaived writes each finding that is waived as the text report does, and no
// summary.
func WriteWaived(w io.Writer, r *Report, o Options) error {
	out := bufio.NewWriter(w)
	t := &textWriter{&o, o.texts()}
	for i := range r.Waived {
		t.waived(out, &r.Waived[i])
	}
	return out.Flush()
}

func (t *textWriter) finding(out io.Writer, f *finding.Finding) {
	fmt.Fprintln(out, place(&f.Place))
	fmt.Fprintln(out, t.sentence(f))
	if text := t.texts.of(f.File); text != nil {
		t.frame(out, f, text)
	}
	for _, r := range f.Related {
		fmt.Fprintf(out, "  see also %s: %s\n", place(&r.Place), source.Visible(r.Message))
	}
	for _, line := range advice(f) {
		fmt.Fprintf(out, "  %s\n", line)
	}
	if t.Verbose && f.Detail != "" {
		fmt.Fprintf(out, "  In detail: %s\n", source.Inline(f.Detail))
	}
	fmt.Fprintln(out)
}

// sentence says in a line what is wrong.
func (t *textWriter) sentence(f *finding.Finding) string {
	return t.severity(f.Severity) + ": " + t.claim(f)
}

func (t *textWriter) claim(f *finding.Finding) string {
	return t.paint(bold, source.Visible(f.Message)) + " " + t.paint(dim, "["+f.Rule+"]")
}

func (t *textWriter) summary(r *Report) string {
	color := green
	switch {
	case r.Count(finding.Error) > 0:
		color = red
	case r.Count(finding.Warning) > 0:
		color = yellow
	}
	return fmt.Sprintf("%s: %s (%.2f s)", r.extent(), t.paint(color, r.verdict()), t.Elapsed.Seconds())
}

// A runner takes a log up to 4 MiB, unless it is told otherwise, and drops the
// rest. The end of the log matters most, so what is in front of it keeps to
// these limits, in bytes.
const (
	maxDetails  = 2 << 20
	maxBlocking = 1 << 20
)

// sections writes the details in sections that are folded, one for each
// partner's folder, and behind them what blocks, a line each: the end of the
// log is what one sees.
func (t *textWriter) sections(out io.Writer, r *Report) {
	details := budget{out: out, room: maxDetails}
	for i, group := range byFolder(r.Findings, func(*finding.Finding) bool { return true }) {
		header := t.paint(bold, source.Visible(group.folder)) + ": " + group.verdict()
		t.section(&details, fmt.Sprintf("%s-%d", sectionName(group.folder), i+1), header, len(group.findings), func(out io.Writer, i int) {
			t.finding(out, group.findings[i])
		})
	}
	if t.ShowWaived && len(r.Waived) > 0 {
		header := t.paint(bold, "What is waived") + ": " + source.Counted(len(r.Waived), "finding")
		t.section(&details, "waived", header, len(r.Waived), func(out io.Writer, i int) { t.waived(out, &r.Waived[i]) })
	}
	if details.leftOut > 0 {
		fmt.Fprintf(out, "A job's log has no room for the details of %s.\n", source.Counted(details.leftOut, "further finding"))
	}
	blocking := budget{out: out, room: maxBlocking}
	for i := range r.Findings {
		if f := &r.Findings[i]; t.blocks(f) {
			blocking.write(func() string { return place(&f.Place) + ": " + t.sentence(f) + "\n" })
		}
	}
	if blocking.leftOut > 0 {
		fmt.Fprintf(out, "A job's log has no room for %s that block too.\n", source.Counted(blocking.leftOut, "further finding"))
	}
}

// section writes as many findings, each by write, between GitLab's two marks, whose
// form is fixed down to the carriage return.
func (t *textWriter) section(details *budget, name, header string, findings int, write func(out io.Writer, i int)) {
	started := details.write(func() string {
		return fmt.Sprintf("\x1b[0Ksection_start:%d:%s[collapsed=true]\r\x1b[0K%s\n", t.Time.Unix(), name, header)
	})
	if !started {
		details.leftOut += findings - 1
		return
	}
	for i := range findings {
		details.write(func() string {
			var piece strings.Builder
			write(&piece, i)
			return piece.String()
		})
	}
	fmt.Fprintf(details.out, "\x1b[0Ksection_end:%d:%s\r\x1b[0K\n", t.Time.Unix(), name)
}

// sectionName returns a folder's name in the characters that GitLab allows in
// a section's.
func sectionName(folder string) string {
	return noSectionName.ReplaceAllString(folder, "_")
}

var noSectionName = regexp.MustCompile(`[^A-Za-z0-9_.-]`)

// What the report uses of a terminal's styles.
const (
	bold   = terminal.Bold
	dim    = terminal.Dim
	red    = terminal.BoldRed
	green  = terminal.Green
	yellow = terminal.BoldYellow
)

func (t *textWriter) severity(s finding.Severity) string {
	if s == finding.Error {
		return t.paint(red, string(s))
	}
	return t.paint(yellow, string(s))
}

func (t *textWriter) paint(style terminal.Style, text string) string {
	if !t.Color || text == "" {
		return text
	}
	return style.Paint(text)
}
