package check

import (
	"context"
	"fmt"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// judgeFolder judges the records of one folder, each in the context of all.
func (r *run) judgeFolder(ctx context.Context, judge *policy.Judge, f *folder) ([]finding.Finding, error) {
	now, err := r.read(r.tree, f)
	f.partner = nil // no longer needed
	if err != nil {
		return nil, err
	}
	findings := append(f.Findings, now.findings...)
	findings = append(findings, f.Missing(now.readable)...)
	seen, cases, err := r.inContext(f, now)
	if err != nil {
		return nil, err
	}
	found, err := byPolicies(ctx, judge.Folder(seen), cases)
	return append(findings, found...), err
}

// inContext returns what policies see of a folder, and what of it they judge.
func (r *run) inContext(f *folder, now *contents) (policy.Contents, []policy.Case, error) {
	seen := policy.Contents{Records: now.records, Partner: now.partner(f)}
	if r.Base == nil {
		return seen, alone(now.records), nil
	}
	before, err := r.readBefore(f, now)
	if err != nil {
		return seen, nil, err
	}
	seen.Before = before.records
	return seen, compare(f.Name, before, now), nil
}

// contents are what a folder holds on one side of a change.
type contents struct {
	items    []change.Item        // all records, readable or not
	records  []policy.TypedRecord // those that can be read and whose kind is known
	readable int
	findings []finding.Finding
}

// read reads a folder's records and judges each by its schema.
func (r *run) read(tree *repo.Tree, f *folder) (*contents, error) {
	c := &contents{
		items:   make([]change.Item, 0, len(f.Records)),
		records: make([]policy.TypedRecord, 0, len(f.Records)), // never nil: there is something to compare with
	}
	for _, name := range f.Records {
		rec, text, unreadable, err := load(tree, f, name)
		if err != nil {
			return nil, err
		}
		if rec == nil {
			c.findings = append(c.findings, unreadable...)
			c.items = append(c.items, change.Item{Path: name, Text: text})
			continue
		}
		c.readable++
		judged, found, err := r.bySchema(rec)
		if err != nil {
			return nil, err
		}
		c.findings = append(c.findings, found...)
		c.items = append(c.items, change.Item{Path: name, Kind: judged.Kind, Record: rec, Text: rec.File.Text()})
		if judged.Kind != "" {
			c.records = append(c.records, judged)
		}
	}
	return c, nil
}

// load reads a record, unless indexing has kept it.
func load(tree *repo.Tree, f *folder, name string) (rec *record.Record, text []byte, unreadable []finding.Finding, err error) {
	if f.partner != nil && name == f.PartnerPath() {
		return f.partner, nil, nil, nil
	}
	data, err := tree.Read(name)
	if err != nil {
		return nil, nil, nil, err
	}
	rec, unreadable = record.Load(name, data)
	return rec, data, unreadable, nil
}

// partner returns the folder's partner, or nil.
func (c *contents) partner(f *folder) *policy.TypedRecord {
	for i := range c.records {
		if r := &c.records[i]; r.Path == f.PartnerPath() && r.Kind == repo.PartnerKind && repo.IsPartners(f.Name) {
			return r
		}
	}
	return nil
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
func compare(folder string, before, now *contents) []policy.Case {
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
		switch {
		case c.Now != nil && c.Before != nil && c.Now.Kind != c.Before.Kind:
			cases = append(cases, policy.Case{Now: c.Now}, policy.Case{Before: c.Before})
		case c.Now != nil || pair.After == nil && c.Before != nil:
			cases = append(cases, c)
		}
	}
	return cases
}

func (r *run) bySchema(rec *record.Record) (judged policy.TypedRecord, findings []finding.Finding, err error) {
	defer explain(rec.Path, &err)
	verdict := r.rules.Schemas.Judge(rec)
	return policy.TypedRecord{Record: rec, Kind: verdict.Kind, Valid: verdict.Valid}, verdict.Findings, nil
}

func byPolicies(ctx context.Context, judge *policy.FolderJudge, cases []policy.Case) (findings []finding.Finding, err error) {
	for _, c := range cases {
		found, err := byPolicy(ctx, judge, c)
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	return findings, nil
}

func byPolicy(ctx context.Context, judge *policy.FolderJudge, c policy.Case) (findings []finding.Finding, err error) {
	defer explain(c.Path(), &err)
	return judge.Judge(ctx, c)
}

// explain turns a panic of a library into an error that names the record.
func explain(name string, err *error) {
	if problem := recover(); problem != nil {
		*err = fmt.Errorf("judging %s failed: %v", name, problem)
	}
}
