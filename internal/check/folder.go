package check

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// A judge judges the folders of a run by one rulebook.
type judge struct {
	*run
	rules    *Rulebook
	policies *policy.Judge
}

// folder judges the records of one folder, which are in these files, each in the
// context of all.
func (j *judge) folder(ctx context.Context, f *repo.Folder, files []repo.File) (*Folder, error) {
	now, err := j.contents(files)
	if err != nil {
		return nil, err
	}
	findings := slices.Concat(f.Findings, onceAFolder(now.findings), f.Missing(now.readable))
	seen, cases, err := j.inContext(f, now)
	if err != nil {
		return nil, err
	}
	policies := j.policies.Folder(seen)
	found, err := policies.Judge(ctx, cases...)
	findings = append(findings, now.ofReadable(f.Name, ofRight(now.findings, found))...)
	waivers := j.waivers(f.Name, now, findings)
	findings, waived := waivers.apply(findings)
	findings = append(findings, waivers.unused()...)
	return &Folder{f, now.items, limit(findings), waived, j.licenses(now), waivers, policies.Asked()}, err
}

// isFolderName reports whether a finding is about the name of a record's folder.
func isFolderName(f finding.Finding) bool {
	return f.Rule == record.PathRule.ID && f.Help == schema.RenameFolder
}

// onceAFolder keeps of the findings about the name of one folder the first.
func onceAFolder(findings []finding.Finding) []finding.Finding {
	seen := map[string]bool{}
	return slices.DeleteFunc(findings, func(f finding.Finding) bool {
		again := isFolderName(f) && seen[f.Message]
		seen[f.Message] = true
		return again
	})
}

// ofRight returns what rules find, without what they find in values that the
// schema refuses: what is wrong with them is told already, unless a rule knows a
// right value and the schema does not.
func ofRight(refused, found []finding.Finding) []finding.Finding {
	values := map[string]finding.Value{}
	for i := range refused {
		if f := &refused[i]; !f.AtKey && f.Severity == finding.Error && f.Rule != "schema/required" {
			values[f.File+f.Pointer()] = f.Expected
		}
	}
	return slices.DeleteFunc(found, func(f finding.Finding) bool {
		expected, isRefused := values[f.File+f.Pointer()]
		return isRefused && (f.Expected.IsNone() || f.Expected.Equal(expected))
	})
}

// limit keeps of each file's findings as many as are told. Those of a file that
// could not be read are limited already.
func limit(findings []finding.Finding) []finding.Finding {
	if len(findings) <= record.MaxFindings {
		return findings
	}
	byFile := map[string][]finding.Finding{}
	for _, f := range findings {
		byFile[f.File] = append(byFile[f.File], f)
	}
	var told []finding.Finding
	for _, name := range slices.Sorted(maps.Keys(byFile)) {
		told = append(told, record.Limit(byFile[name], 0)...)
	}
	return told
}

// A Folder is one that was judged.
type Folder struct {
	Listed   *repo.Folder
	Records  []change.Item // all of them, readable or not
	Findings []finding.Finding
	Waived   []finding.Waived

	licenses []policy.License
	waivers  *waivers
	asked    policy.Asked // of what is known of all partners
}

// inContext returns what policies see of a folder, and what of it they judge.
func (j *judge) inContext(f *repo.Folder, now *contents) (policy.Contents, []policy.Case, error) {
	seen := policy.Contents{Records: now.records, Partner: now.partner(f)}
	if j.Base == nil {
		return seen, alone(now.records), nil
	}
	before, err := j.readBefore(f, now)
	if err != nil {
		return seen, nil, err
	}
	seen.Before = before.records
	return seen, j.compare(f.Name, before, now), nil
}

// readBefore reads what a folder held before the change, as if it had always had
// the name that it has now: where the change does not touch it, what it holds
// now.
func (j *judge) readBefore(f *repo.Folder, now *contents) (*contents, error) {
	if _, touched := slices.BinarySearch(j.touched, f.Name); !touched {
		return now, nil
	}
	if j.newName(f.Name) != "" {
		return j.contents(nil)
	}
	former := j.formerName(f.Name)
	_, files, err := j.Base.Tree.Load(former)
	if err != nil {
		return nil, err
	}
	return j.contents(inFolder(files, former, f.Name))
}

// contents are what a folder holds on one side of a change.
type contents struct {
	items    []change.Item        // all records, readable or not
	records  []policy.TypedRecord // those that can be read and whose kind is known
	readable int
	findings []finding.Finding
}

// contents judges each of a folder's records by its schema.
func (j *judge) contents(files []repo.File) (*contents, error) {
	c := &contents{
		items:   make([]change.Item, 0, len(files)),
		records: make([]policy.TypedRecord, 0, len(files)), // never nil: there is something to compare with
	}
	for _, file := range files {
		if file.Record == nil {
			c.findings = append(c.findings, file.Problems...)
			c.items = append(c.items, change.Item{File: file})
			continue
		}
		c.readable++
		judged, found, err := j.bySchema(file.Record)
		if err != nil {
			return nil, err
		}
		c.findings = append(c.findings, found...)
		c.findings = append(c.findings, accepted(file.Record.Warnings, found)...)
		file.Record = judged.Record
		c.items = append(c.items, change.Item{File: file, Kind: judged.Kind})
		if judged.Kind != "" {
			c.records = append(c.records, judged)
		}
	}
	return c, nil
}

// accepted returns the warnings about values that the schema does not refuse.
func accepted(warnings, refused []finding.Finding) []finding.Finding {
	return slices.DeleteFunc(slices.Clone(warnings), func(w finding.Finding) bool {
		return slices.ContainsFunc(refused, func(f finding.Finding) bool { return !f.AtKey && slices.Equal(f.Path, w.Path) })
	})
}

// partner returns the folder's partner, or nil.
func (c *contents) partner(f *repo.Folder) *policy.TypedRecord {
	for i := range c.records {
		if r := &c.records[i]; r.Path == f.PartnerPath() && r.Kind == layout.PartnerKind && layout.IsPartners(f.Name) {
			return r
		}
	}
	return nil
}

// ofKind returns the records of a kind, in the order of their paths.
func (c *contents) ofKind(kind string) (records []policy.TypedRecord) {
	for _, r := range c.records {
		if r.Kind == kind {
			records = append(records, r)
		}
	}
	return records
}

// byRecord returns what leads from a record that was read to what it is judged
// as.
func (c *contents) byRecord() map[*record.Record]*policy.TypedRecord {
	index := make(map[*record.Record]*policy.TypedRecord, len(c.records))
	for i := range c.records {
		index[c.records[i].Record] = &c.records[i]
	}
	return index
}

// alone returns records that there is nothing to compare with.
func alone(records []policy.TypedRecord) []policy.Case {
	cases := make([]policy.Case, len(records))
	for i := range records {
		cases[i].Now = &records[i]
	}
	return cases
}

// compare returns each record with what it was, those that the change deletes
// included. A record that cannot be read now is unknown, not deleted; one of
// another kind is another record.
func (r *run) compare(folder string, before, now *contents) []policy.Case {
	var cases []policy.Case
	was, is := before.byRecord(), now.byRecord()
	for _, pair := range change.Match(folder, before.items, now.items) {
		var c policy.Case
		if pair.After != nil {
			c.Now = is[pair.After.Record]
		}
		if pair.Before != nil {
			c.Before = was[pair.Before.Record]
		}
		if c.Now != nil && c.Before != nil {
			c.Was = r.formerPath(folder, pair)
		}
		switch {
		case c.Now != nil && c.Before != nil && c.Now.Kind != c.Before.Kind:
			cases = append(cases, policy.Case{Now: c.Now}, policy.Case{Before: c.Before})
		case c.Now != nil || pair.After == nil && c.Before != nil:
			cases = append(cases, c)
		}
	}
	return cases
}

func (j *judge) bySchema(rec *record.Record) (judged policy.TypedRecord, findings []finding.Finding, err error) {
	defer explain(rec.Path, &err)
	verdict := j.rules.Schemas.Judge(rec)
	return policy.TypedRecord{Record: verdict.Record, Kind: verdict.Kind, Valid: verdict.Valid}, verdict.Findings, nil
}

// explain turns a panic of a library into an error that names the record.
func explain(name string, err *error) {
	if problem := recover(); problem != nil {
		*err = fmt.Errorf("judging %s failed: %v", name, problem)
	}
}
