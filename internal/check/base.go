package check

import (
	"context"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// A Base is what a change started from.
type Base struct {
	Tree  *repo.Tree // before the change
	Paths repo.Paths // of the files that the change touches
	Rules bool       // whether the change is judged by other rules than what was before it
}

// findings returns what is wrong with the change as a whole.
func (b *Base) findings() []finding.Finding {
	if b == nil {
		return nil
	}
	return b.Paths.Mixed()
}

// judgeAffected judges those of the chosen folders that the change can affect. It reads
// others only as far as rules have to know of them.
func (r *run) judgeAffected(ctx context.Context) ([]place, error) {
	names, err := r.affected(ctx)
	if err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(names, func(name string) bool { return !r.isChosen(name) })
	places := make([]place, len(names))
	by := r.judges(func(s *policy.Set) *policy.Judge { return s.Judge(r.partners) })
	progress := r.progressOf(len(places))
	err = parallel.Each(ctx, r.Jobs, len(places), func(i int) (err error) {
		defer progress()
		p := &places[i]
		p.chosen = true
		if p.listed, err = r.folder(names[i]); err != nil {
			return err
		}
		r.grow(len(p.listed.Records))
		return r.judgeNow(ctx, p, by)
	})
	if err != nil {
		return nil, err
	}
	return places, r.digestRest(ctx, names)
}

// judgeNow reads a folder that was listed, and has it judged for good.
func (r *run) judgeNow(ctx context.Context, p *place, by judges) error {
	files, err := r.tree.Read(p.listed)
	if err != nil {
		return err
	}
	r.take(p.listed, files)
	if err := r.judgeFolder(ctx, by, p, files); err != nil {
		return err
	}
	return p.failure()
}

// affected returns the names of the folders that the change can affect, sorted:
// those that it touches; the alliance program's figures, which tell by partner,
// where a partner comes, goes or becomes of another type; partners that became
// part of one that goes; and all of them where the rules change, or nothing is known
// of the change. It indexes all partners if a changed record is judged by
// them; what rules find in one that has not changed is not the change's doing.
func (r *run) affected(ctx context.Context) ([]string, error) {
	if r.Base == nil {
		return slices.Clone(r.names), nil
	}
	if err := r.findRenames(); err != nil {
		return nil, err
	}
	names := slices.Clone(r.touched)
	program, indexed := false, r.Base.Rules
	for _, name := range r.touched {
		was, is, err := r.partnerTypes(name)
		if err != nil {
			return nil, err
		}
		program = program || was != is
		if !indexed {
			if indexed, err = r.needsPartners(name); err != nil {
				return nil, err
			}
		}
	}
	if program {
		names = append(names, layout.Program)
	}
	if r.Base.Rules {
		names = append(names, r.names...)
	}
	if indexed {
		if err := r.index(ctx); err != nil {
			return nil, err
		}
	}
	names = append(names, r.mergedIntoGone()...)
	slices.Sort(names)
	return slices.Compact(names), nil
}

// mergedIntoGone returns the names of the partners that became part of one that the
// change takes away.
func (r *run) mergedIntoGone() (names []string) {
	for name, partner := range r.partners {
		target := partner.MergedInto
		_, touched := slices.BinarySearch(r.touched, target)
		if _, there := r.partners[target]; touched && !there {
			names = append(names, name)
		}
	}
	return names
}

// partnerTypes returns the type of a folder's partner before and after the
// change, "" where it is not known, and "-" where there is no partner.
func (r *run) partnerTypes(name string) (before, after string, err error) {
	if !layout.IsPartners(name) {
		return "", "", nil
	}
	if before, err = partnerType(r.Base.Tree, name); err != nil {
		return "", "", err
	}
	after, err = partnerType(r.tree, name)
	return before, after, err
}

func partnerType(tree *repo.Tree, name string) (string, error) {
	f, err := tree.ListPartner(name)
	if err != nil || !f.Partner {
		return "-", err
	}
	file, err := tree.ReadPartner(f)
	if err != nil || file == nil || file.Record == nil {
		return "", err
	}
	return summary(file.Record).Type, nil
}

// needsPartners reports whether the change touches a record in a folder that is
// judged by what is known of all partners.
func (r *run) needsPartners(name string) (bool, error) {
	pairs, err := change.Folder(r.Base.Tree, r.tree, name, name, r.rules.Schemas.Read)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(pairs, func(pair change.Pair) bool {
		return pair.Changed() && (r.comparesPartners(pair.Before) || r.comparesPartners(pair.After))
	}), nil
}

// comparesPartners reports whether a record is of a kind whose rules compare it
// with all partners.
func (r *run) comparesPartners(item *change.Item) bool {
	return item != nil && item.Record != nil && r.rules.Policies.ReadsPartners(item.Kind)
}

// folder returns what a folder holds: nothing, where the change deletes it.
func (r *run) folder(name string) (*repo.Folder, error) {
	if _, found := slices.BinarySearch(r.names, name); !found {
		return &repo.Folder{Name: name}, nil
	}
	return r.tree.List(name)
}

// nothingAtAll returns the error that there is no record to judge in the whole
// tree, if so.
func (r *run) nothingAtAll() error {
	for _, name := range r.names {
		f, err := r.folder(name)
		if err != nil {
			return err
		}
		if len(f.Records) > 0 {
			return nil
		}
	}
	return noRecords(nil)
}
