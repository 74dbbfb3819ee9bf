package check

import (
	"context"
	"runtime"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// Waivers returns the waivers of a rule that can be read, in use or not, sorted by
// their paths.
func Waivers(ctx context.Context, tree *repo.Tree, rules *Rulebook, rule string) ([]finding.Waiver, error) {
	names, err := tree.Folders()
	if err != nil {
		return nil, err
	}
	found := make([][]finding.Waiver, len(names))
	err = parallel.Each(ctx, runtime.GOMAXPROCS(0), len(names), func(i int) (err error) {
		found[i], err = waiversIn(tree, rules, names[i], rule)
		return err
	})
	all := slices.Concat(found...)
	slices.SortFunc(all, func(a, b finding.Waiver) int { return strings.Compare(a.File, b.File) })
	return all, err
}

// waiversIn returns the waivers of a rule in one folder.
func waiversIn(tree *repo.Tree, rules *Rulebook, folder, rule string) (all []finding.Waiver, err error) {
	f, err := tree.List(folder)
	if err != nil {
		return nil, err
	}
	for _, name := range f.Records {
		if rules.Schemas.KindAt(name) != layout.WaiverKind {
			continue
		}
		text, err := tree.Text(name)
		if err != nil {
			return nil, err
		}
		file := repo.NewFile(name, text)
		if file.Record == nil || rules.Schemas.Kind(file.Record) != layout.WaiverKind {
			continue
		}
		if w := readWaiver(folder, file.Record, ""); w.rule == rule {
			all = append(all, w.Waiver)
		}
	}
	return all, nil
}
