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
// or was in the state before, which may be nil.
func (w *workspace) relative(name string, before *state.State) (string, error) {
	full := name
	if !filepath.IsAbs(name) {
		full = filepath.Join(w.Base, name)
	}
	path, outside := below(w.Repository, name)
	if _, err := os.Lstat(full); err != nil && (outside != nil || before == nil || !before.Has(path)) {
		return "", fmt.Errorf("%s: there is no such file in %s", source.Visible(name), w.Base)
	}
	return path, outside
}

// named returns the path of what somebody named: a file or a folder by its path,
// or, where there is none in partners/, a partner or a record by a name that it
// goes by. It may be there in before alone, which may be nil.
func (w *workspace) named(ctx context.Context, what string, before *state.State) (string, error) {
	name, err := w.relative(what, before)
	if err == nil && (name == layout.Partners || strings.HasPrefix(name, layout.Partners+"/")) {
		return name, nil
	}
	found, unknown := lookup.Path(ctx, w.state.Tree(), what)
	switch {
	case unknown == nil:
		return found, nil
	case errors.Is(unknown, lookup.ErrSeveral):
		return "", unknown
	case err != nil:
		return "", fmt.Errorf("%w; name a record's file, or the folder of a partner%s", err, lookup.Hint(unknown))
	}
	return name, nil
}

// folders returns the names of the partners' folders that hold what somebody
// named, or nil for all. It may be there in before alone, which may be nil.
func (w *workspace) folders(ctx context.Context, paths []string, before *state.State) ([]string, error) {
	var names []string
	for _, path := range paths {
		name, err := w.named(ctx, path, before)
		if err != nil {
			return nil, err
		}
		segments := strings.Split(name, "/")
		switch {
		case segments[0] != layout.Partners:
			return nil, fmt.Errorf("%s is not in %s/: only records are judged", source.Visible(path), layout.Partners)
		case len(segments) == 1:
			return nil, nil
		case len(segments) == 2 && !isFolder(filepath.Join(w.Dir, name)):
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
