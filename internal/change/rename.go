package change

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// Renames tells which of the folders of these names are partners' that got
// another name: it leads from each new name to the old one.
func Renames(before, after *repo.Tree, names []string, read Reader) (map[string]string, error) {
	gone, added, err := comings(before, after, names)
	if err != nil || len(gone) == 0 || len(added) == 0 || len(gone)*len(added) > maxCompared {
		return nil, err
	}
	was, err := contentsOf(before, gone, read)
	if err != nil {
		return nil, err
	}
	is, err := contentsOf(after, added, read)
	if err != nil {
		return nil, err
	}
	return MatchFolders(was, is), nil
}

// maxCompared is how many pairs of folders are compared: of more that come and go
// at once, none is taken for another one.
const maxCompared = 1 << 16

// comings returns the names of the folders that hold records in one of two trees
// alone.
func comings(before, after *repo.Tree, names []string) (gone, added []string, err error) {
	for _, name := range names {
		was, err := before.List(name)
		if err != nil {
			return nil, nil, err
		}
		is, err := after.List(name)
		if err != nil {
			return nil, nil, err
		}
		switch {
		case len(is.Records) == 0 && len(was.Records) > 0:
			gone = append(gone, name)
		case len(was.Records) == 0 && len(is.Records) > 0:
			added = append(added, name)
		}
	}
	return gone, added, nil
}

// Contents are the records of a folder on one side of a change.
type Contents struct {
	Folder string
	Items  []Item
}

func contentsOf(tree *repo.Tree, names []string, read Reader) ([]Contents, error) {
	all := make([]Contents, len(names))
	for i, name := range names {
		var err error
		if all[i].Items, err = items(tree, name, read); err != nil {
			return nil, err
		}
		all[i].Folder = name
	}
	return all, nil
}

// MatchFolders tells which partner's folder that is gone is which new one, by the
// new name: one that has each of its records at the same place, most of them
// unchanged unless the partner is known as it was. The likest come first, and none
// is two.
func MatchFolders(gone, added []Contents) map[string]string {
	if len(gone)*len(added) > maxCompared {
		return nil
	}
	matches := successions(partnersOf(gone), partnersOf(added))
	renamed, taken := map[string]string{}, map[string]bool{}
	for _, m := range matches {
		if renamed[m.is.name] == "" && !taken[m.was.name] {
			renamed[m.is.name], taken[m.was.name] = m.was.name, true
		}
	}
	return renamed
}

// A succession is a folder that could be another one under a new name.
type succession struct {
	was, is *partner
	share   float64 // how much of the two is the same, and 1 more where the partner is known as it was
}

// successions returns those there are, the likest first.
func successions(gone, added []*partner) []succession {
	var all []succession
	for _, is := range added {
		for _, was := range gone {
			if s, ok := is.succeeds(was); ok {
				all = append(all, s)
			}
		}
	}
	slices.SortFunc(all, func(a, b succession) int {
		return cmp.Or(cmp.Compare(b.share, a.share), strings.Compare(a.is.name, b.is.name), strings.Compare(a.was.name, b.was.name))
	})
	return all
}

// A partner is what a partner's folder holds.
type partner struct {
	name    string // of the folder
	record  *Item  // the partner's own
	others  []*Item
	byPlace map[string]*Item // all of them, by their place in the folder
}

// partnersOf returns the folders that are partners'.
func partnersOf(folders []Contents) []*partner {
	var all []*partner
	for i := range folders {
		p := &partner{name: folders[i].Folder, byPlace: map[string]*Item{}}
		for j := range folders[i].Items {
			item := &folders[i].Items[j]
			at := place(item.Path)
			if p.byPlace[at] = item; at == layout.PartnerFile {
				p.record = item
			} else {
				p.others = append(p.others, item)
			}
		}
		if p.record != nil && layout.IsPartners(p.name) {
			all = append(all, p)
		}
	}
	return all
}

// place returns the path of a record from its folder.
func place(name string) string {
	folder, _ := layout.FolderOf(name)
	return strings.TrimPrefix(strings.TrimPrefix(name, path.Join(layout.Partners, folder)), "/")
}

// succeeds reports whether a folder can be another one under a new name.
func (p *partner) succeeds(was *partner) (s succession, ok bool) {
	same := 0
	for _, item := range was.others {
		other := p.byPlace[place(item.Path)]
		if other == nil {
			return s, false
		}
		if saysTheSame(item, other) {
			same++
		}
	}
	known := p.isKnownAs(was)
	if !known && 2*same <= len(was.others) {
		return s, false
	}
	alike := partsOf([]*Item{was.record}, []*Item{p.record}).share(was.record, p.record)
	s = succession{was, p, 2 * (float64(same) + alike) / float64(len(was.byPlace)+len(p.byPlace))}
	if known {
		s.share++
	}
	return s, true
}

// saysTheSame reports whether two records do, or, where one cannot be read, their
// texts.
func saysTheSame(a, b *Item) bool {
	if a.Record != nil && b.Record != nil {
		return a.Record.Root.Equal(b.Record.Root)
	}
	return bytes.Equal(a.Text, b.Text)
}

// isKnownAs reports whether a partner goes by the name of another one, or has its
// website. Of two partners of whom no more is recorded, little else differs.
func (p *partner) isKnownAs(other *partner) bool {
	if p.record.Record == nil || other.record.Record == nil {
		return saysTheSame(p.record, other.record)
	}
	is, was := p.record.Record.Root, other.record.Record.Root
	names := []*record.Node{is.Field("name")}
	if aliases := is.Field("aliases"); aliases != nil {
		names = append(names, aliases.Items...)
	}
	isName := func(n *record.Node) bool { return isSameText(n, was.Field("name")) }
	return slices.ContainsFunc(names, isName) || isSameText(is.Field("website"), was.Field("website"))
}

func isSameText(a, b *record.Node) bool {
	return a != nil && a.Kind == record.String && a.Text != "" && a.Equal(b)
}
