package repo

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// With returns fsys with one more file in it, in folders that need not be there.
func With(fsys fs.FS, name string, data []byte) fs.FS { return &overlay{fsys, name, data} }

// An overlay is a file system with one more file.
type overlay struct {
	fs.FS
	name string
	data []byte
}

// Open implements fs.FS.
func (o *overlay) Open(name string) (fs.File, error) {
	if name == o.name {
		return o.added(false), nil
	}
	return o.FS.Open(name)
}

func (o *overlay) added(folder bool) *addedFile {
	return &addedFile{bytes.NewReader(o.data), path.Base(o.name), folder}
}

// Lstat implements fs.ReadLinkFS.
func (o *overlay) Lstat(name string) (fs.FileInfo, error) {
	if name == o.name {
		return o.added(false), nil
	}
	info, err := fs.Lstat(o.FS, name)
	if errors.Is(err, fs.ErrNotExist) && strings.HasPrefix(o.name, name+"/") {
		return o.added(true), nil
	}
	return info, err
}

// ReadLink implements fs.ReadLinkFS.
func (o *overlay) ReadLink(name string) (string, error) { return fs.ReadLink(o.FS, name) }

// ReadDir implements fs.ReadDirFS.
func (o *overlay) ReadDir(dir string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, dir)
	below, within := strings.CutPrefix(o.name, dir+"/")
	if !within || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return entries, err
	}
	first, _, deeper := strings.Cut(below, "/")
	added := o.added(deeper)
	added.name = first
	i, there := slices.BinarySearchFunc(entries, first, func(entry fs.DirEntry, name string) int {
		return strings.Compare(entry.Name(), name)
	})
	if there {
		return entries, nil
	}
	return slices.Insert(entries, i, fs.FileInfoToDirEntry(added)), nil
}

// An addedFile is the file, or a folder that it needs, and what there is to know
// of it.
type addedFile struct {
	*bytes.Reader
	name   string
	folder bool
}

// Stat implements fs.File.
func (f *addedFile) Stat() (fs.FileInfo, error) { return f, nil }

// Close implements fs.File.
func (f *addedFile) Close() error { return nil }

// Name implements fs.FileInfo.
func (f *addedFile) Name() string { return f.name }

// Mode implements fs.FileInfo.
func (f *addedFile) Mode() fs.FileMode {
	if f.folder {
		return fs.ModeDir | 0o755
	}
	return 0o644
}

// ModTime implements fs.FileInfo: there is none yet.
func (f *addedFile) ModTime() time.Time { return time.Time{} }

// IsDir implements fs.FileInfo.
func (f *addedFile) IsDir() bool { return f.folder }

// Sys implements fs.FileInfo.
func (f *addedFile) Sys() any { return nil }
