package mergerequest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// Written returns the paths of the files in partners/ that differ from the last
// commit, new and deleted ones among them: all of them, or those at or below the
// paths. The error names what is in the way: records that git ignores, files in
// conflict, and what is staged besides.
func (s *Stand) Written(ctx context.Context, only []string) ([]string, error) {
	if err := s.onlyStaged(ctx, only); err != nil {
		return nil, err
	}
	out, _, err := s.do(ctx, order{args: []string{"--literal-pathspecs", "status", "--porcelain", "-z",
		"--untracked-files=all", "--no-renames", "--ignored=traditional", "--", layout.Partners}})
	if err != nil {
		return nil, err
	}
	var written []string
	for _, line := range split(out) {
		state, name := line[:2], strings.TrimPrefix(line[3:], s.prefix)
		switch {
		case !isChosen(name, only):
		case isConflict(state):
			return nil, fmt.Errorf("%s is in conflict: solve that first (git status says more)", source.Visible(name))
		case state == "!!" && layout.IsRecord(name):
			return nil, fmt.Errorf("git ignores %s, so that it cannot be proposed: `git check-ignore -v %[1]s` says why", source.Visible(name))
		case state == "!!", state == "??" && strings.HasPrefix(path.Base(name), "."):
		default:
			written = append(written, name)
		}
	}
	slices.Sort(written)
	return slices.Compact(written), nil
}

// onlyStaged returns an error where more is staged than what is chosen.
func (s *Stand) onlyStaged(ctx context.Context, only []string) error {
	out, _, err := s.do(ctx, order{args: []string{"diff", "--cached", "--name-only", "--no-renames", "-z"}})
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(split(out), func(name string) bool {
		below, inside := strings.CutPrefix(name, s.prefix)
		return inside && isChosen(below, only)
	})
	if len(others) == 0 {
		return nil
	}
	return fmt.Errorf("%s is staged (git add) for another commit: commit it first, or take it back with `git restore --staged %s`",
		source.Visible(some(others)), source.Visible(others[0]))
}

// split returns the names in a list that git -z printed.
func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == 0 })
}

// isChosen reports whether a path is in partners/, and at or below one of the
// paths if there are any.
func isChosen(name string, only []string) bool {
	if !strings.HasPrefix(name, layout.Partners+"/") {
		return false
	}
	return len(only) == 0 || slices.ContainsFunc(only, func(chosen string) bool {
		return name == chosen || strings.HasPrefix(name, chosen+"/")
	})
}

// isConflict reports whether git has more than one version of a file.
func isConflict(state string) bool {
	return strings.Contains(state, "U") || state == "AA" || state == "DD"
}

// some names the first of several things.
func some(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	return fmt.Sprintf("%s (and %d more)", names[0], len(names)-1)
}

// Snapshot returns a commit that no branch leads to: the one that is checked out,
// with the files at the paths as they are in the working tree. It is what would be
// proposed.
func (s *Stand) Snapshot(ctx context.Context, paths []string) (gitfs.CommitID, error) {
	tree, err := s.treeWith(ctx, paths)
	if err != nil {
		return "", err
	}
	id, err := s.line(ctx, "-c", "commit.gpgSign=false", "commit-tree", "-p", s.head, "-m", "What is proposed", tree)
	return gitfs.CommitID(id), err
}

// Changes reports whether a snapshot holds anything else than the commit that is
// checked out: what git status lists may be the same again once it is added.
func (s *Stand) Changes(ctx context.Context, snapshot gitfs.CommitID) (bool, error) {
	out, err := s.line(ctx, "diff-tree", "--no-commit-id", "--name-only", "-r", s.head, string(snapshot))
	return out != "", err
}

// treeWith returns the id of the tree that a commit of the paths would have, for
// which it uses an index of its own.
func (s *Stand) treeWith(ctx context.Context, paths []string) (tree string, err error) {
	folder, err := os.MkdirTemp("", "alliances-propose-")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	env := []string{"GIT_INDEX_FILE=" + filepath.Join(folder, "index")}
	if _, _, err := s.do(ctx, order{args: []string{"read-tree", "HEAD"}, env: env}); err != nil {
		return "", err
	}
	if err := s.stage(ctx, paths, env); err != nil {
		return "", err
	}
	out, _, err := s.do(ctx, order{args: []string{"write-tree"}, env: env})
	return strings.TrimSpace(out), err
}

// stage takes the files at the paths into an index as they are in the working tree.
func (s *Stand) stage(ctx context.Context, paths []string, env []string) error {
	if len(paths) == 0 {
		return nil
	}
	names := strings.Join(paths, "\x00") + "\x00"
	_, _, err := s.do(ctx, order{args: []string{"update-index", "--add", "--remove", "--replace", "-z", "--stdin"}, in: names, env: env})
	return err
}
