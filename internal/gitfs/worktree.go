package gitfs

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// confirm returns the paths of those differences that are some. Where git only
// saw that a file was touched, or is not in the index, its contents decide.
func (r *Repo) confirm(ctx context.Context, differences []difference) ([]string, error) {
	root, err := os.OpenRoot(r.git.dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	files := &worktree{root: root, hash: r.newHash(), folders: map[string]bool{".": true}}
	var changed []difference
	for _, d := range differences {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("comparing files was stopped: %w", err)
		}
		same := d.same()
		if d.after.unknown() {
			same = files.hold(strings.TrimPrefix(d.path, r.prefix), d.before)
		}
		if !same {
			changed = append(changed, d)
		}
	}
	return r.names(changed), nil
}

// A worktree reads the files of the working tree as git sees them: what is
// behind a link is not there.
type worktree struct {
	root    *os.Root
	hash    hash.Hash
	folders map[string]bool // whether a path is a folder, and no link
}

// hold reports whether the path is what a commit has there. What cannot be read
// is not.
func (w *worktree) hold(name string, want side) bool {
	if !w.folder(path.Dir(name)) {
		return false
	}
	name = filepath.FromSlash(name)
	found, err := w.root.Lstat(name)
	switch {
	case err != nil:
		return false
	case want.is(typePlain) && found.Mode().IsRegular():
		id, err := w.fileID(name)
		return err == nil && id == want.id
	case want.is(typeLink) && found.Mode().Type() == fs.ModeSymlink:
		target, err := w.root.Readlink(name)
		id, _ := w.id(strings.NewReader(target), int64(len(target)))
		return err == nil && id == want.id
	}
	return false
}

// folder reports whether the path leads through folders alone.
func (w *worktree) folder(name string) bool {
	is, known := w.folders[name]
	if !known {
		found, err := w.root.Lstat(filepath.FromSlash(name))
		is = err == nil && found.IsDir() && w.folder(path.Dir(name))
		w.folders[name] = is
	}
	return is
}

// fileID returns the id that a file's contents would have in git.
func (w *worktree) fileID(name string) (string, error) {
	opened, err := w.root.Open(name)
	if err != nil {
		return "", err
	}
	defer opened.Close()
	found, err := opened.Stat()
	if err == nil && !found.Mode().IsRegular() {
		err = errors.New("this is no plain file")
	}
	if err != nil {
		return "", err
	}
	return w.id(opened, found.Size())
}

// id returns the id of contents of that size.
func (w *worktree) id(contents io.Reader, size int64) (string, error) {
	w.hash.Reset()
	fmt.Fprintf(w.hash, "blob %d\x00", size)
	if n, err := io.Copy(w.hash, contents); err != nil || n != size {
		return "", fmt.Errorf("read %d of %d bytes: %w", n, size, errors.Join(err, io.ErrUnexpectedEOF))
	}
	return hex.EncodeToString(w.hash.Sum(nil)), nil
}
