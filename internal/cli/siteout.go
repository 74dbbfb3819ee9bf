package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

const (
	// markName is the file that tells a folder which a site may replace.
	markName = ".alliances-site"

	markText = "The command `alliances site` made this folder, and replaces it whole: keep nothing else in it.\n"
)

// An outFolder is where a site is to be. It is written beside it, and takes its
// place when it is complete.
type outFolder struct {
	named        string // as somebody named it
	path         string // absolute
	staged       string // the folder beside it that is written; "" where there is none
	making       sync.Mutex
	made         map[string]bool // the folders in it
	masked       bool            // whether new files are not for everybody to read
	pages, files atomic.Int64
}

// outFolder returns the folder of that name, which must be one to build a site
// in: to replace it must cost nobody anything.
func (w *workspace) outFolder(named string) (*outFolder, error) {
	full, err := filepath.Abs(named)
	if err != nil {
		return nil, err
	}
	out := &outFolder{named: visibleLines(named), path: full}
	if isAt(w.Dir, full) {
		return nil, fmt.Errorf("--out: %s holds the repository; name a folder for the site alone, such as public", out.named)
	}
	for _, name := range append(layout.Judges(), layout.Partners, ".git") {
		if isAt(full, filepath.Join(w.Dir, name)) {
			return nil, fmt.Errorf("--out: %s is in %s/; name a folder outside of it, such as public", out.named, name)
		}
	}
	if parent := filepath.Dir(full); !isFolder(parent) {
		return nil, fmt.Errorf("--out: there is no folder %s for %s; make it first", parent, filepath.Base(full))
	}
	return out, out.free()
}

// isAt reports whether a file or folder is in a folder, or is that folder,
// whatever links lead to it. It need not be there yet.
func isAt(name, folder string) bool {
	above, err := os.Stat(folder)
	if err != nil {
		return false
	}
	for {
		if info, err := os.Stat(name); err == nil && os.SameFile(info, above) {
			return true
		}
		next := filepath.Dir(real(name))
		if next == name {
			return false
		}
		name = next
	}
}

// real returns where links lead, as far as there is anything.
func real(name string) string {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		return target
	}
	return name
}

// free makes sure that the folder is not there yet, is empty, or is a site.
func (o *outFolder) free() error {
	info, err := os.Lstat(o.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("--out: %w", err)
	case info.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("--out: %s is a link; name the folder itself", o.named)
	case !info.IsDir():
		return fmt.Errorf("--out: %s is no folder; name one, or take it away", o.named)
	}
	entries, err := os.ReadDir(o.path)
	switch {
	case err != nil:
		return fmt.Errorf("--out: %w", err)
	case len(entries) > 0 && !isSite(o.path):
		return fmt.Errorf("--out: %s holds something else than a site, and is left alone; name another folder, or empty this one", o.named)
	}
	return nil
}

// isSite reports whether a folder has the mark of those that were made here.
func isSite(dir string) bool {
	name := filepath.Join(dir, markName)
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	text, err := os.ReadFile(name)
	return err == nil && string(text) == markText
}

// stage makes the folder that is written, and marks it.
func (o *outFolder) stage() (err error) {
	if o.staged, err = os.MkdirTemp(filepath.Dir(o.path), ".alliances-site-*"); err != nil {
		return err
	}
	o.made = map[string]bool{".": true}
	err = o.writeFile(markName, []byte(markText))
	if err == nil {
		err = o.unmask()
	}
	if err != nil {
		err = errors.Join(err, o.discard())
	}
	return err
}

// unmask finds out whether the umask keeps files from being read by everybody,
// and lets everybody read the first one, the mark.
func (o *outFolder) unmask() error {
	name := filepath.Join(o.staged, markName)
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	o.masked = info.Mode().Perm() != 0o644
	return os.Chmod(name, 0o644)
}

// write writes a file of the site. It is safe for use by several goroutines at
// once.
func (o *outFolder) write(f site.File) error {
	if err := o.writeFile(f.Name, f.Data); err != nil {
		return err
	}
	o.files.Add(1)
	if strings.HasSuffix(f.Name, ".html") {
		o.pages.Add(1)
	}
	return nil
}

// writeFile writes a new file, for everybody to read: who serves a site is often
// somebody else.
func (o *outFolder) writeFile(name string, data []byte) error {
	local, err := filepath.Localize(name)
	if err != nil {
		return fmt.Errorf("%q cannot be the name of a file here", name)
	}
	if err := o.makeFolder(filepath.Dir(local)); err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(o.staged, local), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if o.masked {
		err = errors.Join(err, file.Chmod(0o644))
	}
	return errors.Join(err, file.Close())
}

// makeFolder makes a folder of the site and those above it.
func (o *outFolder) makeFolder(local string) error {
	o.making.Lock()
	defer o.making.Unlock()
	return o.makeFolders(local)
}

func (o *outFolder) makeFolders(local string) error {
	if o.made[local] {
		return nil
	}
	if err := o.makeFolders(filepath.Dir(local)); err != nil {
		return err
	}
	full := filepath.Join(o.staged, local)
	if err := errors.Join(os.Mkdir(full, 0o755), os.Chmod(full, 0o755)); err != nil {
		return err
	}
	o.made[local] = true
	return nil
}

// swap gives what is written the place of what is there.
func (o *outFolder) swap() error {
	if err := errors.Join(o.free(), os.Chmod(o.staged, 0o755)); err != nil {
		return err
	}
	before := o.staged + "-before"
	replaces, err := moveAway(o.path, before)
	if err != nil {
		return fmt.Errorf("%s cannot be replaced, and is as it was: %w", o.named, err)
	}
	if err := o.takePlace(before, replaces); err != nil {
		return fmt.Errorf("%s cannot be replaced: %w", o.named, err)
	}
	if err := os.RemoveAll(before); err != nil {
		return fmt.Errorf("%s holds the new site, but the one before it is left over: %w", o.named, err)
	}
	return nil
}

// takePlace gives what is written its place, or that back to what was there.
func (o *outFolder) takePlace(before string, replaces bool) error {
	err := os.Rename(o.staged, o.path)
	switch {
	case err == nil:
		o.staged = ""
	case replaces:
		err = errors.Join(err, os.Rename(before, o.path))
	}
	return err
}

// moveAway gives a folder another name, and reports whether there was one.
func moveAway(name, to string) (bool, error) {
	err := os.Rename(name, to)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// discard takes away what has not taken its place.
func (o *outFolder) discard() error {
	if o.staged == "" {
		return nil
	}
	return os.RemoveAll(o.staged)
}
