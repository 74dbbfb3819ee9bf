package check

import (
	"bytes"
	"fmt"
	"path"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// tellRenames replaces what is found in a folder that is gone, since each of its
// records seems deleted, by one finding where the folder got another name. found
// is what was found in each of the chosen folders.
func (r *run) tellRenames(chosen []*repo.Folder, found [][]finding.Finding) error {
	for i, gone := range chosen {
		if r.Base == nil || len(gone.Records) > 0 || len(found[i]) == 0 {
			continue
		}
		was, err := r.Base.Tree.List(gone.Name)
		if err != nil {
			return err
		}
		j, at, err := r.successor(was, chosen)
		if err != nil {
			return err
		}
		if at != nil {
			found[i] = nil
			found[j] = append(slices.DeleteFunc(found[j], isFolderName), renamed(gone.Name, chosen[j].Name, at))
		}
	}
	return nil
}

// successor returns which of the chosen folders is another one under a new name,
// and a record in it: one that is new and has all its records.
func (r *run) successor(was *repo.Folder, chosen []*repo.Folder) (int, *record.Record, error) {
	before, err := r.Base.Tree.Read(was)
	if err != nil {
		return 0, nil, err
	}
	for j, now := range chosen {
		if len(now.Records) < len(was.Records) || now.Name == was.Name {
			continue
		}
		if old, err := r.Base.Tree.List(now.Name); err != nil || len(old.Records) > 0 {
			continue
		}
		after, err := r.tree.Read(now)
		if err != nil {
			return 0, nil, err
		}
		if at := moved(was, before, now, after); at != nil {
			return j, at, nil
		}
	}
	return 0, nil, nil
}

// moved returns the first readable record of a folder that has all the records
// which another one had, most of them unchanged.
func moved(was *repo.Folder, before []repo.File, now *repo.Folder, after []repo.File) *record.Record {
	var at *record.Record
	there := map[string]repo.File{}
	for _, file := range after {
		there[below(now, file)] = file
		if at == nil || path.Base(file.Path) == layout.PartnerFile {
			at = file.Record
		}
	}
	same := 0
	for _, file := range before {
		other, ok := there[below(was, file)]
		if !ok {
			return nil
		}
		if saysTheSame(file, other) {
			same++
		}
	}
	if 2*same <= len(before) {
		return nil
	}
	return at
}

// saysTheSame reports whether two records do, or, where one cannot be read, their
// texts.
func saysTheSame(a, b repo.File) bool {
	if a.Record != nil && b.Record != nil {
		return a.Record.Root.Equal(b.Record.Root)
	}
	return bytes.Equal(a.Text, b.Text)
}

// below returns a file's path from its folder.
func below(folder *repo.Folder, file repo.File) string {
	return file.Path[len(path.Join(layout.Partners, folder.Name)):]
}

func renamed(from, to string, at *record.Record) finding.Finding {
	message := fmt.Sprintf("the folder `%s` was renamed to `%s`; give it its name back", from, to)
	f := finding.New(record.PathRule, at.Locate([]string{"kind"}, false), message)
	f.Help = fmt.Sprintf("Rename the folder to `%s`: its records are known by that name.", from)
	return f
}

// isFolderName reports whether a finding is about the name of a record's folder.
func isFolderName(f finding.Finding) bool {
	return f.Rule == record.PathRule.ID && f.Help == schema.RenameFolder
}

// onceAFolder keeps of the findings about the name of one folder the first.
func onceAFolder(findings []finding.Finding) []finding.Finding {
	seen := map[string]bool{}
	return slices.DeleteFunc(findings, func(f finding.Finding) bool {
		again := isFolderName(f) && seen[f.Message]
		seen[f.Message] = true
		return again
	})
}
