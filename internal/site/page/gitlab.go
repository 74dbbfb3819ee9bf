package page

import (
	"net/url"
	"path"

	"gitlab.com/gitlab-com/alliances/internal/markdown"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

// A gitlabLink leads to a page in GitLab.
type gitlabLink struct{ URL, Text string }

// origin returns where in GitLab a record's file is shown, and can be changed.
func (pr *printer) origin(file string) (links []gitlabLink) {
	at := pr.site.Links
	for _, to := range []gitlabLink{{at.File, "File"}, {at.History, "History"}, {at.Edit, "Edit"}} {
		if to.URL != "" {
			links = append(links, gitlabLink{to.URL + markdown.PathURL(file), to.Text})
		}
	}
	return links
}

// start returns where in GitLab a record that a partner can get is written. GitLab
// takes the file's name; a text it has not put into the editor since 16.11
// (https://gitlab.com/gitlab-org/gitlab/-/issues/532221).
func (pr *printer) start(s site.Start) gitlabLink {
	folder, name := path.Split(s.Path)
	return gitlabLink{pr.site.Links.New + markdown.PathURL(path.Clean(folder)) + "?file_name=" + url.QueryEscape(name), s.What}
}
