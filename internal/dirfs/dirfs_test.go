package dirfs

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// write makes files below a new folder, given as path and text in turn.
func write(t *testing.T, pathsAndTexts ...string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for i := 0; i < len(pathsAndTexts); i += 2 {
		name := filepath.Join(dir, pathsAndTexts[i])
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(pathsAndTexts[i+1]), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func link(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Skip(err) // not everybody may, on Windows
	}
}

// open opens the folder a of a tree, which is closed with the test.
func open(t *testing.T, fsys fs.FS) Folder {
	t.Helper()
	folder, err := Open(fsys, "a")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { folder.Close() })
	return folder
}

// inMemory returns the files below a folder, which then can be opened by their paths
// alone.
func inMemory(t *testing.T, dir string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, path))
		files[path] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestFileSystem has Go's own test look at it.
func TestFileSystem(t *testing.T) {
	dir := write(t, "a/partner.yaml", "a", "a/licenses/1.yaml", "1", "empty", "")
	link(t, "partner.yaml", filepath.Join(dir, "a", "link"))
	if err := fstest.TestFS(New(dir), "a/partner.yaml", "a/licenses/1.yaml", "a/link", "empty"); err != nil {
		t.Error(err)
	}
}

// TestOpen makes sure that the files of a folder on disk, and those in memory, are
// listed and read alike, and as Go itself does.
func TestOpen(t *testing.T) {
	dir := write(t, "a/b.yaml", "b", "a/B.yaml", "B", "a/-.yaml", "-", "a/licenses/1.yaml", "1", "a/licenses/deep/2.yaml", "2",
		"a/licenses.yaml", "", "a/two\nlines.yaml", "3", "a/größe.yaml", "4", "a/..yaml", "5", "a/ .yaml", "6")
	want := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), "a", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			var text []byte
			text, err = os.ReadFile(filepath.Join(dir, path))
			want[path] = string(text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, fsys := range map[string]fs.FS{"disk": New(dir), "memory": inMemory(t, dir)} {
		got := map[string]string{}
		readAll(t, fsys, open(t, fsys), got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// readAll takes up all files in a folder of a tree, and in those below.
func readAll(t *testing.T, fsys fs.FS, folder Folder, texts map[string]string) {
	t.Helper()
	entries, err := folder.ReadDir()
	if err != nil {
		t.Fatal(err)
	}
	listed, err := fs.ReadDir(fsys, folder.Path())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(listed, entries, cmp.Transformer("entry", fs.FormatDirEntry)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", folder.Path(), diff)
	}
	for _, entry := range entries {
		path := folder.Path() + "/" + entry.Name()
		if entry.IsDir() {
			inner, err := folder.Open(entry.Name())
			if err != nil {
				t.Fatal(err)
			}
			readAll(t, fsys, inner, texts)
			inner.Close()
			continue
		}
		text, err := folder.Text(entry.Name(), 10)
		if err != nil {
			t.Fatal(err)
		}
		texts[path] = string(text)
		if whole, err := Text(fsys, path, 10); err != nil || !bytes.Equal(text, whole) {
			t.Errorf("%s: %q, %v by its path, want %q", path, whole, err, text)
		}
	}
}

// TestText makes sure that as much is read of a file as is asked for, whether it fits
// into the buffer or not, and that no more memory is taken.
func TestText(t *testing.T) {
	const buffer = 64 << 10
	dir := write(t, "a/file", strings.Repeat("0123456789abcdef", 5*buffer/16)+"end")
	size := 5*buffer + 3
	for name, fsys := range map[string]fs.FS{"disk": New(dir), "memory": inMemory(t, dir)} {
		whole, err := fs.ReadFile(fsys, "a/file")
		if err != nil {
			t.Fatal(err)
		}
		for _, most := range []int{0, 1, buffer - 1, buffer, buffer + 1, 2 * buffer, 3*buffer + 1, size - 1, size, size + 1, 1 << 20} {
			text, err := open(t, fsys).Text("file", most)
			if want := whole[:min(most, size)]; err != nil || !bytes.Equal(text, want) {
				t.Errorf("%s: %d bytes, %v, at most %d", name, len(text), err, most)
			}
			if cap(text) != len(text) {
				t.Errorf("%s: %d bytes take %d", name, len(text), cap(text))
			}
		}
	}
}

// TestBuffers makes sure that what is read into the same buffer stays apart.
func TestBuffers(t *testing.T) {
	dir := write(t, "a/0", "zero", "a/1", "one", "a/2", "two, which is longer", "a/3", "")
	folder := open(t, New(dir))
	var readers sync.WaitGroup
	for _, name := range []string{"0", "1", "2", "3"} {
		readers.Go(func() {
			want, err := os.ReadFile(filepath.Join(dir, "a", name))
			if err != nil {
				t.Error(err)
			}
			var texts [][]byte
			for range 100 {
				text, err := folder.Text(name, 1000)
				if err != nil {
					t.Error(err)
				}
				texts = append(texts, text)
			}
			for _, text := range texts {
				if !bytes.Equal(text, want) {
					t.Errorf("%q, want %q", text, want)
				}
			}
		})
	}
	readers.Wait()
}

// TestErrors makes sure that errors name the path from the root of the tree.
func TestErrors(t *testing.T) {
	dir := write(t, "a/file", "text", "a/b/file", "text", "other", "text")
	for name, fsys := range map[string]fs.FS{"disk": New(dir), "memory": inMemory(t, dir)} {
		folder := open(t, fsys)
		wantError(t, textError(folder, "gone"), "a/gone", fs.ErrNotExist)
		wantError(t, openError(folder, "none"), "a/none", fs.ErrNotExist)
		wantError(t, openError(folder, "file"), "a/file", ErrNoFolder)
		if textError(folder, "b") == nil {
			t.Errorf("%s: a folder is read as a file", name)
		}
		_, err := Text(fsys, "gone", 10)
		wantError(t, err, "gone", fs.ErrNotExist)
		_, err = Open(fsys, "none")
		wantError(t, err, "none", fs.ErrNotExist)
		_, err = Open(fsys, "other")
		wantError(t, err, "other", ErrNoFolder)
	}
}

// TestNames makes sure that no name leads out of a folder, and that none can be opened
// that os.DirFS would not open.
func TestNames(t *testing.T) {
	dir := write(t, "a/b/file", "text", "other/file", "text")
	fsys := New(dir)
	folder := open(t, fsys)
	for _, name := range []string{"", ".", "..", "/", "b/file", "../other", "\xff", "a\x00b"} {
		if err := textError(folder, name); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("a text at %q: %v", name, err)
		}
		if err := openError(folder, name); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("a folder at %q: %v", name, err)
		}
	}
	for _, name := range []string{"", "..", "/", "../other/file", dir + "/other/file", "\xff", "a\x00b"} {
		_, err := Text(fsys, name, 10)
		wantError(t, err, name, fs.ErrInvalid)
		_, err = Open(fsys, name)
		wantError(t, err, name, fs.ErrInvalid)
	}
}

func textError(folder Folder, name string) error {
	_, err := folder.Text(name, 10)
	return err
}

func openError(folder Folder, name string) error {
	_, err := folder.Open(name)
	return err
}

// wantError makes sure that an error is about a path, and says what it has to.
func wantError(t *testing.T, err error, path string, want error) {
	t.Helper()
	if about, ok := errors.AsType[*fs.PathError](err); !ok || about.Path != path || !errors.Is(err, want) {
		t.Errorf("%v, want %s: %v", err, path, want)
	}
}
