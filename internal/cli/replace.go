package cli

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/fix"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A replacement is a new file beside the one whose place it is to take.
type replacement struct {
	fix.Change
	temporary string // its name in the same folder; "" once it has taken the place
}

// replace writes changes into their files: all of them first beside these, and
// then each in one step. Where it cannot, or ctx ends, it says how far it came,
// and leaves nothing else behind.
func (w *workspace) replace(ctx context.Context, changes []fix.Change) (err error) {
	staged := make([]*replacement, 0, len(changes))
	defer func() {
		for _, r := range staged {
			err = errors.Join(err, w.discard(r))
		}
	}()
	for _, c := range changes {
		r := &replacement{Change: c}
		staged = append(staged, r)
		if err := unlessInterrupted(ctx, func() error { return w.stage(r) }); err != nil {
			return fmt.Errorf("%s cannot be written, and nothing has been: %w", source.Visible(c.Path), err)
		}
	}
	for i, r := range staged {
		if err := unlessInterrupted(ctx, func() error { return w.commit(r) }); err != nil {
			return fmt.Errorf("%s cannot be written (%s written before it, and none behind it): %w", source.Visible(r.Path), source.Counted(i, "file"), err)
		}
	}
	return nil
}

var (
	errChanged  = errors.New("it has changed since it was judged; run again when nothing else writes to it")
	errLinked   = errors.New("it has other names (hard links), under which it would stay as it was: make it a file of its own and run again")
	errReadOnly = errors.New("it is read-only: make it writable (chmod u+w) and run again, or have somebody do so who may write it")
)

// permissions are the bits of a file's mode that the file in its place gets.
const permissions = fs.ModePerm | fs.ModeSetuid | fs.ModeSetgid | fs.ModeSticky

// stage writes the new text beside the file, with the file's mode and owner.
func (w *workspace) stage(r *replacement) error {
	folder, err := w.folder(path.Dir(r.Path))
	if err != nil {
		return err
	}
	defer folder.Close()
	about, err := unchanged(folder, r.Change)
	if err != nil {
		return err
	}
	name := layout.FixPrefix + rand.Text()
	file, err := folder.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return writeError(err)
	}
	r.temporary = name
	_, err = file.Write(r.After)
	return errors.Join(err, keepOwner(file, about), file.Chmod(about.Mode()&permissions), file.Sync(), file.Close())
}

// commit gives the new file the place of the old one.
func (w *workspace) commit(r *replacement) error {
	folder, err := w.folder(path.Dir(r.Path))
	if err != nil {
		return err
	}
	defer folder.Close()
	if _, err := unchanged(folder, r.Change); err != nil {
		return err
	}
	if err := folder.Rename(r.temporary, path.Base(r.Path)); err != nil {
		return writeError(err)
	}
	r.temporary = ""
	return nil
}

// discard takes away a new file that has not taken a place.
func (w *workspace) discard(r *replacement) error {
	if r.temporary == "" {
		return nil
	}
	folder, err := w.folder(path.Dir(r.Path))
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Remove(r.temporary)
}

// folder opens a folder of records, to which no link may lead.
func (w *workspace) folder(dir string) (*os.Root, error) {
	root, err := w.Root()
	if err != nil {
		return nil, err
	}
	var about fs.FileInfo
	at := ""
	for name := range strings.SplitSeq(dir, "/") {
		at = path.Join(at, name)
		if about, err = root.Lstat(at); err != nil {
			return nil, err
		}
		if !about.IsDir() {
			return nil, fmt.Errorf("%s is no folder (and links are never followed)", source.Visible(at))
		}
	}
	folder, err := root.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	if opened, err := folder.Stat("."); err != nil || !os.SameFile(about, opened) {
		return nil, errors.Join(err, errChanged, folder.Close())
	}
	return folder, nil
}

// unchanged makes sure that a file may be written and is what was judged.
func unchanged(folder *os.Root, c fix.Change) (fs.FileInfo, error) {
	name := path.Base(c.Path)
	about, err := folder.Lstat(name)
	switch {
	case err != nil || !about.Mode().IsRegular():
		return nil, errors.Join(errChanged, err)
	case about.Mode()&0o200 == 0:
		return nil, errReadOnly
	case linkCount(about) > 1:
		return nil, errLinked
	}
	file, err := folder.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return nil, writeError(err)
	}
	defer file.Close()
	opened, err := file.Stat()
	if err != nil || !os.SameFile(about, opened) {
		return nil, errors.Join(errChanged, err)
	}
	text, err := io.ReadAll(io.LimitReader(file, int64(len(c.Before))+1))
	if err != nil || !bytes.Equal(text, c.Before) {
		return nil, errors.Join(errChanged, err)
	}
	return about, nil
}

// writeError says what to do about an error.
func writeError(err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%w: make the file and its folder writable and run again, or have somebody do so who may write them", err)
	}
	return err
}
