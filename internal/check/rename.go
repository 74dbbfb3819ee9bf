package check

import (
	"cmp"
	"path"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// findRenames learns which of the folders that the change touches had another
// name before it. What they held counts as what was before in the new folder, and
// not in the old one: nothing in it is deleted.
func (r *run) findRenames() (err error) {
	if r.Base != nil {
		r.renamed, err = change.Renames(r.Base.Tree, r.tree, r.touched, r.rules.Schemas.Read)
	}
	return err
}

// newName returns the name that a folder has now, or "" where it has no other.
func (r *run) newName(former string) string {
	for is, was := range r.renamed {
		if was == former {
			return is
		}
	}
	return ""
}

// formerName returns the name that a folder had before the change.
func (r *run) formerName(name string) string { return cmp.Or(r.renamed[name], name) }

// formerPath returns where a record of a folder was before the change, or "" where
// it was where it is now.
func (r *run) formerPath(folder string, pair change.Pair) string {
	was := moved(pair.Before.Path, folder, r.formerName(folder))
	if was == pair.After.Path {
		return ""
	}
	return was
}

// moved returns the path that a file in one folder has in another one.
func moved(file, from, to string) string {
	return path.Join(layout.Partners, to, strings.TrimPrefix(file, path.Join(layout.Partners, from)))
}

// inFolder returns files of one folder as if they were in another one.
func inFolder(files []repo.File, from, to string) []repo.File {
	if from == to {
		return files
	}
	there := make([]repo.File, len(files))
	for i, file := range files {
		file.Path = moved(file.Path, from, to)
		if file.Record != nil {
			rec := *file.Record
			rec.Path = file.Path
			file.Record = &rec
		}
		there[i] = file
	}
	return there
}
