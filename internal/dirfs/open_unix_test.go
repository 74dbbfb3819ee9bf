//go:build unix

package dirfs

import (
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestReplaced makes sure that what has taken the place of a file, or of a folder, since
// it was listed is an error that says so, and that nobody waits for it.
func TestReplaced(t *testing.T) {
	dir := write(t, "a/file", "text", "a/folder/file", "text")
	at := func(name string) string { return filepath.Join(dir, "a", name) }
	link(t, "file", at("link"))
	link(t, "nothing", at("dangling"))
	link(t, "folder", at("folder-link"))
	link(t, "loop", at("loop"))
	for _, name := range []string{"pipe", "full-pipe"} {
		if err := unix.Mkfifo(at(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	fill(t, at("full-pipe"))
	listen(t, dir, "a/socket")
	fsys := New(dir)
	folder := open(t, fsys)
	for _, name := range []string{"folder", "link", "dangling", "folder-link", "loop", "pipe", "full-pipe", "socket"} {
		_, err := within(t, func() ([]byte, error) { return folder.Text(name, 10) })
		wantError(t, err, "a/"+name, errNoFile)
		_, err = within(t, func() ([]byte, error) { return Text(fsys, "a/"+name, 10) })
		wantError(t, err, "a/"+name, errNoFile)
	}
	for _, name := range []string{"file", "link", "dangling", "folder-link", "loop", "pipe", "full-pipe", "socket"} {
		_, err := within(t, func() (Folder, error) { return folder.Open(name) })
		wantError(t, err, "a/"+name, ErrNoFolder)
		_, err = within(t, func() (Folder, error) { return Open(fsys, "a/"+name) })
		wantError(t, err, "a/"+name, ErrNoFolder)
	}
}

// fill writes into a pipe, and keeps it open.
func fill(t *testing.T, name string) {
	t.Helper()
	pipe, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pipe.Close() })
	if _, err := pipe.WriteString("text"); err != nil {
		t.Fatal(err)
	}
}

// listen makes a socket, by a short path, since a longer one has no place in an address.
func listen(t *testing.T, dir, name string) {
	t.Helper()
	t.Chdir(dir)
	socket, err := net.Listen("unix", name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
}

// within returns what do returns, unless that takes so long that it waits for somebody.
func within[T any](t *testing.T, do func() (T, error)) (result T, err error) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		result, err = do()
	}()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("it waits")
	}
	return result, err
}

// TestMoved makes sure that a folder that is open is the one that is read, whatever has
// taken its place.
func TestMoved(t *testing.T) {
	dir := write(t, "a/b/file", "right", "other/b/file", "wrong")
	folder := open(t, New(dir))
	if err := os.Rename(filepath.Join(dir, "a"), filepath.Join(dir, "moved")); err != nil {
		t.Fatal(err)
	}
	link(t, "other", filepath.Join(dir, "a"))
	inner, err := folder.Open("b")
	if err != nil {
		t.Fatal(err)
	}
	defer inner.Close()
	if text, err := inner.Text("file", 10); err != nil || string(text) != "right" {
		t.Errorf("%q, %v", text, err)
	}
}

// TestUnreadable makes sure that the error says that somebody has no right to read.
func TestUnreadable(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := write(t, "a/file", "text", "a/folder/file", "text")
	for _, name := range []string{"a/file", "a/folder"} {
		if err := os.Chmod(filepath.Join(dir, name), 0); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "a/folder"), 0o700) }) // to be deleted
	folder := open(t, New(dir))
	_, err := folder.Text("file", 10)
	wantError(t, err, "a/file", fs.ErrPermission)
	_, err = folder.Open("folder")
	wantError(t, err, "a/folder", fs.ErrPermission)
}

// TestNothingStaysOpen makes sure that the system gets back whatever was opened.
func TestNothingStaysOpen(t *testing.T) {
	dir := write(t, "a/b/file", "text")
	link(t, "file", filepath.Join(dir, "a", "b", "link"))
	before := opened(t)
	for range 10 {
		folder, err := Open(New(dir), "a")
		if err != nil {
			t.Fatal(err)
		}
		inner, err := folder.Open("b")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"file", "link", "gone"} {
			inner.Text(name, 10)
		}
		folder.Text("b", 10)
		inner.Close()
		folder.Close()
	}
	if after := opened(t); after != before {
		t.Errorf("%d files are open, and before there were %d", after, before)
	}
}

// opened returns how many files this process has open.
func opened(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/dev/fd")
	if err != nil {
		t.Skip(err)
	}
	return len(entries)
}
