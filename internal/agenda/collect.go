package agenda

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/profile"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/spelling"
)

// A Collector makes agendas of the records of a repository.
type Collector struct {
	Schemas  *schema.Set
	Handbook policy.Handbook
	AsOf     string // YYYY-MM-DD
	Within   int    // days
	Lead     string // whose records to tell of, with or without the @; "" is everybody's
	Jobs     int    // how many folders to read at a time

	adding  sync.Mutex
	items   []Item
	handles map[string]bool // of everybody who looks after a record
	left    []string
}

// Collect returns what is due of the records of a tree, and which of them are left
// out, each with why.
func (c *Collector) Collect(ctx context.Context, tree *repo.Tree) (agenda *Agenda, left []string, err error) {
	folders, err := tree.Folders()
	if err != nil {
		return nil, nil, err
	}
	c.items, c.left, c.handles = nil, nil, map[string]bool{}
	err = parallel.Each(ctx, c.Jobs, len(folders), func(i int) error { return c.folder(tree, folders[i]) })
	if err != nil {
		return nil, nil, err
	}
	lead, err := c.lead()
	if err != nil {
		return nil, nil, err
	}
	c.items = slices.DeleteFunc(c.items, func(i Item) bool { return lead != "" && !i.isOf(lead) })
	slices.SortFunc(c.items, Compare)
	slices.Sort(c.left)
	return &Agenda{AsOf: c.AsOf, Within: c.Within, Lead: lead, Items: c.items}, c.left, nil
}

func (i *Item) isOf(lead string) bool {
	return slices.ContainsFunc(i.Leads, func(handle string) bool { return sameHandle(handle, lead) })
}

// lead returns the handle that somebody named as it is written in the records.
func (c *Collector) lead() (string, error) {
	if c.Lead == "" {
		return "", nil
	}
	var known []string
	for handle := range c.handles {
		if sameHandle(handle, c.Lead) {
			return handle, nil
		}
		known = append(known, strings.TrimPrefix(handle, "@"))
	}
	slices.Sort(known)
	meant := ""
	if near := spelling.Meant(strings.TrimPrefix(c.Lead, "@"), known); near != "" {
		meant = fmt.Sprintf("; did you mean `@%s`?", near)
	}
	return "", fmt.Errorf("nobody called %q leads a record or a partner%s", c.Lead, meant)
}

// folder takes in the records of a folder.
func (c *Collector) folder(tree *repo.Tree, name string) error {
	_, files, err := tree.Load(name)
	if err != nil {
		return err
	}
	var subjects []profile.Subject
	var left []string
	for _, file := range files {
		s, why := c.subject(name, file)
		if why != "" {
			left = append(left, file.Path+" "+why+"; `alliances validate` says why")
			continue
		}
		subjects = append(subjects, s)
	}
	c.add(subjects, left)
	return nil
}

// subject returns a record of a folder, or why it is left out.
func (c *Collector) subject(folder string, file repo.File) (s profile.Subject, why string) {
	if file.Record == nil {
		return s, "cannot be read"
	}
	kind, current := c.Schemas.Read(file.Record)
	if kind == "" || c.Schemas.KindAt(file.Path) != kind {
		return s, "is no record of the kind that belongs there"
	}
	return profile.Subject{
		Record: current, Kind: kind, Folder: folder, Schemas: c.Schemas, Handbook: c.Handbook, AsOf: c.AsOf,
	}, ""
}

// add adds what is due of the records of one folder.
func (c *Collector) add(subjects []profile.Subject, left []string) {
	var items []Item
	var handles []string
	partner := slices.IndexFunc(subjects, func(s profile.Subject) bool { return s.Kind == layout.PartnerKind })
	for _, s := range subjects {
		if partner >= 0 {
			s.Partner = subjects[partner].Record.Root
		}
		handles = append(handles, leadsOf(s.Record.Root, s.Partner)...)
		if item, ok := Of(s, c.Within); ok {
			items = append(items, item)
		}
	}
	c.adding.Lock()
	defer c.adding.Unlock()
	c.items, c.left = append(c.items, items...), append(c.left, left...)
	for _, handle := range handles {
		c.handles[handle] = true
	}
}
