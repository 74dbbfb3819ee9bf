package report

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// What GitLab makes of a JUnit report decides its form:
//   - A case is known, in this run and in the ones it is compared with, by its
//     class and name; of two with the same only one counts. So names are unique,
//     and have no line in them, which would make an old failure a new one.
//   - Of a failure, only the text within is shown, and an attribute type is
//     taken for the text's type: a word such as date loses the whole report.
//     So there are no attributes.
//   - A case either fails or its text is not shown. A finding that does not
//     block is a case that passes all the same, as the run does: skipped would
//     show the text but say that nothing was looked at. Its name says what was
//     found, and its text is there for other readers. What is waived is skipped:
//     somebody looked, and decided that it does not count.

// maxCases is how many cases a report may have; GitLab.com takes no more.
const maxCases = 500_000

// writeJUnit writes a test report: a case for each finding, and one for each
// record in which nothing blocks.
func writeJUnit(out *bufio.Writer, r *Report, o *Options) error {
	w := &junitWriter{out: out, options: o, names: map[string]int{}}
	w.suite(r, maxCases)
	return nil
}

type junitWriter struct {
	out     io.Writer
	options *Options
	names   map[string]int // how often a name was asked for
}

// suite writes as many cases as the limit allows, what was found first.
func (w *junitWriter) suite(r *Report, limit int) {
	passing := w.passing(r)
	total := len(r.Findings) + len(r.Waived) + len(passing)
	shown := total
	if total > limit {
		shown = limit - 1
	}
	findings := r.Findings[:min(shown, len(r.Findings))]
	waived := r.Waived[:min(shown-len(findings), len(r.Waived))]
	passing = passing[:shown-len(findings)-len(waived)]
	failures := w.blocking(findings)
	leftOut := testCase{
		class: "report", name: fmt.Sprintf("%d further cases are left out", total-shown),
		text:  []string{fmt.Sprintf("A report has at most %d cases.", limit)},
		fails: w.blocking(r.Findings) > failures,
	}
	if leftOut.fails {
		failures++
	}

	fmt.Fprintf(w.out, "%s<testsuites>\n", xml.Header)
	fmt.Fprintf(w.out, "  <testsuite name=\"alliances\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\">\n", min(total, limit), failures, len(waived))
	for i := range findings {
		w.write(w.found(&findings[i]))
	}
	for i := range waived {
		w.write(w.waived(&waived[i]))
	}
	for _, file := range passing {
		w.write(testCase{class: "records", name: source.Visible(file), file: file})
	}
	if total > shown {
		w.write(leftOut)
	}
	fmt.Fprint(w.out, "  </testsuite>\n</testsuites>\n")
}

func (w *junitWriter) blocking(findings []finding.Finding) int {
	n := 0
	for i := range findings {
		if w.options.blocks(&findings[i]) {
			n++
		}
	}
	return n
}

// passing returns the records in which nothing blocks.
func (w *junitWriter) passing(r *Report) []string {
	blocked := map[string]bool{}
	for i := range r.Findings {
		if f := &r.Findings[i]; w.options.blocks(f) {
			blocked[f.File] = true
		}
	}
	var files []string
	for _, file := range r.Files {
		if !blocked[file] {
			files = append(files, file)
		}
	}
	return files
}

// A testCase passes in silence, passes with a text, fails with one, or is skipped
// with one.
type testCase struct {
	class, name, file string
	text              []string // its lines
	fails, skipped    bool
}

func (w *junitWriter) found(f *finding.Finding) testCase {
	return testCase{
		class: f.Rule, name: source.Visible(f.File) + ": " + source.Visible(f.Message), file: f.File,
		text: append([]string{source.Visible(f.Message), place(&f.Place)}, advice(f)...), fails: w.options.blocks(f),
	}
}

func (w *junitWriter) waived(f *finding.Waived) testCase {
	c := w.found(&f.Finding)
	c.fails, c.skipped = false, true
	c.text = append(c.text[:2], capitalized(decision(&f.Waiver))+": "+source.Inline(f.Waiver.Reason), "Waiver: "+source.Visible(f.Waiver.File))
	return c
}

func (w *junitWriter) write(c testCase) {
	fmt.Fprintf(w.out, `    <testcase classname="%s" name="%s"`, xmlText(c.class), xmlText(w.unique(c.class, c.name)))
	if c.file != "" {
		fmt.Fprintf(w.out, ` file="%s"`, xmlText(c.file))
	}
	element := "system-out"
	switch {
	case c.fails:
		element = "failure"
	case c.skipped:
		element = "skipped"
	}
	if len(c.text) == 0 {
		fmt.Fprint(w.out, "/>\n")
		return
	}
	lines := make([]string, len(c.text))
	for i, line := range c.text {
		lines[i] = xmlText(line)
	}
	fmt.Fprintf(w.out, "><%s>%s</%[1]s></testcase>\n", element, strings.Join(lines, "\n"))
}

// unique returns the name, with a number where the class has it already.
func (w *junitWriter) unique(class, name string) string {
	unique := name
	for w.names[class+"\x00"+unique] > 0 {
		w.names[class+"\x00"+name]++
		unique = fmt.Sprintf("%s (%d)", name, w.names[class+"\x00"+name])
	}
	w.names[class+"\x00"+unique]++
	return unique
}

// xmlText returns s as text of an element or an attribute.
func xmlText(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(xmlVisible(s))) // never fails: a Builder takes all
	return b.String()
}

// xmlVisible makes visible what XML 1.0 (section 2.2) does not allow, not even
// escaped.
func xmlVisible(s string) string {
	if !strings.ContainsFunc(s, isNoXML) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case !isNoXML(r):
			b.WriteRune(r)
		case r > utf8.RuneError:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			_, size := utf8.DecodeRuneInString(s[i:])
			b.WriteString(source.Visible(s[i : i+size]))
		}
	}
	return b.String()
}

// isNoXML includes the replacement character, which is what a byte that is no
// UTF-8 reads as.
func isNoXML(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == utf8.RuneError || r == '\uFFFE' || r == '\uFFFF'
}
