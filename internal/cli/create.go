package cli

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// create writes a file where there is none, and returns the paths of what it has made,
// folders too, for remove.
func (w *workspace) create(name string, text []byte) (made []string, err error) {
	root, err := w.Root()
	if err != nil {
		return nil, err
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if _, err := root.Lstat(dir); err != nil {
			made = append([]string{dir}, made...)
		}
	}
	folder, err := w.makeFolder(path.Dir(name))
	if err != nil {
		return made, err
	}
	defer folder.Close()
	out, err := folder.OpenFile(path.Base(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return made, writeError(err)
	}
	made = append(made, name)
	_, err = out.Write(text)
	return made, errors.Join(err, out.Close())
}

// remove takes away what create has made, the last first.
func (w *workspace) remove(made []string) error {
	root, err := w.Root()
	var errs []error
	for _, name := range slices.Backward(made) {
		if err := root.Remove(name); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(append(errs, err)...)
}

// makeFolder opens a folder of records like folder, and makes what is missing of
// it.
func (w *workspace) makeFolder(dir string) (*os.Root, error) {
	root, err := w.Root()
	if err != nil {
		return nil, err
	}
	at := ""
	for name := range strings.SplitSeq(dir, "/") {
		at = path.Join(at, name)
		if err := root.Mkdir(at, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, writeError(err)
		}
	}
	return w.folder(dir)
}
