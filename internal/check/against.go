package check

import (
	"cmp"
	"context"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// A Verdict is what a second rulebook finds in the records of a run, sorted, or
// why it cannot judge them.
type Verdict struct {
	Findings []finding.Finding
	Err      error
}

// verdict judges a folder, if there are rules to do so. That they fail is not the
// run's own failure.
func (j *judge) verdict(ctx context.Context, f *repo.Folder, files []repo.File) (Verdict, policy.Asked) {
	if j == nil {
		return Verdict{}, nil
	}
	folder, err := j.folder(ctx, f, files)
	switch {
	case folder == nil:
		return Verdict{Err: err}, nil
	case err != nil:
		return Verdict{Err: err}, folder.asked
	}
	return Verdict{Findings: folder.Findings}, folder.asked
}

// join returns what was found in all folders.
func join(folders []Verdict) Verdict {
	var all Verdict
	for _, v := range folders {
		all.Findings = append(all.Findings, v.Findings...)
		all.Err = cmp.Or(all.Err, v.Err)
	}
	finding.Sort(all.Findings)
	return all
}
