package lookup

import (
	"context"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// A PartnerFolder is a partner as people can name it.
type PartnerFolder struct {
	Folder string
	Names  []string // its name and its other names, as far as its record can be read
}

// String returns the name of a partner, and its folder where that is another.
func (p PartnerFolder) String() string {
	switch {
	case len(p.Names) == 0:
		return p.Folder
	case strings.EqualFold(p.Names[0], p.Folder):
		return p.Names[0]
	}
	return p.Names[0] + " (" + p.Folder + ")"
}

// Partners returns all partners, by their folders.
func Partners(tree *repo.Tree) ([]PartnerFolder, error) {
	folders, err := tree.Folders()
	if err != nil {
		return nil, err
	}
	var all []PartnerFolder
	for _, folder := range folders {
		if layout.IsPartners(folder) {
			all = append(all, PartnerFolder{folder, namesIn(tree, folder)})
		}
	}
	return all, nil
}

// Partner returns the name of the folder of the partner that somebody named: by
// that folder, by the partner's name, or by one of its other names.
func Partner(tree *repo.Tree, name string) (string, error) {
	folders, err := tree.Folders()
	if err != nil {
		return "", err
	}
	if name != "" && slices.Contains(folders, name) {
		return name, nil
	}
	partners, err := Partners(tree)
	if err != nil {
		return "", err
	}
	return Among(partners, name)
}

// Among returns the name of the folder of the one of these partners that somebody
// named, as Partner does.
func Among(partners []PartnerFolder, name string) (string, error) {
	all := names{}
	for _, partner := range partners {
		all.add(partner.Folder, partner.Folder)
		all.add(partner.Folder, partner.Names...)
	}
	return all.find(name, "partner")
}

// namesIn returns the names that the partner in a folder has by its record, as
// far as that can be read.
func namesIn(tree *repo.Tree, folder string) []string {
	listed, err := tree.ListPartner(folder)
	if err != nil || len(listed.Records) == 0 {
		return nil
	}
	text, err := tree.Text(listed.PartnerPath())
	if err != nil {
		return nil
	}
	rec, _ := record.Load(listed.PartnerPath(), text)
	if rec == nil {
		return nil
	}
	var all []string
	if name := rec.Root.Field("name"); name != nil && name.IsScalar() {
		all = append(all, name.Text)
	}
	if aliases := rec.Root.Field("aliases"); aliases != nil {
		for _, alias := range aliases.Items {
			all = append(all, alias.Text)
		}
	}
	return all
}

// Path returns the path of what somebody named: the folder of a partner, by any
// of its names, or a record, by its id or by as much of the end of its path as it
// takes to know which. A partner goes by its folder's path as well, so that who has
// misspelt that is told which one may be meant.
func Path(ctx context.Context, tree *repo.Tree, name string) (string, error) {
	folder, err := Partner(tree, strings.TrimPrefix(name, layout.Partners+"/"))
	if err == nil {
		return path.Join(layout.Partners, folder), nil
	}
	files, listing := tree.Files(ctx, 1)
	if listing != nil {
		return "", listing
	}
	var found []string
	for _, file := range files {
		if layout.IsRecord(file) && endsIn(withoutExt(file), withoutExt(name)) {
			found = append(found, file)
		}
	}
	switch len(found) {
	case 0:
		return "", err
	case 1:
		return found[0], nil
	}
	return "", several(name, "record", found)
}

func withoutExt(name string) string { return strings.TrimSuffix(name, layout.RecordExt) }

// endsIn reports whether the last segments of a path are those of end, whatever
// their capitals.
func endsIn(file, end string) bool {
	segments, last := strings.Split(file, "/"), strings.Split(end, "/")
	if end == "" || len(last) > len(segments) {
		return false
	}
	return slices.EqualFunc(segments[len(segments)-len(last):], last, strings.EqualFold)
}
