package site

import (
	"context"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/history"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// Input is what a site is made of.
type Input struct {
	Tree     *repo.Tree
	Rules    *check.Rules
	Findings []finding.Finding // in the tree's records, by the rules
	AsOf     string            // the day for which the site is true, YYYY-MM-DD
	Private  bool              // whether it shows what the schemas mark private
	Jobs     int               // how many folders to read at a time

	// History calls yield with what happened to the records, the newest first.
	// It is nil where there is no git to tell.
	History func(yield func(history.Entry) error) error
}

// Collect reads every record of a tree that has been judged before.
func Collect(ctx context.Context, in Input) (*Site, error) {
	c, err := NewCollector(in.Rules, Options{AsOf: in.AsOf, Private: in.Private})
	if err != nil {
		return nil, err
	}
	names, err := in.Tree.Folders()
	if err != nil {
		return nil, err
	}
	found := map[string][]finding.Finding{}
	for _, f := range in.Findings {
		name, _ := repo.FolderOf(f.File)
		found[name] = append(found[name], f)
	}
	err = parallel.Each(ctx, in.Jobs, len(names), func(i int) error {
		folder, err := in.read(names[i])
		folder.Findings = found[names[i]]
		c.Add(folder)
		return err
	})
	if err != nil {
		return nil, err
	}
	return c.Finish(in.History)
}

// read reads a folder.
func (in *Input) read(name string) (Folder, error) {
	listed, err := in.Tree.List(name)
	if err != nil {
		return Folder{}, err
	}
	folder := Folder{Name: name, Paths: listed.Records}
	for _, path := range listed.Records {
		data, err := in.Tree.Read(path)
		if err != nil {
			return Folder{}, err
		}
		folder.Records = append(folder.Records, change.NewItem(path, data, in.Rules.Schemas.Kind))
	}
	return folder, nil
}
