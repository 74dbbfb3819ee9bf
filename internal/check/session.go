package check

import (
	"context"
	"path"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// A Session judges records again and again while they change.
type Session struct {
	Tree  func() *repo.Tree // the records as they are now
	Rules func() (*Rulebook, error)
	Options

	result Result // of the last time
}

// Judge returns what is found in the records now. changed are the paths of the
// files that have changed since it was asked last, none at first: only what they
// can affect is judged again.
func (s *Session) Judge(ctx context.Context, changed []string) (Result, error) {
	s.touch(changed)
	options := s.Options
	again := affected(changed)
	if len(again) > 0 {
		options.Only = again
	}
	result, err := Run(ctx, s.Tree(), s.Rules, options)
	if err != nil {
		return Result{}, err
	}
	if len(again) > 0 {
		result = s.result.renewed(result, again)
	}
	s.result = result
	return result, nil
}

// touch counts files among those that the change touches.
func (s *Session) touch(changed []string) {
	if s.Base == nil {
		return
	}
	base := *s.Base
	base.Paths = slices.Concat(base.Paths, changed)
	slices.Sort(base.Paths)
	base.Paths = slices.Compact(base.Paths)
	s.Base = &base
}

// affected returns the names of the folders whose findings may become others by
// changes of these files, or nil for all: of other folders than its own, rules
// see the partners alone.
func affected(changed []string) []string {
	var names []string
	for _, file := range changed {
		name, _ := layout.FolderOf(file)
		if path.Base(file) == layout.PartnerFile {
			return nil
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// renewed returns the result once the findings in the folders again, which are
// sorted, have become those of news.
func (r Result) renewed(news Result, again []string) Result {
	findings := slices.Clone(news.Findings)
	for _, f := range r.Findings {
		name, isRecord := layout.FolderOf(f.File)
		if _, renewed := slices.BinarySearch(again, name); isRecord && !renewed {
			findings = append(findings, f)
		}
	}
	finding.Sort(findings)
	waived := slices.Clone(news.Waived)
	for _, w := range r.Waived {
		if name, _ := layout.FolderOf(w.File); !slices.Contains(again, name) {
			waived = append(waived, w)
		}
	}
	finding.SortWaived(waived)
	r.Findings, r.Waived = findings, waived
	return r
}
