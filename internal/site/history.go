package site

import (
	"time"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/history"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/ledger"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// tellHistory gives every partner its history, if there is one.
func (c *Collector) tellHistory(site *Site, past func(yield func(history.Entry) error) error) error {
	if past == nil {
		return nil
	}
	partners := make(map[string]*Partner, len(site.Partners))
	for _, p := range site.Partners {
		p.History = []PastEvent{}
		partners[p.Folder] = p
	}
	return past(func(e history.Entry) error {
		p := partners[e.Partner]
		if p == nil {
			return nil
		}
		p.History = append(p.History, c.events(e)...)
		if was, ok := layout.FolderOf(e.Was); ok {
			partners[was] = p // what is older
		}
		return nil
	})
}

func (c *Collector) events(e history.Entry) []PastEvent {
	var all []PastEvent
	for _, told := range c.tell(e.RecordChange) {
		all = append(all, PastEvent{
			Day: e.Time.UTC().Format(time.DateOnly), Path: e.Path, Verb: told.Verb, Text: line(told.Text),
			Author: line(e.Commit.Author.Name), Reference: line(e.Reference), Commit: string(e.Commit.ID),
		})
	}
	return all
}

// tell returns what may be told of an entry. It is told anew, of what may be
// published of the record before and after: the words of the entry itself may
// quote anything.
func (c *Collector) tell(e ledger.RecordChange) []ledger.Event {
	if c.options.Private {
		return e.Events
	}
	before, beforeKnown := c.side(e.Path, e.Before)
	after, afterKnown := c.side(e.Path, e.After)
	switch {
	case !beforeKnown || !afterKnown:
		return outline(e)
	case before == nil && e.Before != nil || after == nil && e.After != nil:
		return nil // a record of which nothing may be published
	}
	told := ledger.Describe(c.rules.Schemas, pairOf(e, before, after)).Events
	if len(told) == 1 && told[0].Verb == ledger.Rewritten && !e.Before.Root.Equal(e.After.Root) {
		told[0].Verb, told[0].Text = ledger.Changed, "only what is not published"
	}
	return told
}

// side returns what may be published of a record on one side of a change, and
// whether its kind is known and lived there: of others, nobody can tell.
func (c *Collector) side(path string, rec *record.Record) (*change.Item, bool) {
	if rec == nil {
		return nil, true
	}
	p := c.publishers[c.rules.Schemas.Kind(rec)]
	if p == nil || c.isElsewhere(rec.Path, p.kind) {
		return nil, false
	}
	public := p.mask.Publish(rec.Root, nil)
	if public == nil {
		return nil, true
	}
	return &change.Item{Kind: p.kind, File: repo.File{Path: path, Text: rec.File.Text(), Record: &record.Record{Path: rec.Path, File: rec.File, Root: public}}}, true
}

// pairOf returns the two sides of an entry. One that is there and cannot be read
// is there without a record, and without the problem, which quotes it.
func pairOf(e ledger.RecordChange, before, after *change.Item) change.Pair {
	if before == nil && e.Unknown && (e.Deleted || e.After != nil) {
		before = &change.Item{File: repo.File{Path: e.Path}}
	}
	if after == nil && !e.Deleted {
		after = &change.Item{File: repo.File{Path: e.Path}}
	}
	if before != nil && e.Was != "" {
		before.Path = e.Was
	}
	return change.Pair{Before: before, After: after}
}

// outline tells no more than that something happened.
func outline(e ledger.RecordChange) []ledger.Event {
	verb := ledger.Changed
	switch {
	case e.Deleted:
		verb = ledger.Deleted
	case e.Before == nil && !e.Unknown:
		verb = ledger.Added
	}
	return []ledger.Event{{Verb: verb}}
}
