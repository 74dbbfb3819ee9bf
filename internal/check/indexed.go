package check

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// An Index is what has to be known of all folders in order to judge one of them, so
// that whoever judges one again and again need not read the others each time. It is
// not safe for use by several goroutines at once.
type Index struct {
	rules    *Rulebook
	partners map[string]*policy.Partner
	licenses map[string][]policy.License // by folder

	judge  *policy.Judge // by what is known; made when it is asked for
	judged int           // how often it has been used
}

// NewIndex reads what is to be known of all folders of a tree, so many at a time as
// jobs says.
func NewIndex(ctx context.Context, tree *repo.Tree, rules *Rulebook, jobs int) (*Index, error) {
	r := newRun(tree, Options{Jobs: jobs})
	r.rules = rules
	var err error
	if r.names, err = tree.Folders(); err != nil {
		return nil, err
	}
	x := &Index{rules: rules, partners: map[string]*policy.Partner{}, licenses: map[string][]policy.License{}}
	places := make([]place, len(r.names))
	err = parallel.Each(ctx, jobs, len(places), func(i int) error { return r.lookInto(&places[i], r.names[i]) })
	for i := range places {
		x.set(r.names[i], &places[i])
	}
	return x, err
}

// lookInto reads what others have to know of a folder.
func (r *run) lookInto(p *place, name string) (err error) {
	var files []repo.File
	if p.listed, files, err = r.tree.LoadTexts(name); err == nil {
		r.look(p, files)
	}
	return err
}

// set takes up what is known of a folder.
func (x *Index) set(name string, p *place) {
	delete(x.partners, name)
	delete(x.licenses, name)
	if p.partner != nil {
		x.partners[name] = p.partner
	}
	if len(p.licenses) > 0 {
		x.licenses[name] = p.licenses
	}
}

// Clone returns an index of its own that knows the same.
func (x *Index) Clone() *Index {
	return &Index{rules: x.rules, partners: maps.Clone(x.partners), licenses: maps.Clone(x.licenses)}
}

// Partners returns what is known of the partners, by the names of their folders. It
// must not be changed.
func (x *Index) Partners() map[string]*policy.Partner { return x.partners }

// Renew reads a folder anew, and reports whether what is found in others may be
// another thing by that.
func (x *Index) Renew(tree *repo.Tree, name string) (changed bool, err error) {
	var p place
	if err := x.run(tree, "").lookInto(&p, name); err != nil {
		return false, err
	}
	partner, known := x.partners[name]
	changed = known != (p.partner != nil) || known && !reflect.DeepEqual(partner, p.partner) ||
		!slices.Equal(p.licenses, x.licenses[name])
	if changed {
		x.set(name, &p)
		x.judge = nil
	}
	return changed, nil
}

// Judge returns what a run over the whole tree finds in one folder of it on a day,
// which the index knows as it is.
func (x *Index) Judge(ctx context.Context, tree *repo.Tree, name, asOf string) ([]finding.Finding, error) {
	r := x.run(tree, asOf)
	f, files, err := tree.Load(name)
	if err != nil {
		return nil, err
	}
	folder, err := (&judge{r, x.rules, x.ready()}).folder(ctx, f, files)
	if err != nil {
		return nil, err
	}
	finding.Sort(folder.Findings)
	return folder.Findings, nil
}

// run returns a run that knows what the index does.
func (x *Index) run(tree *repo.Tree, asOf string) *run {
	r := newRun(tree, Options{Jobs: 1, AsOf: asOf})
	r.rules, r.partners = x.rules, x.partners
	return r
}

// maxJudged is how often the same judge is used: it remembers what rules have
// reckoned, of texts that are long gone, too.
const maxJudged = 500

func (x *Index) ready() *policy.Judge {
	if x.judged++; x.judge == nil || x.judged%maxJudged == 0 {
		x.judge = x.rules.Policies.Judge(x.partners, x.copied()...)
	}
	return x.judge
}

// copied returns the licences of which another partner has one like it.
func (x *Index) copied() []policy.License {
	return policy.Copied(slices.Concat(slices.Collect(maps.Values(x.licenses))...))
}
