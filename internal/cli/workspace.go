package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A workspace is the folder that a command works on.
type workspace struct {
	dir  string // absolute
	base string // what relative paths are relative to, absolute
	root *os.Root
	tree fs.FS
	ruleFiles
	rules func() (*check.Rules, error) // compiled once, when they are first asked for
}

// open returns the workspace in dir, or, where dir is empty, in this folder or
// the nearest one above it that holds partners/.
func (p *Program) open(dir string) (*workspace, error) {
	base, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	space := &workspace{dir: base, base: base}
	if dir == "" {
		if space.dir, err = findAbove(base); err != nil {
			return nil, err
		}
	}
	// Schemas and policies are read through a root, which follows no link out of
	// the folder. Records are opened only after a listing has shown them to be
	// plain files in plain folders, and through a root a run would take a tenth
	// longer.
	if space.root, err = os.OpenRoot(space.dir); err != nil {
		return nil, fmt.Errorf("the folder named with -C cannot be opened: %w", err)
	}
	space.tree = os.DirFS(space.dir)
	if space.ruleFiles, err = p.rulesIn(space.root.FS(), space.dir); err != nil {
		return nil, errors.Join(err, space.Close())
	}
	space.rules = sync.OnceValues(func() (*check.Rules, error) { return check.LoadRules(space.schemas, space.policies) })
	return space, nil
}

// Close gives the folder back.
func (w *workspace) Close() error { return w.root.Close() }

func findAbove(dir string) (string, error) {
	for at := dir; ; at = filepath.Dir(at) {
		if isFolder(filepath.Join(at, repo.Root)) {
			return at, nil
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("there is no folder %s/ in %s or above it; run this in the repository, or name it with -C DIR", repo.Root, dir)
		}
	}
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// A ruleFiles is what records are judged by, each from its own folder.
type ruleFiles struct{ schemas, policies fs.FS }

// rulesIn returns the schemas and policies in a tree, or the ones built in. One
// without the other is more likely a mistake. where is what an error calls the
// tree.
func (p *Program) rulesIn(tree fs.FS, where string) (rules ruleFiles, err error) {
	schemas, policies := hasFolder(tree, "schemas"), hasFolder(tree, "policies")
	switch {
	case schemas && policies:
		if rules.schemas, err = fs.Sub(tree, "schemas"); err != nil {
			return rules, err
		}
		rules.policies, err = fs.Sub(tree, "policies")
		return rules, err
	case schemas:
		return rules, fmt.Errorf("%s has schemas/ but no policies/; it needs both, or neither to be judged by the ones built in", where)
	case policies:
		return rules, fmt.Errorf("%s has policies/ but no schemas/; it needs both, or neither to be judged by the ones built in", where)
	}
	return ruleFiles{p.Schemas, p.Policies}, nil
}

func hasFolder(tree fs.FS, name string) bool {
	info, err := fs.Stat(tree, name)
	return err == nil && info.IsDir()
}

// folders returns the names of the partners' folders that hold the files at
// paths, or nil for all. They may be there in before alone, which may be nil.
func (w *workspace) folders(paths []string, before fs.FS) ([]string, error) {
	var names []string
	for _, path := range paths {
		name, err := w.relative(path, before)
		if err != nil {
			return nil, err
		}
		segments := strings.Split(filepath.ToSlash(name), "/")
		switch {
		case segments[0] != repo.Root:
			return nil, fmt.Errorf("%s is not in %s/: only records are judged", source.Visible(path), repo.Root)
		case len(segments) == 1:
			return nil, nil
		case len(segments) == 2 && !isFolder(filepath.Join(w.dir, name)):
			names = append(names, "")
		default:
			names = append(names, segments[1])
		}
	}
	return names, nil
}

// relative returns the path from the workspace's folder of a file that is there,
// or was before.
func (w *workspace) relative(path string, before fs.FS) (string, error) {
	full := path
	if !filepath.IsAbs(path) {
		full = filepath.Join(w.base, path)
	}
	name, outside := filepath.Rel(w.dir, full)
	if _, err := os.Lstat(full); err != nil && (outside != nil || !isIn(before, name)) {
		return "", fmt.Errorf("%s: there is no such file in %s", source.Visible(path), w.base)
	}
	if outside != nil || !filepath.IsLocal(name) {
		return "", fmt.Errorf("%s is outside of %s", source.Visible(path), w.dir)
	}
	return name, nil
}

func isIn(tree fs.FS, name string) bool {
	if tree == nil || !fs.ValidPath(filepath.ToSlash(name)) {
		return false
	}
	_, err := fs.Lstat(tree, filepath.ToSlash(name))
	return err == nil
}

// source returns the text of a file that a finding is about, or nil where there
// is none to show: it is gone, or behind a link.
func (w *workspace) source(name string) *source.File {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if info, err := fs.Lstat(w.tree, dir); err != nil || !info.IsDir() {
			return nil
		}
	}
	info, err := fs.Lstat(w.tree, name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > record.MaxBytes {
		return nil
	}
	data, err := fs.ReadFile(w.tree, name)
	if err != nil {
		return nil
	}
	return source.New(data)
}
