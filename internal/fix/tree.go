package fix

import (
	"bytes"
	"io/fs"
)

// Open opens a file as it is put right, or a folder.
func (t *Tree) Open(name string) (fs.File, error) {
	f := t.files[name]
	if f == nil {
		return t.fsys.Open(name)
	}
	about, err := t.Stat(name)
	if err != nil {
		return nil, err
	}
	return &opened{bytes.NewReader(f.now), about}, nil
}

// ReadDir lists a folder.
func (t *Tree) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(t.fsys, name) }

// Stat tells about a file, or what a link leads to.
func (t *Tree) Stat(name string) (fs.FileInfo, error) { return t.about(name, fs.Stat) }

// Lstat tells about a file, or a link.
func (t *Tree) Lstat(name string) (fs.FileInfo, error) { return t.about(name, fs.Lstat) }

// ReadLink returns where a link leads to.
func (t *Tree) ReadLink(name string) (string, error) { return fs.ReadLink(t.fsys, name) }

func (t *Tree) about(name string, stat func(fs.FS, string) (fs.FileInfo, error)) (fs.FileInfo, error) {
	about, err := stat(t.fsys, name)
	if f := t.files[name]; f != nil && err == nil {
		about = info{about, int64(len(f.now))}
	}
	return about, err
}

// An opened file is read from memory.
type opened struct {
	*bytes.Reader
	about fs.FileInfo
}

func (o *opened) Stat() (fs.FileInfo, error) { return o.about, nil }
func (o *opened) Close() error               { return nil }

// info is about a file that has another size than the one below.
type info struct {
	fs.FileInfo
	size int64
}

func (i info) Size() int64 { return i.size }
