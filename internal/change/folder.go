package change

import (
	"bytes"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// Folder returns the records of a folder of partners/, as they are in two
// trees, matched. It may be missing in either. kind says what kind of record
// one is, "" where it is none that is known.
func Folder(before, after *repo.Tree, name string, kind func(*record.Record) string) ([]Pair, error) {
	was, err := items(before, name, kind)
	if err != nil {
		return nil, err
	}
	is, err := items(after, name, kind)
	if err != nil {
		return nil, err
	}
	return Match(name, was, is), nil
}

func items(tree *repo.Tree, name string, kind func(*record.Record) string) ([]Item, error) {
	folder, err := tree.List(name)
	if err != nil {
		return nil, err
	}
	files, err := tree.Read(folder)
	if err != nil {
		return nil, err
	}
	all := make([]Item, len(files))
	for i := range files {
		all[i] = itemOf(files[i], kind)
	}
	return all, nil
}

// Changed reports whether the change touches the record at all.
func (p Pair) Changed() bool {
	return p.Before == nil || p.After == nil || p.Moved() || !bytes.Equal(p.Before.Text, p.After.Text)
}
