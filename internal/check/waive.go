package check

import (
	"fmt"
	"path"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// What a waiver may say is for its schema and the rules on waivers to judge. What
// is left is what no rule can do, since none knows what others find: to set it
// aside, and to find the waivers that set nothing aside.

// waivers are the waivers of a folder; nil where it holds none.
type waivers struct {
	rules    *policy.Set
	all      []*waiver            // those without an error, in the order of their paths
	byTarget map[target][]*waiver // the same
	unclear  bool                 // whether one has an error, so that nobody knows what it allows
	settled  bool                 // whether everything in the folder can be judged
}

// A target is what a waiver is about: what a rule finds in a file.
type target struct{ rule, file string }

// A waiver is one without an error.
type waiver struct {
	finding.Waiver
	target
	record  *record.Record
	ended   bool
	applies bool // whether the rule finds anything
}

// waivers returns the waivers of a folder in which this is found.
func (j *judge) waivers(folder string, now *contents, findings []finding.Finding) *waivers {
	unclear := slices.ContainsFunc(now.items, func(item change.Item) bool {
		return item.Record == nil && j.rules.Schemas.KindAt(item.Path) == layout.WaiverKind
	})
	records := now.ofKind(layout.WaiverKind)
	if len(records) == 0 && !unclear {
		return nil
	}
	w := &waivers{rules: j.rules.Policies, byTarget: map[target][]*waiver{}, unclear: unclear}
	wrong := filesWithErrors(findings)
	for _, r := range records {
		if wrong[r.Path] {
			w.unclear = true
			continue
		}
		w.add(readWaiver(folder, r.Record, j.AsOf))
	}
	w.settled = !slices.ContainsFunc(findings, keepsFromJudging)
	return w
}

func filesWithErrors(findings []finding.Finding) map[string]bool {
	files := map[string]bool{}
	for i := range findings {
		if findings[i].Severity == finding.Error {
			files[findings[i].File] = true
		}
	}
	return files
}

// keepsFromJudging reports whether rules may find nothing where there is this to
// be put right first.
func keepsFromJudging(f finding.Finding) bool {
	kind := path.Dir(f.Rule)
	return f.Severity == finding.Error && (kind == "yaml" || kind == "schema" || kind == "repo")
}

func readWaiver(folder string, r *record.Record, asOf string) *waiver {
	text := func(name string) string { return r.Root.Field(name).AsText() }
	w := &waiver{record: r, target: target{text("rule"), path.Join(layout.Partners, folder, text("record"))}}
	w.Waiver = finding.Waiver{
		File: r.Path, Reason: text("reason"), By: text("approved_by"), On: text("approved_on"), Until: text("expires_at"),
	}
	w.ended = asOf != "" && w.Until != "" && w.Until <= asOf
	return w
}

// ofReadable returns what rules find, without waivers of a record that is said to
// be missing, and is there but cannot be read: that is told already.
func (c *contents) ofReadable(folder string, found []finding.Finding) []finding.Finding {
	unread := map[string]bool{} // records, and waivers of them
	for _, item := range c.items {
		if item.Record == nil {
			unread[item.Path] = true
		}
	}
	if len(unread) == 0 {
		return found
	}
	for _, r := range c.ofKind(layout.WaiverKind) {
		unread[r.Path] = unread[readWaiver(folder, r.Record, "").file]
	}
	return slices.DeleteFunc(found, func(f finding.Finding) bool { return f.Rule == recordRule && unread[f.File] })
}

// recordRule is the rule that a waiver's record is there.
const recordRule = layout.WaiverKind + "/record"

func (w *waivers) add(one *waiver) {
	w.all = append(w.all, one)
	w.byTarget[one.target] = append(w.byTarget[one.target], one)
}

// apply returns the findings that count, and those that are waived. Of a value that
// somebody has allowed, or may have, no program writes another one in its place,
// whatever rule wants that.
func (w *waivers) apply(findings []finding.Finding) (counting []finding.Finding, waived []finding.Waived) {
	if w == nil {
		return findings, nil
	}
	decided := map[string]bool{}
	for _, f := range findings {
		holds, ended := w.waiversOf(&f)
		if holds != nil || ended != nil || w.unclear && w.rules.IsWaivable(f.Rule) {
			decided[f.File+f.Pointer()] = true
		}
		if holds != nil {
			waived = append(waived, finding.Waived{Finding: f, Waiver: holds.Waiver})
			continue
		}
		if ended != nil {
			ended.tellEnd(&f)
		}
		counting = append(counting, f)
	}
	for i := range counting {
		if f := &counting[i]; decided[f.File+f.Pointer()] {
			f.Guess = !f.Expected.IsNone()
		}
	}
	return counting, waived
}

// waiversOf returns the first waiver of a finding that holds, and of those that have
// ended the last one; nil where there is none.
func (w *waivers) waiversOf(f *finding.Finding) (holds, ended *waiver) {
	if !w.rules.IsWaivable(f.Rule) {
		return nil, nil
	}
	for _, one := range w.byTarget[target{f.Rule, f.File}] {
		one.applies = true
		switch {
		case !one.ended && holds == nil:
			holds = one
		case one.ended && (ended == nil || one.Until > ended.Until):
			ended = one
		}
	}
	return holds, ended
}

// tellEnd says of a finding that it was waived until a day.
func (w *waiver) tellEnd(f *finding.Finding) {
	f.Message += fmt.Sprintf("; the waiver of it ended on %s", w.Until)
	end := finding.Related{Place: w.record.Locate([]string{"expires_at"}, false), Message: "it was allowed until then"}
	*f = f.WithRelated(append(f.Related, end)...)
}

var unusedRule = &finding.Rule{
	ID:       layout.WaiverKind + "/unused",
	Severity: finding.Warning,
	Title:    "A waiver sets something aside",
	Description: "A waiver of what nobody finds is an exception that nobody needs: the record follows the rule, or the rule " +
		"finds what is wrong in another record. Whoever reads it is told of an exception that is none.",
	Help: "Name the record and the rule of a finding. If the record was put right since, write into expires_at when the waiver ended.",
}

// unused returns what is to be said of the waivers that set nothing aside, unless
// there is something that keeps rules from finding anything. One that has ended
// need not; and what another partner has to do with it may not be known yet.
func (w *waivers) unused() (findings []finding.Finding) {
	if w == nil || !w.settled {
		return nil
	}
	for _, one := range w.all {
		if !one.applies && !one.ended && w.rules.IsWaivable(one.rule) && !w.rules.ComparesPartners(one.rule) {
			message := fmt.Sprintf("nothing is waived: %s finds nothing in %s", one.rule, one.file)
			findings = append(findings, finding.New(unusedRule, one.record.Locate(nil, false), message))
		}
	}
	return findings
}
