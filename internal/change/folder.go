package change

import (
	"bytes"

	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// Folder returns the records of a folder of partners/, as they are in two
// trees, matched. It may be missing in either, and may have had another name before.
func Folder(before, after *repo.Tree, former, name string, read Reader) ([]Pair, error) {
	was, err := items(before, former, read)
	if err != nil {
		return nil, err
	}
	is, err := items(after, name, read)
	if err != nil {
		return nil, err
	}
	return Match(name, was, is), nil
}

func items(tree *repo.Tree, name string, read Reader) ([]Item, error) {
	_, files, err := tree.Load(name)
	if err != nil {
		return nil, err
	}
	all := make([]Item, len(files))
	for i := range files {
		all[i] = itemOf(files[i], read)
	}
	return all, nil
}

// Changed reports whether the change touches the record at all.
func (p Pair) Changed() bool {
	return p.Before == nil || p.After == nil || p.Moved() || !p.sameText()
}

// OnlyMovedAlong reports whether the record is as it was, but that its folder has
// another name.
func (p Pair) OnlyMovedAlong() bool { return p.MovedAlong() && p.sameText() }

func (p Pair) sameText() bool { return bytes.Equal(p.Before.Text, p.After.Text) }
