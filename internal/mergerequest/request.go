package mergerequest

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A Request is what GitLab is asked for. What is "" is left to it.
type Request struct {
	Target             string
	Title, Description string
	Labels             []string
	Draft              bool
}

// Options returns git's push options by which GitLab opens the merge request
// (GitLab's documentation, "Push options"). None may hold a line break: in a
// description, GitLab reads \n as one.
func (r *Request) Options() []string {
	options := []string{"merge_request.create", "merge_request.target=" + r.Target}
	if r.Title != "" {
		options = append(options, "merge_request.title="+source.Inline(r.Title))
	}
	if r.Description != "" {
		options = append(options, "merge_request.description="+strings.ReplaceAll(r.Description, "\n", `\n`))
	}
	for _, label := range r.Labels {
		options = append(options, "merge_request.label="+label)
	}
	if r.Draft {
		options = append(options, "merge_request.draft")
	}
	return options
}

// templates is where GitLab has a repository's templates of merge requests.
const templates = ".gitlab/merge_request_templates"

// Template returns the template whose name begins with one of these, whatever the
// case of letters, or else the default one, or "" where there is neither.
func Template(files fs.FS, names []string) (string, error) {
	entries, err := fs.ReadDir(files, templates)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	for _, name := range append(slices.Clone(names), "default") {
		for _, entry := range entries {
			if entry.Type().IsRegular() && path.Ext(entry.Name()) == ".md" && isCalled(entry.Name(), name) {
				text, err := fs.ReadFile(files, path.Join(templates, entry.Name()))
				return strings.ReplaceAll(strings.TrimSpace(string(text)), "\r\n", "\n"), err
			}
		}
	}
	return "", nil
}

// isCalled reports whether a file's name begins with a word.
func isCalled(file, word string) bool {
	rest, ok := strings.CutPrefix(strings.ToLower(file), strings.ToLower(word))
	return ok && rest != "" && strings.Contains(" -_.", rest[:1])
}
