package dirfs

import (
	"io/fs"
	"path"
)

// byPath is a folder of a tree in which everything is found by its whole path.
type byPath struct {
	fsys fs.FS
	path string
}

func openByPath(fsys fs.FS, name string) (Folder, error) {
	info, err := fs.Lstat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: ErrNoFolder}
	}
	return byPath{fsys, name}, nil
}

func textByPath(fsys fs.FS, name string, most int) ([]byte, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return read(file, most)
}

// Path implements Folder.
func (f byPath) Path() string { return f.path }

// ReadDir implements Folder.
func (f byPath) ReadDir() ([]fs.DirEntry, error) { return fs.ReadDir(f.fsys, f.path) }

// Open implements Folder.
func (f byPath) Open(name string) (Folder, error) { return openByPath(f.fsys, path.Join(f.path, name)) }

// Text implements Folder.
func (f byPath) Text(name string, most int) ([]byte, error) {
	return textByPath(f.fsys, path.Join(f.path, name), most)
}

// Close implements Folder: nothing is open.
func (f byPath) Close() error { return nil }
