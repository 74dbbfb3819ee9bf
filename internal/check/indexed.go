package check

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// An Index is what has to be known of all folders in order to judge one of them, so
// that whoever judges one again and again need not read the others each time. It is
// not safe for use by several goroutines at once.
type Index struct {
	rules    *Rulebook
	partners map[string]policy.Partner
	licenses map[string][]policy.License // by folder

	judges judges // of this index; made when they are asked for
	judged int    // how often they have been used
}

// judges are what judges folders: first as if no licence were a copy, then those
// with licences that are.
type judges struct {
	first, again *policy.Judge
	copied       map[string]bool // the paths of the licences that are
}

// NewIndex reads what is to be known of all folders of a tree, so many at a time as
// jobs says.
func NewIndex(ctx context.Context, tree *repo.Tree, rules *Rulebook, jobs int) (*Index, error) {
	r := newRun(tree, Options{Jobs: jobs})
	r.rules = rules
	if err := r.list(ctx); err != nil {
		return nil, err
	}
	x := &Index{rules: rules, partners: r.partners, licenses: map[string][]policy.License{}}
	licenses := make([][]policy.License, len(r.folders))
	err := parallel.Each(ctx, jobs, len(r.folders), func(i int) (err error) {
		licenses[i], err = r.licensesOf(r.folders[i])
		return err
	})
	for i, found := range licenses {
		x.setLicenses(r.names[i], found)
	}
	return x, err
}

// licensesOf returns what is compared of the licences in a folder.
func (r *run) licensesOf(f *repo.Folder) ([]policy.License, error) {
	files, err := r.tree.Texts(f)
	if err != nil {
		return nil, err
	}
	return r.licensesIn(files), nil
}

func (x *Index) setLicenses(name string, licenses []policy.License) {
	delete(x.licenses, name)
	if len(licenses) > 0 {
		x.licenses[name] = licenses
	}
}

// Clone returns an index of its own that knows the same.
func (x *Index) Clone() *Index {
	return &Index{rules: x.rules, partners: maps.Clone(x.partners), licenses: maps.Clone(x.licenses)}
}

// Partners returns what is known of the partners, by the names of their folders. It
// must not be changed.
func (x *Index) Partners() map[string]policy.Partner { return x.partners }

// Renew reads a folder anew, and reports whether what is found in others may be
// another thing by that.
func (x *Index) Renew(tree *repo.Tree, name string) (changed bool, err error) {
	r := x.run(tree, "")
	f, err := tree.List(name)
	if err != nil {
		return false, err
	}
	licenses, err := r.licensesOf(f)
	if err != nil {
		return false, err
	}
	partner, known := x.partners[name]
	is := f.Partner && layout.IsPartners(name)
	if is {
		read, err := r.summarize(f)
		if err != nil {
			return false, err
		}
		changed = !known || !reflect.DeepEqual(partner, *read)
		x.partners[name] = *read
	} else {
		changed = known
		delete(x.partners, name)
	}
	if !slices.Equal(licenses, x.licenses[name]) {
		changed = true
		x.setLicenses(name, licenses)
	}
	if changed {
		x.judges = judges{}
	}
	return changed, nil
}

// Judge returns what a run over the whole tree finds in one folder of it on a day,
// which the index knows as it is.
func (x *Index) Judge(ctx context.Context, tree *repo.Tree, name, asOf string) ([]finding.Finding, error) {
	r := x.run(tree, asOf)
	f, err := tree.List(name)
	if err != nil {
		return nil, err
	}
	files, err := tree.Read(f)
	if err != nil {
		return nil, err
	}
	judges := x.ready()
	folder, err := (&judge{r, x.rules, judges.first}).folder(ctx, f, files)
	if err != nil {
		return nil, err
	}
	found := outcome{folder.Findings, folder.Waived, folder.waivers}
	if slices.ContainsFunc(f.Records, func(name string) bool { return judges.copied[name] }) {
		again, err := (&judge{r, x.rules, judges.again}).again(ctx, f, judges.copied)
		if err != nil {
			return nil, err
		}
		found.add(again)
	}
	finding.Sort(found.findings)
	return found.findings, nil
}

// run returns a run that knows what the index does.
func (x *Index) run(tree *repo.Tree, asOf string) *run {
	r := newRun(tree, Options{Jobs: 1, AsOf: asOf})
	r.rules, r.partners = x.rules, x.partners
	return r
}

// maxJudged is how often the same judges are used: they remember what rules have
// reckoned, of texts that are long gone, too.
const maxJudged = 500

func (x *Index) ready() judges {
	if x.judged++; x.judges.first != nil && x.judged%maxJudged != 0 {
		return x.judges
	}
	x.judges = judges{first: x.rules.Policies.Judge(x.partners), copied: map[string]bool{}}
	copied := x.copied()
	for _, license := range copied {
		x.judges.copied[license.Path] = true
	}
	if len(copied) > 0 {
		x.judges.again = x.rules.Policies.Judge(x.partners, copied...)
	}
	return x.judges
}

// copied returns the licences of which another partner has one like it.
func (x *Index) copied() []policy.License {
	return policy.Copied(slices.Concat(slices.Collect(maps.Values(x.licenses))...))
}
