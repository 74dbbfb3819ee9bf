// Package overlay lays texts over a tree of files: what a file would hold, or a
// new one, without writing it.
package overlay

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// An FS is the files of another file system with some of them replaced, and
// others added in folders that need not be there. It is safe for use by several
// goroutines at once, as long as none sets a file.
type FS struct {
	below   fs.FS
	texts   map[string][]byte
	folders map[string]map[string]struct{} // the names in each folder on the way to a text
}

// New returns the files of below, as they are.
func New(below fs.FS) *FS {
	return &FS{below: below, texts: map[string][]byte{}, folders: map[string]map[string]struct{}{}}
}

// Set gives the file at a path another text, or adds it.
func (o *FS) Set(name string, text []byte) {
	o.texts[name] = text
	for at := name; at != "."; at = path.Dir(at) {
		dir := path.Dir(at)
		if o.folders[dir] == nil {
			o.folders[dir] = map[string]struct{}{}
		}
		o.folders[dir][path.Base(at)] = struct{}{}
	}
}

// Open implements fs.FS.
func (o *FS) Open(name string) (fs.File, error) {
	text, laid := o.texts[name]
	if !laid && o.folders[name] == nil {
		return o.below.Open(name)
	}
	about, err := o.Stat(name)
	if err != nil {
		return nil, err
	}
	if laid {
		return &file{bytes.NewReader(text), about}, nil
	}
	entries, err := o.ReadDir(name)
	return &folder{about, name, entries}, err
}

// ReadFile implements fs.ReadFileFS.
func (o *FS) ReadFile(name string) ([]byte, error) {
	if text, laid := o.texts[name]; laid {
		return slices.Clone(text), nil
	}
	return fs.ReadFile(o.below, name)
}

// Stat implements fs.StatFS.
func (o *FS) Stat(name string) (fs.FileInfo, error) { return o.about(name, fs.Stat) }

// Lstat implements fs.ReadLinkFS.
func (o *FS) Lstat(name string) (fs.FileInfo, error) { return o.about(name, fs.Lstat) }

// ReadLink implements fs.ReadLinkFS.
func (o *FS) ReadLink(name string) (string, error) { return fs.ReadLink(o.below, name) }

func (o *FS) about(name string, stat func(fs.FS, string) (fs.FileInfo, error)) (fs.FileInfo, error) {
	about, err := stat(o.below, name)
	text, laid := o.texts[name]
	isNew := errors.Is(err, fs.ErrNotExist)
	switch {
	case laid && isNew:
		return added{path.Base(name), int64(len(text)), 0o644}, nil
	case laid && err == nil:
		return replaced{about, int64(len(text))}, nil
	case isNew && o.folders[name] != nil:
		return added{path.Base(name), 0, fs.ModeDir | 0o755}, nil
	}
	return about, err
}

// ReadDir implements fs.ReadDirFS.
func (o *FS) ReadDir(dir string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.below, dir)
	names := o.folders[dir]
	if names == nil || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return entries, err
	}
	entries = slices.DeleteFunc(entries, func(entry fs.DirEntry) bool {
		_, told := names[entry.Name()]
		return told
	})
	for name := range names {
		about, err := o.Lstat(path.Join(dir, name))
		if err != nil {
			return nil, err
		}
		entries = append(entries, fs.FileInfoToDirEntry(about))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// A file is read from memory.
type file struct {
	*bytes.Reader
	about fs.FileInfo
}

// Stat implements fs.File.
func (f *file) Stat() (fs.FileInfo, error) { return f.about, nil }

// Close implements fs.File.
func (f *file) Close() error { return nil }

// A folder is one that a text lies in.
type folder struct {
	about   fs.FileInfo
	name    string
	entries []fs.DirEntry // that have not been read yet
}

// Stat implements fs.File.
func (f *folder) Stat() (fs.FileInfo, error) { return f.about, nil }

// Close implements fs.File.
func (f *folder) Close() error { return nil }

// Read implements fs.File.
func (f *folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.name, Err: errors.New("is a directory")}
}

// ReadDir implements fs.ReadDirFile.
func (f *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n > 0 && len(f.entries) == 0 {
		return nil, io.EOF
	}
	if n <= 0 || n > len(f.entries) {
		n = len(f.entries)
	}
	read := f.entries[:n]
	f.entries = f.entries[n:]
	return read, nil
}

// replaced is about a file that has another size than the one below.
type replaced struct {
	fs.FileInfo
	size int64
}

// Size implements fs.FileInfo.
func (r replaced) Size() int64 { return r.size }

// added is about a file, or a folder that it needs, of which there is none below.
type added struct {
	name string
	size int64
	mode fs.FileMode
}

// Name implements fs.FileInfo.
func (a added) Name() string { return a.name }

// Size implements fs.FileInfo.
func (a added) Size() int64 { return a.size }

// Mode implements fs.FileInfo.
func (a added) Mode() fs.FileMode { return a.mode }

// ModTime implements fs.FileInfo: there is none yet.
func (a added) ModTime() time.Time { return time.Time{} }

// IsDir implements fs.FileInfo.
func (a added) IsDir() bool { return a.mode.IsDir() }

// Sys implements fs.FileInfo.
func (a added) Sys() any { return nil }
