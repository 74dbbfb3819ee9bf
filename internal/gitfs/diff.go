package gitfs

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Diff returns the paths of the files, links and submodules that differ between
// two commits, at or below the paths (or anywhere below the folder of r without
// any), sorted. A file that became executable does not differ; one that became a
// link does.
//
// It reads the trees itself, those alone that differ, and so each is what its id
// says.
func (r *Repo) Diff(ctx context.Context, from, to CommitID, paths ...string) ([]string, error) {
	d := &treeDiff{}
	var err error
	if d.before, err = r.commitFS(ctx, from); err != nil {
		return nil, err
	}
	if d.after, err = r.commitFS(ctx, to); err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, name := range paths {
		if name, err = localPath(name); err != nil {
			return nil, err
		}
		if err := d.compareAt(name); err != nil {
			return nil, err
		}
	}
	slices.Sort(d.paths)
	return slices.Compact(d.paths), nil
}

// A treeDiff compares the trees of two commits.
type treeDiff struct {
	before, after *commitFS
	paths         []string // of what differs
}

func (d *treeDiff) compareAt(name string) error {
	was, err := entryAt(d.before, name)
	if err != nil {
		return err
	}
	is, err := entryAt(d.after, name)
	if err != nil {
		return err
	}
	return d.compare(name, was, is)
}

// entryAt returns the entry at a path, or nil where there is none.
func entryAt(f *commitFS, name string) (*entry, error) {
	e, err := f.find(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return e, err
}

// compare compares what is at a path in both, either of which may be nil.
func (d *treeDiff) compare(name string, was, is *entry) error {
	switch {
	case was == nil && is == nil:
		return nil
	case was != nil && is != nil && was.id == is.id && was.mode.Type() == is.mode.Type() && was != &rootEntry:
		return nil
	}
	before, err := d.before.children(was)
	if err != nil {
		return err
	}
	after, err := d.after.children(is)
	if err != nil {
		return err
	}
	if isLeaf(was) || isLeaf(is) {
		d.paths = append(d.paths, name)
	}
	return d.compareTrees(name, before, after)
}

// compareTrees compares what two folders hold, both sorted by name.
func (d *treeDiff) compareTrees(dir string, before, after tree) error {
	for len(before)+len(after) > 0 {
		name, was, is := next(before, after)
		if was != nil {
			before = before[1:]
		}
		if is != nil {
			after = after[1:]
		}
		if err := d.compare(path.Join(dir, name), was, is); err != nil {
			return err
		}
	}
	return nil
}

// next returns the first name in two trees, one of which may be empty, and what
// goes by it in each.
func next(before, after tree) (name string, was, is *entry) {
	if len(before) > 0 {
		was = &before[0]
	}
	if len(after) > 0 {
		is = &after[0]
	}
	switch {
	case is == nil || was != nil && was.name < is.name:
		return was.name, was, nil
	case was == nil || is.name < was.name:
		return is.name, nil, is
	}
	return was.name, was, is
}

// isLeaf reports whether there is something that holds nothing further.
func isLeaf(e *entry) bool { return e != nil && !e.mode.IsDir() }

// children returns what a folder holds, and nothing of what is none.
func (f *commitFS) children(e *entry) (tree, error) {
	if e == nil || !e.mode.IsDir() {
		return nil, nil
	}
	return f.tree(e)
}

// localPath returns a path below the folder of a repository as git writes it.
func localPath(name string) (string, error) {
	name = path.Clean(name)
	if !filepath.IsLocal(name) || strings.Contains(name, "\x00") {
		return "", errNotBelow(name)
	}
	return name, nil
}
