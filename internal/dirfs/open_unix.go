//go:build unix

package dirfs

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// A handle is a folder that the system has open.
type handle struct {
	fd   int
	file *os.File // of fd, named as the system names the folder
	path string
}

// here has a path that is not relative start at the working directory.
const here = unix.AT_FDCWD

func (f *FS) open(name string) (Folder, error) {
	full, err := f.full(name)
	if err != nil {
		return nil, err
	}
	return openFolder(here, full, full, name)
}

func (f *FS) text(name string, most int) ([]byte, error) {
	full, err := f.full(name)
	if err != nil {
		return nil, err
	}
	text, err := readFile(here, full, most)
	return text, about(name, err)
}

// full returns the path by which the system knows what is at a path of the tree.
func (f *FS) full(name string) (string, error) {
	local, err := filepath.Localize(name)
	if err != nil {
		return "", &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return filepath.Join(f.dir, local), nil
}

// Path implements Folder.
func (h *handle) Path() string { return h.path }

// ReadDir implements Folder.
func (h *handle) ReadDir() ([]fs.DirEntry, error) {
	entries, err := h.file.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, about(h.path, err)
}

// Open implements Folder.
func (h *handle) Open(name string) (Folder, error) {
	if err := h.check(name); err != nil {
		return nil, err
	}
	return openFolder(h.fd, name, filepath.Join(h.file.Name(), name), path.Join(h.path, name))
}

// Text implements Folder.
func (h *handle) Text(name string, most int) ([]byte, error) {
	if err := h.check(name); err != nil {
		return nil, err
	}
	text, err := readFile(h.fd, name, most)
	if err != nil {
		err = about(path.Join(h.path, name), err)
	}
	return text, err
}

// check makes sure that a name leads to nothing but what is in the folder.
func (h *handle) check(name string) error {
	if _, err := filepath.Localize(name); err != nil || name == "." || strings.Contains(name, "/") {
		return &fs.PathError{Op: "open", Path: path.Join(h.path, name), Err: fs.ErrInvalid}
	}
	return nil
}

// Close implements Folder.
func (h *handle) Close() error { return h.file.Close() }

// openFolder opens what the folder at knows by a name, the system by its full path,
// and the tree by path.
func openFolder(at int, name, full, path string) (Folder, error) {
	fd, err := openAt(at, name, unix.O_DIRECTORY)
	if isLink(err) || errors.Is(err, unix.ENOTDIR) {
		err = ErrNoFolder
	}
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	return &handle{fd, os.NewFile(uintptr(fd), full), path}, nil
}

// readFile reads what the folder at knows by a name.
func readFile(at int, name string, most int) ([]byte, error) {
	fd, err := openFile(at, name)
	if err != nil {
		return nil, fileError("open", name, err)
	}
	defer unix.Close(fd)
	text, err := read(&reader{fd: fd}, most)
	if err != nil {
		return nil, fileError("read", name, err)
	}
	return text, nil
}

func openFile(at int, name string) (int, error) {
	fd, err := openAt(at, name, unix.O_NONBLOCK) // a pipe would wait for somebody to write
	if errors.Is(err, unix.EAGAIN) {
		return openAt(at, name, 0) // a file server has it leased, and is giving it back
	}
	return fd, err
}

// fileError says in plain words what else than a file is there.
func fileError(op, name string, err error) error {
	isSocket := errors.Is(err, unix.ENXIO) || errors.Is(err, unix.EOPNOTSUPP)
	isPipe := errors.Is(err, unix.ESPIPE)
	isFolder := errors.Is(err, unix.EISDIR)
	if isLink(err) || isSocket || isPipe || isFolder {
		err = errNoFile
	}
	return &fs.PathError{Op: op, Path: name, Err: err}
}

// about has an error name what it is about by its path in the tree.
func about(path string, err error) error {
	if wrong, ok := errors.AsType[*fs.PathError](err); ok {
		wrong.Path = path
	}
	return err
}

func openAt(at int, name string, flags int) (int, error) {
	return retry(func() (int, error) {
		return unix.Openat(at, name, unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_CLOEXEC|flags, 0)
	})
}

// isLink reports whether it is a link that O_NOFOLLOW has refused.
func isLink(err error) bool { return errors.Is(err, unix.ELOOP) || errors.Is(err, unix.EMLINK) }

// A reader reads a file from its start. It says where each part begins, which the
// system refuses for a pipe: without that, an empty one would be taken for a file.
type reader struct {
	fd     int
	offset int64
}

// Read implements io.Reader.
func (r *reader) Read(p []byte) (int, error) {
	n, err := retry(func() (int, error) { return unix.Pread(r.fd, p, r.offset) })
	if err != nil {
		return 0, err
	}
	if n == 0 {
		return 0, io.EOF
	}
	r.offset += int64(n)
	return n, nil
}

// retry calls do again for as long as a signal has interrupted it.
func retry(do func() (int, error)) (n int, err error) {
	for {
		if n, err = do(); !errors.Is(err, unix.EINTR) {
			return n, err
		}
	}
}
