// Package dirfs reads the files below a folder, each opened from the folder that it
// is in, and with as little else asked of the system as reading takes.
package dirfs

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// ErrNoFolder says that there is something else than a folder at a path.
var ErrNoFolder = errors.New("this is no folder (and links are never followed)")

// errNoFile says that there is something else than a file at a path.
var errNoFile = errors.New("this is no plain file (and links are never followed)")

// An FS is the files below a folder of the system, as os.DirFS has them. It is safe for
// use by several goroutines at once.
type FS struct {
	tree
	dir string
}

// A tree is what os.DirFS says that it returns.
type tree interface {
	fs.ReadDirFS
	fs.ReadFileFS
	fs.StatFS
	fs.ReadLinkFS
}

// New returns the files below dir.
func New(dir string) *FS { return &FS{os.DirFS(dir).(tree), dir} }

// A Folder is one that is open. Its errors are *fs.PathError, with paths from the root
// of the tree.
type Folder interface {
	io.Closer

	// Path returns where the folder is, from the root of the tree.
	Path() string

	// ReadDir returns what is in the folder, sorted by name. It may be called once.
	ReadDir() ([]fs.DirEntry, error)

	// Open opens a folder in this one, as Open does.
	Open(name string) (Folder, error)

	// Text returns the bytes of a file in this folder, as Text does.
	Text(name string, most int) ([]byte, error)
}

// Open opens the folder at a path of a tree. Where something else is there, the error
// is ErrNoFolder.
func Open(fsys fs.FS, name string) (Folder, error) {
	if dir, ok := fsys.(*FS); ok {
		return dir.open(name)
	}
	return openByPath(fsys, name)
}

// Text returns the bytes of the file at a path of a tree, and no more than most.
func Text(fsys fs.FS, name string, most int) ([]byte, error) {
	if dir, ok := fsys.(*FS); ok {
		return dir.text(name, most)
	}
	return textByPath(fsys, name, most)
}
