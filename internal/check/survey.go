package check

import (
	"context"
	"sync"

	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// Rules compare a partner with all others, and a licence with those of all others. What
// they find is known for good once all folders have been read; yet a folder is judged
// when it is read, as if there were no others, and what its rules ask of these is noted.
// Once all are known, the few are judged again that asked for what is there.

// smallTree is up to how many folders reading all of them takes less time than
// could be noticed.
const smallTree = 1024

// seesAll reports whether all partners are read, whatever is judged.
func (r *run) seesAll() bool { return r.Base == nil && !(r.Local && len(r.names) > smallTree) }

// comparesLicenses reports whether all licences are read.
func (r *run) comparesLicenses() bool { return r.seesAll() && len(r.Only) == 0 }

// survey reads every folder, and judges the chosen ones.
func (r *run) survey(ctx context.Context) ([]place, error) {
	places := make([]place, len(r.names))
	chosen := 0
	for i, name := range r.names {
		if places[i].chosen = r.isChosen(name); places[i].chosen {
			chosen++
		}
	}
	early := r.newEarly(chosen)
	err := parallel.Each(ctx, r.Jobs, len(places), func(i int) error {
		p := &places[i]
		files, err := r.see(p, r.names[i])
		if err != nil || !p.chosen {
			return err
		}
		return early.take(ctx, seen{p, files})
	})
	if err != nil {
		return nil, err
	}
	if err := early.finish(ctx); err != nil {
		return nil, err
	}
	return places, r.settle(ctx, places)
}

// see reads a folder as far as it has to be known, and returns the records of one that
// is to be judged.
func (r *run) see(p *place, name string) ([]repo.File, error) {
	if r.recallByID(p, name) {
		return nil, nil
	}
	if !p.chosen && !r.Shard.IsPart() {
		return nil, r.seePartner(p, name)
	}
	listed, files, err := r.tree.LoadTexts(name)
	if err != nil {
		return nil, err
	}
	p.listed = listed
	r.grow(len(files))
	r.take(listed, files)
	switch {
	case r.recallByText(p, files):
		return nil, nil
	case !p.chosen:
		err := r.ready()
		if err == nil {
			r.look(p, files)
		}
		return nil, err
	}
	r.tree.ParseAll(files)
	p.partner = partnerAmong(listed, files)
	return files, nil
}

// seePartner reads of a folder the partner alone.
func (r *run) seePartner(p *place, name string) (err error) {
	if p.listed, err = r.tree.ListPartner(name); err == nil {
		p.partner, err = r.readPartner(p.listed)
	}
	return err
}

// settle judges anew where something else may be found now that all is known.
func (r *run) settle(ctx context.Context, places []place) error {
	r.partners = make(map[string]*policy.Partner, len(places))
	var licenses []policy.License
	for i := range places {
		if partner := places[i].partner; partner != nil {
			r.partners[r.names[i]] = partner
		}
		licenses = append(licenses, places[i].licenses...)
	}
	r.copied = policy.Copied(licenses)
	known := sync.OnceValue(func() judges { // takes long, and may not be needed
		return r.judges(func(s *policy.Set) *policy.Judge { return s.Judge(r.partners, r.copied...) })
	})
	return parallel.Each(ctx, r.Jobs, len(places), func(i int) error {
		p := &places[i]
		if !p.chosen || r.stands(p, known) {
			return p.failure()
		}
		return r.judgeNow(ctx, p, known())
	})
}

// stands reports whether what is known of a folder is so for good, be it that rules fail on
// it.
func (r *run) stands(p *place, known func() judges) bool {
	if p.clean != nil {
		return r.isStillClean(p.clean, known)
	}
	return p.judged && (len(p.asked) == 0 || !known().answers(p.asked))
}
