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
	seen, subjects, err := r.inContext(f, now)
	if err != nil {
		return nil, err
	}
	found, err := byPolicies(ctx, judge.Folder(seen), subjects)
	return append(findings, found...), err
}

// inContext returns what policies see of a folder, and what of it they judge.
func (r *run) inContext(f *folder, now *contents) (policy.Contents, []subject, error) {
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
	items    []change.Item   // all records, readable or not
	records  []policy.Record // those that can be read and whose kind is known
	readable int
	findings []finding.Finding
}

// read reads a folder's records and judges each by its schema.
func (r *run) read(tree *repo.Tree, f *folder) (*contents, error) {
	c := &contents{
		items:   make([]change.Item, 0, len(f.Records)),
		records: make([]policy.Record, 0, len(f.Records)), // never nil: there is something to compare with
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
func (c *contents) partner(f *folder) *policy.Record {
	for i := range c.records {
		if r := &c.records[i]; r.Path == f.PartnerPath() && r.Kind == repo.PartnerKind && repo.IsPartners(f.Name) {
			return r
		}
	}
	return nil
}

// byRecord returns what leads from a record that was read to what it is judged
// as.
func (c *contents) byRecord() map[*record.Record]*policy.Record {
	index := make(map[*record.Record]*policy.Record, len(c.records))
	for i := range c.records {
		index[c.records[i].Record] = &c.records[i]
	}
	return index
}

// A subject is what policies judge: a record, and what it was before the
// change; one of them may be nil.
type subject struct{ now, before *policy.Record }

// path returns where the record is, or was before the change deleted it.
func (s subject) path() string {
	if s.now != nil {
		return s.now.Path
	}
	return s.before.Path
}

// alone returns records that there is nothing to compare with.
func alone(records []policy.Record) []subject {
	subjects := make([]subject, len(records))
	for i := range records {
		subjects[i].now = &records[i]
	}
	return subjects
}

// compare returns each record with what it was, those that the change deletes
// included. A record that cannot be read now is unknown, not deleted; one of
// another kind is another record.
func compare(folder string, before, now *contents) []subject {
	var subjects []subject
	was, is := before.byRecord(), now.byRecord()
	for _, pair := range change.Match(folder, before.items, now.items) {
		var s subject
		if pair.After != nil {
			s.now = is[pair.After.Record]
		}
		if pair.Before != nil {
			s.before = was[pair.Before.Record]
		}
		switch {
		case s.now != nil && s.before != nil && s.now.Kind != s.before.Kind:
			subjects = append(subjects, subject{now: s.now}, subject{before: s.before})
		case s.now != nil || pair.After == nil && s.before != nil:
			subjects = append(subjects, s)
		}
	}
	return subjects
}

func (r *run) bySchema(rec *record.Record) (judged policy.Record, findings []finding.Finding, err error) {
	defer explain(rec.Path, &err)
	verdict := r.rules.Schemas.Judge(rec)
	return policy.Record{Record: rec, Kind: verdict.Kind, Valid: verdict.Valid}, verdict.Findings, nil
}

func byPolicies(ctx context.Context, judge *policy.Folder, subjects []subject) (findings []finding.Finding, err error) {
	for _, s := range subjects {
		found, err := byPolicy(ctx, judge, s)
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	return findings, nil
}

func byPolicy(ctx context.Context, judge *policy.Folder, s subject) (findings []finding.Finding, err error) {
	defer explain(s.path(), &err)
	return judge.Judge(ctx, s.now, s.before)
}

// explain turns a panic of a library into an error that names the record.
func explain(name string, err *error) {
	if problem := recover(); problem != nil {
		*err = fmt.Errorf("judging %s failed: %v", name, problem)
	}
}
