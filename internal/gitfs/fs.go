package gitfs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

// maxHeld is the size in bytes up to which a file that is opened is held in
// memory. A larger one is read from git bit by bit.
const maxHeld = 8 << 20

// FS returns the files of a commit, from the folder of r down; where the commit
// does not have that folder, there are none. Symbolic links (fs.ModeSymlink) are
// never followed, submodules (fs.ModeIrregular) are not looked into: opening one
// is an error, and no folder can be reached through it. The result implements
// fs.ReadDirFS, fs.ReadFileFS, fs.StatFS and fs.ReadLinkFS, is safe for use by
// several goroutines at once, and ends with ctx. An
// object that is missing shows where it is read.
func (r *Repo) FS(ctx context.Context, commit CommitID) (fs.FS, error) {
	f, err := r.commitFS(ctx, commit)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (r *Repo) commitFS(ctx context.Context, commit CommitID) (*commitFS, error) {
	found, err := r.object(ctx, "commit", string(commit), everything)
	if err != nil {
		return nil, err
	}
	top, err := r.object(ctx, "tree", treeOf(found.data), everything)
	if err != nil {
		return nil, err
	}
	return r.newCommitFS(ctx, top)
}

// treeOf returns the id of the tree that a commit's text begins with.
func treeOf(commit []byte) string {
	line, _, _ := strings.Cut(string(commit), "\n")
	return strings.TrimPrefix(line, "tree ")
}

// A commitFS is the files of a commit.
type commitFS struct {
	ctx  context.Context
	repo *Repo
	root tree

	lock  sync.Mutex
	trees map[string]tree // by the bytes of the id
}

func (r *Repo) newCommitFS(ctx context.Context, top object) (*commitFS, error) {
	f := &commitFS{ctx: ctx, repo: r, trees: map[string]tree{}}
	var err error
	if f.root, err = f.parse(top); err != nil || r.prefix == "" {
		return f, err
	}
	folder, err := f.find(strings.TrimSuffix(r.prefix, "/"))
	f.root = nil
	if errors.Is(err, fs.ErrNotExist) || err == nil && !folder.mode.IsDir() {
		return f, nil
	}
	if err == nil {
		f.root, err = f.tree(folder)
	}
	return f, err
}

// parse parses a tree.
func (f *commitFS) parse(found object) (tree, error) {
	t, err := parseTree(string(found.data), f.repo.newHash().Size())
	if err != nil {
		return nil, fmt.Errorf("the tree %s is damaged, %w: see what else is (git fsck)", found.id, err)
	}
	return t, nil
}

// tree returns what the folder holds. It reads each once.
func (f *commitFS) tree(folder *entry) (tree, error) {
	if folder == &rootEntry {
		return f.root, nil
	}
	f.lock.Lock()
	defer f.lock.Unlock()
	if t, known := f.trees[folder.id]; known {
		return t, nil
	}
	found, err := f.repo.object(f.ctx, "tree", folder.hex(), everything)
	if err != nil {
		return nil, err
	}
	t, err := f.parse(found)
	if err == nil {
		f.trees[folder.id] = t
	}
	return t, err
}

// rootEntry is the entry of the root, which has none in git.
var rootEntry = entry{name: ".", mode: fs.ModeDir | 0o755}

// find returns the entry at the path name.
func (f *commitFS) find(name string) (*entry, error) {
	e := &rootEntry
	if name == "." {
		return e, nil
	}
	for part := range strings.SplitSeq(name, "/") {
		if !e.mode.IsDir() {
			return nil, fs.ErrNotExist
		}
		t, err := f.tree(e)
		if err != nil {
			return nil, err
		}
		if e = t.find(part); e == nil {
			return nil, fs.ErrNotExist
		}
	}
	return e, nil
}

// with calls do with the entry at the path name. Its error is a *fs.PathError.
func with[T any](f *commitFS, op, name string, do func(*entry) (T, error)) (T, error) {
	var result T
	err := fs.ErrInvalid
	if fs.ValidPath(name) {
		var e *entry
		if e, err = f.find(name); err == nil {
			result, err = do(e)
		}
	}
	if err != nil {
		return *new(T), &fs.PathError{Op: op, Path: name, Err: err}
	}
	return result, nil
}

// Open opens a file, or a folder, which is a fs.ReadDirFile.
func (f *commitFS) Open(name string) (fs.File, error) { return with(f, "open", name, f.open) }

// ReadFile returns the contents of a file.
func (f *commitFS) ReadFile(name string) ([]byte, error) {
	return with(f, "open", name, f.readFile)
}

// ReadDir returns what a folder holds, sorted by name.
func (f *commitFS) ReadDir(name string) ([]fs.DirEntry, error) {
	return with(f, "open", name, f.readDir)
}

// Stat describes a file, a folder or a link.
func (f *commitFS) Stat(name string) (fs.FileInfo, error) { return with(f, "stat", name, f.stat) }

// ID returns the id of a folder, by which git knows all that is in it.
func (f *commitFS) ID(name string) (id string, known bool) {
	e, err := f.find(name)
	if err != nil || !e.mode.IsDir() || e == &rootEntry {
		return "", false
	}
	return e.hex(), true
}

// Lstat is Stat: links are not followed.
func (f *commitFS) Lstat(name string) (fs.FileInfo, error) { return f.Stat(name) }

// ReadLink returns what a link says.
func (f *commitFS) ReadLink(name string) (string, error) {
	return with(f, "readlink", name, func(e *entry) (string, error) {
		if e.mode.Type() != fs.ModeSymlink {
			return "", fs.ErrInvalid
		}
		target, err := f.repo.object(f.ctx, "blob", e.hex(), everything)
		return string(target.data), err
	})
}
