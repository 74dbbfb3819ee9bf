package gitfs

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"time"
)

// info describes an entry.
type info struct {
	*entry
	size int64
}

// Name returns the last part of the path.
func (i info) Name() string { return i.name }

// Size returns the length of a file or of what a link says.
func (i info) Size() int64 { return i.size }

// Mode returns the type, and the permissions as far as git has them.
func (i info) Mode() fs.FileMode { return i.mode }

// ModTime is the zero time: git keeps none of a file.
func (i info) ModTime() time.Time { return time.Time{} }

// IsDir reports whether this is a folder.
func (i info) IsDir() bool { return i.mode.IsDir() }

// Sys returns nil.
func (i info) Sys() any { return nil }

func (f *commitFS) stat(e *entry) (fs.FileInfo, error) {
	if !e.mode.IsRegular() && e.mode.Type() != fs.ModeSymlink {
		return info{e, 0}, nil
	}
	blob, err := f.repo.object(f.ctx, "blob", e.hex(), maxHeld)
	return info{e, blob.size}, err
}

// A listed is an entry of a folder that was listed.
type listed struct {
	files *commitFS
	*entry
}

// Name returns the name in the folder.
func (l listed) Name() string { return l.name }

// IsDir reports whether this is a folder.
func (l listed) IsDir() bool { return l.mode.IsDir() }

// Type returns the type alone.
func (l listed) Type() fs.FileMode { return l.mode.Type() }

// Info returns all that there is to know, for which a file has to be read.
func (l listed) Info() (fs.FileInfo, error) { return l.files.stat(l.entry) }

func (f *commitFS) readDir(e *entry) ([]fs.DirEntry, error) {
	if !e.mode.IsDir() {
		return nil, errors.New("this is no folder")
	}
	t, err := f.tree(e)
	if err != nil {
		return nil, err
	}
	entries := make([]fs.DirEntry, len(t))
	for i := range t {
		entries[i] = listed{f, &t[i]}
	}
	return entries, nil
}

func (f *commitFS) open(e *entry) (fs.File, error) {
	switch {
	case e.mode.IsDir():
		entries, err := f.readDir(e)
		return &folder{info{e, 0}, entries}, err
	case e.mode.Type() == fs.ModeSymlink:
		return nil, errors.New("this is a symbolic link, which is never followed")
	case !e.mode.IsRegular():
		return nil, errors.New("this is a submodule or no plain file, which is never looked into")
	}
	blob, err := f.repo.object(f.ctx, "blob", e.hex(), maxHeld)
	if err != nil {
		return nil, err
	}
	if blob.size > maxHeld {
		return f.openLarge(e, blob.size)
	}
	return &file{info{e, blob.size}, *bytes.NewReader(blob.data)}, nil
}

func (f *commitFS) readFile(e *entry) ([]byte, error) {
	opened, err := f.open(e)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	return io.ReadAll(opened)
}

// A folder is one that is open.
type folder struct {
	info
	rest []fs.DirEntry // what ReadDir has still to return
}

// Stat describes the folder.
func (d *folder) Stat() (fs.FileInfo, error) { return d.info, nil }

// Close does nothing.
func (d *folder) Close() error { return nil }

// Read is an error.
func (d *folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: errors.New("this is a folder")}
}

// ReadDir returns the next n entries, or all that are left if n is not positive.
func (d *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(d.rest)
	} else if len(d.rest) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(d.rest))
	next := d.rest[:n:n]
	d.rest = d.rest[n:]
	return next, nil
}

// A file is one that is open, all of it in memory.
type file struct {
	info
	bytes.Reader
}

// Size returns the length of the file.
func (f *file) Size() int64 { return f.size }

// Stat describes the file.
func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }

// Close does nothing.
func (f *file) Close() error { return nil }

// A largeFile is one that is open, and comes from a git of its own.
type largeFile struct {
	info
	rest int64
	cat  *process
}

func (f *commitFS) openLarge(e *entry, size int64) (fs.File, error) {
	cat, err := f.repo.git.start(f.ctx, "cat-file", "blob", e.hex())
	if err != nil {
		return nil, err
	}
	return &largeFile{info{e, size}, size, cat}, nil
}

// Stat describes the file.
func (f *largeFile) Stat() (fs.FileInfo, error) { return f.info, nil }

// Read reads on. An end that comes too early is an error.
func (f *largeFile) Read(p []byte) (int, error) {
	if f.rest == 0 {
		return 0, io.EOF
	}
	n, err := f.cat.out.Read(p[:min(int64(len(p)), f.rest)])
	f.rest -= int64(n)
	if err != nil {
		err = f.cat.broken(err)
	}
	return n, err
}

// Close ends the git that the file comes from.
func (f *largeFile) Close() error {
	f.cat.kill()
	return nil
}
