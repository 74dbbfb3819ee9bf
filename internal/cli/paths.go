package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/internal/state"
)

// errOutside says that a path leads out of the repository.
var errOutside = errors.New("is outside of")

// below returns the path from the repository's folder of what somebody names,
// with slashes. Nothing need be there.
func below(r *state.Repository, name string) (string, error) {
	full := name
	if !filepath.IsAbs(name) {
		full = filepath.Join(r.Base, name)
	}
	path, err := filepath.Rel(r.Dir, full)
	if err != nil || !filepath.IsLocal(path) {
		return "", fmt.Errorf("%s %w %s", source.Visible(name), errOutside, r.Dir)
	}
	return filepath.ToSlash(path), nil
}

// relative returns the path from the workspace's folder of a file that is there,
// or was in the state before, which may be nil.
func (w *workspace) relative(name string, before *state.State) (string, error) {
	path, outside := below(w.Repository, name)
	full := name
	if !filepath.IsAbs(name) {
		full = filepath.Join(w.Base, name)
	}
	if _, err := os.Lstat(full); outside != nil && err == nil {
		return "", outside
	}
	if outside != nil || !w.state.Has(path) && (before == nil || !before.Has(path)) {
		return "", fmt.Errorf("%s: there is no such file in %s", source.Visible(name), w.where())
	}
	return path, nil
}

// where says in a message where a path that somebody named was looked for.
func (w *workspace) where() string {
	if w.state.Commit != "" {
		return w.state.Name
	}
	return w.Base
}

// folders returns the names of the partners' folders that hold the files at
// paths, or nil for all. They may be there in before alone, which may be nil.
func (w *workspace) folders(paths []string, before *state.State) ([]string, error) {
	var names []string
	for _, path := range paths {
		name, err := w.relative(path, before)
		if err != nil {
			return nil, err
		}
		segments := strings.Split(name, "/")
		switch {
		case segments[0] != layout.Partners:
			return nil, fmt.Errorf("%s is not in %s/: only records are judged", source.Visible(path), layout.Partners)
		case len(segments) == 1:
			return nil, nil
		case len(segments) == 2 && !w.state.IsFolder(name):
			names = append(names, "")
		default:
			names = append(names, segments[1])
		}
	}
	return names, nil
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
