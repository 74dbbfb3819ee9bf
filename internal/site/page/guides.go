package page

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/guide"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/markdown"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

// guidePage returns where the page of a guide stands: it is named after the folder
// whose README it is, or after itself.
func guidePage(name string) string {
	folder, file := path.Split(name)
	if name := slug(folder); name != "" {
		return "manual/" + name + ".html"
	}
	return "manual/" + slug(strings.TrimSuffix(file, path.Ext(file))) + ".html"
}

// readGuides makes HTML of the guides, and finds out which pictures they show.
func (pr *printer) readGuides() error {
	pr.pictures = map[string]string{}
	for _, g := range pr.site.Manual.Guides {
		page := guidePage(g.Path)
		read, err := guide.Read(g.Path, g.Text, pr.targets(upToRoot(page)))
		if err != nil {
			return err
		}
		pr.guides = append(pr.guides, &guideBody{read, page, g.Path})
	}
	return nil
}

// targets returns where that is which a guide names, for a page from which root leads
// to the site's root.
func (pr *printer) targets(root string) guide.Targets {
	return guide.Targets{
		File: func(name, place string) string {
			if page := pr.placeOf(name, place); page != "" {
				return root + page
			}
			return pr.inGitLab(name, place)
		},
		Picture: func(name string) string {
			if page := pr.picture(name); page != "" {
				return root + page
			}
			return ""
		},
		Code: func(text string) string {
			if pr.rules[text] {
				return root + OfRule(text)
			}
			return ""
		},
	}
}

// at returns the address of a place on a page, or that of the page.
func at(page, place string) string {
	if place == "" {
		return page
	}
	return page + "#" + place
}

// placeOf returns where the manual shows a file of the repository, or a place in it,
// or "".
func (pr *printer) placeOf(name, place string) string {
	if slices.ContainsFunc(pr.site.Manual.Guides, func(g site.Guide) bool { return g.Path == name }) {
		return at(guidePage(name), place)
	}
	for _, r := range pr.site.Manual.Records {
		if r.Example != "" && name == path.Join(layout.Schemas, "examples", r.Kind+layout.RecordExt) {
			return at(recordGuidePage(r.Kind), "example")
		}
	}
	return ""
}

// inGitLab returns where GitLab shows a file or folder of the repository, or "".
func (pr *printer) inGitLab(name, place string) string {
	switch {
	case pr.site.Links.File == "":
		return ""
	case name == ".": // the repository itself
		return pr.site.Links.File
	}
	return at(pr.site.Links.File+markdown.PathURL(name), place)
}

// picture returns where a picture of the repository stands on the site, and notes that
// it has to be copied there. It returns "" where it is none that pages can show.
func (pr *printer) picture(name string) string {
	extension := path.Ext(name)
	if pr.site.Manual.Files == nil || !slices.Contains([]string{".png", ".jpg", ".jpeg", ".gif", ".webp"}, extension) {
		return ""
	}
	info, err := fs.Stat(pr.site.Manual.Files, name)
	if err != nil || !info.Mode().IsRegular() {
		return ""
	}
	pr.pictures[name] = "manual/" + fileName(strings.TrimSuffix(name, extension)) + extension
	return pr.pictures[name]
}

// writePictures copies the pictures that guides show.
func (pr *printer) writePictures() error {
	for _, name := range slices.Sorted(maps.Keys(pr.pictures)) {
		data, err := fs.ReadFile(pr.site.Manual.Files, name)
		if err != nil {
			return err
		}
		if err := pr.write(site.File{Name: pr.pictures[name], Data: data}); err != nil {
			return err
		}
	}
	return nil
}
