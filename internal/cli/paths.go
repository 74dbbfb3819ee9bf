package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/lookup"
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
// or was before the change.
func (w *workspace) relative(name string) (string, error) {
	path, outside := below(w.Repository, name)
	full := name
	if !filepath.IsAbs(name) {
		full = filepath.Join(w.Base, name)
	}
	if _, err := os.Lstat(full); outside != nil && err == nil {
		return "", outside
	}
	if before := w.before(); outside != nil || !w.state.Has(path) && (before == nil || !before.Has(path)) {
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

// named returns the path of what somebody named: a file or a folder by its path,
// or, where there is none in partners/, a partner or a record by a name that it
// goes by. It may have been there before the change alone.
func (w *workspace) named(ctx context.Context, what string) (string, error) {
	name, err := w.relative(what)
	if err == nil && (name == layout.Partners || strings.HasPrefix(name, layout.Partners+"/")) {
		return name, nil
	}
	found, unknown := lookup.Path(ctx, w.state.Tree(), what)
	switch {
	case unknown == nil:
		return found, nil
	case errors.Is(unknown, lookup.ErrSeveral):
		return "", unknown
	case err != nil && !strings.Contains(what, "/"):
		err = fmt.Errorf("%w; name a record's file, or the folder of a partner", err)
	}
	if err != nil {
		return "", fmt.Errorf("%w%s", err, lookup.Hint(unknown))
	}
	return name, nil
}

// folders returns the names of the partners' folders that hold what somebody
// named, or nil for all. It may have been there before the change alone.
func (w *workspace) folders(ctx context.Context, paths []string) ([]string, error) {
	var names []string
	for _, path := range paths {
		name, err := w.named(ctx, path)
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
