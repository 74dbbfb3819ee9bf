// Package report renders what a run found, one file a format. It neither sorts
// nor filters, and does not know who found it.
package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/format"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A Report is what a run found, sorted.
type Report struct {
	Records  int    // how many were judged
	Partners int    // how many partners' folders were judged
	Scope    string // which these were; "" where they are all there are
	Findings []finding.Finding
	Waived   []finding.Waived // what does not count
	Files    []string         // the paths of the records that were judged, sorted
	Rules    []*finding.Rule  // the catalogue: what can be found, as far as it is known beforehand
	Part     *Part            // which part of a run it is of; nil where it is of all
}

// Count returns how many findings have that severity.
func (r *Report) Count(severity finding.Severity) int {
	n := 0
	for i := range r.Findings {
		if r.Findings[i].Severity == severity {
			n++
		}
	}
	return n
}

// extent says how much was judged.
func (r *Report) extent() string {
	extent := source.Counted(r.Records, "record") + " of " + source.Counted(r.Partners, "partner")
	if r.Part != nil {
		extent += ", " + r.Part.String()
	}
	if r.Scope != "" {
		extent += ", " + r.Scope
	}
	return extent
}

// verdict says how much was found.
func (r *Report) verdict() string {
	verdict := source.Counted(r.Count(finding.Error), "error") + ", " + source.Counted(r.Count(finding.Warning), "warning")
	if len(r.Waived) > 0 {
		verdict += fmt.Sprintf(", %d waived", len(r.Waived))
	}
	return verdict
}

// Options say how to write a report. Each format takes from them what it can
// show, and the zero value serves them all.
type Options struct {
	Source   func(file string) *source.File // a file's text, nil where there is none to show; may be nil itself
	FailOn   finding.Severity               // the mildest severity that blocks; Error where it is empty
	Version  string                         // the validator's own, which begins with a number
	Homepage string                         // the address of the validator's project; "" where it is not known
	EditBase string                         // the address that a file's path is appended to for an editor; "" for no links
	LinkBase string                         // the address that a file's path is appended to for its page; "" for no links
	RulePage func(id string) string         // the address of the page that explains a rule; nil for no links

	// The rest is for text alone.
	Color      bool
	Verbose    bool          // whether to show what a library says of a finding in its own words
	ShowWaived bool          // whether to show what is waived as well
	Elapsed    time.Duration // how long the run took
	Sections   bool          // for a GitLab job's log: fold the details, a section for each partner's folder
	Time       time.Time     // what the sections are stamped with
}

// blocks reports whether a finding fails the run.
func (o *Options) blocks(f *finding.Finding) bool {
	return f.Severity.AtLeast(cmp.Or(o.FailOn, finding.Error))
}

// rulePages returns the addresses of the pages that explain rules, by their ids. A
// rule that is not in the catalogue has none.
func (o *Options) rulePages(r *Report) map[string]string {
	if o.RulePage == nil {
		return nil
	}
	pages := map[string]string{}
	for _, rule := range r.Rules {
		pages[rule.ID] = o.RulePage(rule.ID)
	}
	return pages
}

// formats write a report each in one form. What goes wrong with out shows when
// it is flushed; the error is about all else.
var formats = format.Set[func(out *bufio.Writer, r *Report, o *Options) error]{
	{Name: "text", Writer: writeText},
	{Name: "json", Writer: writeJSON},
	{Name: "sarif", Writer: writeSARIF},
	{Name: "codequality", Writer: writeCodeQuality},
	{Name: "junit", Writer: writeJUnit},
	{Name: "github", Writer: writeGitHub},
	{Name: "markdown", Writer: writeMarkdown},
}

// Formats returns the names of the formats, the default one first.
func Formats() []string { return formats.Names() }

// Write writes a report to w in the format of that name.
func Write(name string, w io.Writer, r *Report, o Options) error {
	write, err := formats.Get(name)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	if err := write(out, r, &o); err != nil {
		return err
	}
	return out.Flush()
}
