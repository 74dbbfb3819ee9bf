package repo

import (
	"fmt"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// Paths are those of the files that a change touches, from the root of the tree.
type Paths []string

// Folders returns the names of the folders in partners/ that the files are in,
// sorted.
func (p Paths) Folders() []string {
	var names []string
	for _, path := range p {
		name, ok := layout.FolderOf(path)
		if !ok {
			continue
		}
		names = append(names, name)
		if name == "" { // it may be a folder that became a file or a submodule, or the other way round
			name, _ = layout.FolderOf(path + "/")
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// TouchRules reports whether schemas or policies are among the files, by which
// every record is judged.
func (p Paths) TouchRules() bool { return slices.ContainsFunc(p, layout.IsRule) }

// Mixed returns the finding that the change touches both records and what judges
// them, if so.
func (p Paths) Mixed() []finding.Finding {
	var records, judging []string
	for _, name := range p {
		if layout.IsRecord(name) {
			records = append(records, name)
		} else if layout.IsJudge(name) {
			judging = append(judging, name)
		}
	}
	if len(records) == 0 || len(judging) == 0 {
		return nil
	}
	slices.Sort(records)
	slices.Sort(judging)
	place := finding.Place{File: judging[0], Span: source.Start}
	return []finding.Finding{finding.New(mixedChangeRule, place,
		fmt.Sprintf("this change touches what judges the records (%s) and records (%s)", firstOf(judging), firstOf(records)))}
}

// firstOf names the first of paths, and says how many more there are.
func firstOf(paths []string) string {
	if len(paths) == 1 {
		return paths[0]
	}
	return fmt.Sprintf("%s and %d more", paths[0], len(paths)-1)
}
