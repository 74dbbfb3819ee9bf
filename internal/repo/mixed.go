package repo

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// Judges returns what judges the records: files, and folders with all they hold.
func Judges() []string {
	return []string{".gitlab-ci.yml", "cmd", "go.mod", "go.sum", "internal", "policies", "schemas"}
}

// MixedChange returns the finding that a change of the files at paths touches
// both records and what judges them, if so.
func MixedChange(paths []string) []finding.Finding {
	var records, judging []string
	for _, name := range paths {
		if IsRecord(name) {
			records = append(records, name)
		} else if isJudge(name) {
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
		fmt.Sprintf("this change touches what judges the records (%s) and records (%s)", some(judging), some(records)))}
}

// IsRecord reports whether the file at path is a record, by its place and its
// name.
func IsRecord(name string) bool {
	_, ok := FolderOf(name)
	return ok && path.Ext(name) == recordExt && !strings.HasPrefix(path.Base(name), ".")
}

func isJudge(name string) bool {
	return slices.ContainsFunc(Judges(), func(judge string) bool {
		return name == judge || strings.HasPrefix(name, judge+"/")
	})
}

// some names the first of paths, and says how many more there are.
func some(paths []string) string {
	if len(paths) == 1 {
		return paths[0]
	}
	return fmt.Sprintf("%s and %d more", paths[0], len(paths)-1)
}
