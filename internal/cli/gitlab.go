package cli

import (
	"cmp"
	"path/filepath"

	"gitlab.com/gitlab-com/alliances/internal/markdown"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

// linkBase returns the address of the records' folder in GitLab at a commit, or
// "" outside of a pipeline.
func (p *Program) linkBase(dir, commit string) string {
	return p.addressOf(dir, p.Env("CI_PROJECT_URL"), "blob", commit)
}

// editBase returns the address of GitLab's editor on the records' folder, where a
// change of them belongs.
func (p *Program) editBase(dir string) string {
	project, branch := p.writable()
	return p.addressOf(dir, project, "edit", branch)
}

// siteLinks returns where in GitLab the records of a site are.
func (p *Program) siteLinks(dir, commit string) site.Links {
	project, branch := p.writable()
	return site.Links{
		File:    p.linkBase(dir, commit),
		History: p.addressOf(dir, project, "commits", branch),
		Edit:    p.addressOf(dir, project, "edit", branch),
		New:     p.addressOf(dir, project, "new", branch),
	}
}

// writable returns the project and the branch in which records are written: those of
// the merge request, or else the default branch.
func (p *Program) writable() (project, branch string) {
	if branch := p.Env("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"); branch != "" {
		return cmp.Or(p.Env("CI_MERGE_REQUEST_SOURCE_PROJECT_URL"), p.Env("CI_PROJECT_URL")), branch
	}
	return p.Env("CI_PROJECT_URL"), p.Env("CI_DEFAULT_BRANCH")
}

// addressOf returns the address of a page of GitLab's on the records' folder at a
// revision, or "".
func (p *Program) addressOf(dir, project, page, revision string) string {
	if project == "" || revision == "" {
		return ""
	}
	base := project + "/-/" + page + "/" + markdown.PathURL(revision) + "/"
	below, err := filepath.Rel(p.Env("CI_PROJECT_DIR"), dir)
	if err != nil || !filepath.IsLocal(below) || below == "." {
		return base
	}
	return base + markdown.PathURL(filepath.ToSlash(below)) + "/"
}
