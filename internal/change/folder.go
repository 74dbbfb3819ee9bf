package change

import (
	"bytes"
	"fmt"

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
	listed, err := tree.List(name)
	if err != nil {
		return nil, err
	}
	all := make([]Item, len(listed.Records))
	for i, path := range listed.Records {
		text, err := tree.Read(path)
		if err != nil {
			return nil, err
		}
		all[i] = NewItem(path, text, kind)
	}
	return all, nil
}

// NewItem reads the record's file at path.
func NewItem(path string, text []byte, kind func(*record.Record) string) Item {
	rec, problems := record.Load(path, text)
	item := Item{Path: path, Record: rec, Text: text}
	if rec == nil {
		item.Problem = fmt.Sprintf("line %d: %s", problems[0].Span.Start.Line, problems[0].Message)
	} else {
		item.Kind = kind(rec)
	}
	return item
}

// Changed reports whether the change touches the record at all.
func (p Pair) Changed() bool {
	return p.Before == nil || p.After == nil || p.Moved() || !bytes.Equal(p.Before.Text, p.After.Text)
}
