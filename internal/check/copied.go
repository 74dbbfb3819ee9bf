package check

import (
	"context"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// Whether a licence was copied from another partner's is known only once all have
// been read. What is compared is kept while the folders are judged, and the few
// that are alike are judged once more, so that a run without any pays nothing.

// licenses returns what is compared of the licences of a folder.
func (c *contents) licenses() []policy.License {
	var licenses []policy.License
	for _, r := range c.records {
		if license, ok := policy.Licensed(r); ok {
			licenses = append(licenses, license)
		}
	}
	return licenses
}

// comparesLicenses reports whether all folders are judged, so that all licences
// are read.
func (r *run) comparesLicenses() bool { return r.Base == nil && len(r.Only) == 0 && r.partners != nil }

// copied adds what rules find in the licences that are like another partner's, and
// found nothing in before they were known.
func (r *run) copied(ctx context.Context, chosen []*repo.Folder, found []outcome) error {
	copied := policy.Copied(append(slices.Concat(r.licenses...), r.others...))
	if len(copied) == 0 {
		return nil
	}
	paths := make(map[string]bool, len(copied))
	for _, license := range copied {
		paths[license.Path] = true
	}
	judge := &judge{r, r.rules, r.rules.Policies.Judge(r.partners, copied...)}
	return parallel.Each(ctx, r.Jobs, len(chosen), func(i int) error {
		if !slices.ContainsFunc(chosen[i].Records, func(name string) bool { return paths[name] }) {
			return nil
		}
		again, err := judge.again(ctx, chosen[i], paths)
		found[i].add(again)
		return err
	})
}

// add adds the findings that are not known yet.
func (o *outcome) add(again []finding.Finding) {
	findings, waived := o.waivers.apply(again)
	for _, f := range findings {
		isSame := func(other finding.Finding) bool { return same(f, other) }
		if !slices.ContainsFunc(o.findings, isSame) {
			o.findings = append(o.findings, f)
		}
	}
	for _, w := range waived {
		isSame := func(other finding.Waived) bool { return same(w.Finding, other.Finding) }
		if !slices.ContainsFunc(o.waived, isSame) {
			o.waived = append(o.waived, w)
		}
	}
}

func same(a, b finding.Finding) bool {
	return a.Rule == b.Rule && a.File == b.File && a.Span == b.Span && a.Message == b.Message
}

// again judges those records of a folder that stand at the paths.
func (j *judge) again(ctx context.Context, f *repo.Folder, paths map[string]bool) ([]finding.Finding, error) {
	files, err := j.tree.Read(f)
	if err != nil {
		return nil, err
	}
	now, err := j.contents(files)
	if err != nil {
		return nil, err
	}
	seen, cases, err := j.inContext(f, now)
	if err != nil {
		return nil, err
	}
	cases = slices.DeleteFunc(cases, func(c policy.Case) bool { return !paths[c.Path()] })
	found, err := j.policies.Folder(seen).Judge(ctx, cases...)
	return ofRight(now.findings, found), err
}
