package gitfs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

// contents returns what the files hold, in one line.
func contents(t *testing.T, fsys fs.FS) string {
	t.Helper()
	var all []string
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if !entry.Type().IsRegular() {
			all = append(all, name+":"+entry.Type().String())
			return nil
		}
		data, err := fs.ReadFile(fsys, name)
		all = append(all, name+"="+string(data))
		return err
	})
	if err != nil {
		t.Errorf("walk: %v", err)
	}
	return strings.Join(all, " ")
}

func (g testRepo) fs(rev string, below ...string) fs.FS {
	g.Helper()
	fsys, err := g.open(below...).FS(g.Context(), g.id(rev))
	if err != nil {
		g.Fatal(err)
	}
	return fsys
}

func TestFS(t *testing.T) {
	g := newRepo(t)
	g.commit("partners/acme/partner.yaml", "kind: partner\n", "partners/acme-2/partner.yaml", "2", "partners/acme.yaml", "3",
		"partners/acme/licenses/x.yaml", strings.Repeat("long ", 9000), "empty", "", "with space", "4", "日本/ä.yaml", "5", "a*b?[c]", "6")
	fsys := g.fs("HEAD")
	if err := fstest.TestFS(fsys, "partners/acme/partner.yaml", "partners/acme-2/partner.yaml", "partners/acme.yaml",
		"partners/acme/licenses/x.yaml", "empty", "with space", "日本/ä.yaml", "a*b?[c]"); err != nil {
		t.Error(err)
	}
	entries, err := fs.ReadDir(fsys, "partners")
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	equal(t, "names, sorted as names are", []string{"acme", "acme-2", "acme.yaml"}, names, err)
}

func TestFSOfAFolder(t *testing.T) {
	g := newRepo(t)
	before := g.commit("a", "1")
	file := g.commit("sub", "2")
	g.remove("sub")
	g.commit("sub/deep/partners/a.yaml", "3")
	if err := fstest.TestFS(g.fs("HEAD", "sub", "deep"), "partners/a.yaml"); err != nil {
		t.Error(err)
	}
	for name, rev := range map[string]string{"no such folder": before, "a file of that name": file} {
		fsys := g.fs(rev, "sub", "deep")
		if err := fstest.TestFS(fsys); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := fs.Stat(fsys, "partners"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFSWithLinksAndModules(t *testing.T) {
	g := newRepo(t)
	g.Write("dir/a.yaml", "1", "run.sh", "2")
	g.link("dir/a.yaml", "to-file")
	g.link("dir", "to-dir")
	g.Git("add", "--all")
	g.Git("update-index", "--chmod=+x", "run.sh")
	g.Git("update-index", "--add", "--cacheinfo", "160000,0123456789012345678901234567890123456789,module")
	g.Git("commit", "--quiet", "--message=All kinds")
	fsys := g.fs("HEAD")
	equal(t, "files", "dir/a.yaml=1 module:?--------- run.sh=2 to-dir:L--------- to-file:L---------", contents(t, fsys), nil)
	for name, want := range map[string]string{
		".": "drwxr-xr-x 0", "dir": "drwxr-xr-x 0", "dir/a.yaml": "-rw-r--r-- 1", "run.sh": "-rwxr-xr-x 1",
		"to-dir": "Lrwxrwxrwx 3", "to-file": "Lrwxrwxrwx 10", "module": "?--------- 0",
	} {
		info, err := fs.Lstat(fsys, name)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, name, want, fmt.Sprint(info.Mode(), " ", info.Size()), nil)
	}
	target, err := fs.ReadLink(fsys, "to-file")
	equal(t, "link", "dir/a.yaml", target, err)
	for name, word := range map[string]string{
		"to-file": "symbolic link", "to-dir": "symbolic link", "module": "submodule",
		"to-dir/a.yaml": "not exist", "module/x": "not exist", "dir/a.yaml/x": "not exist", "gone": "not exist", "gone/x": "not exist",
		"/dir": "invalid", "dir/": "invalid", "../x": "invalid", "": "invalid",
	} {
		_, err := fsys.Open(name)
		fails(t, "open "+name, err, "open "+name+": ", word)
		_, err = fs.ReadFile(fsys, name)
		fails(t, "read "+name, err, word)
		_, err = fs.ReadDir(fsys, name)
		fails(t, "list "+name, err)
		_, isPath := errors.AsType[*fs.PathError](err)
		if !isPath || errors.Is(err, fs.ErrNotExist) != (word == "not exist") {
			t.Errorf("list %s: %v", name, err)
		}
	}
	for name, call := range map[string]func() error{
		"the link of a file":       func() error { _, err := fs.ReadLink(fsys, "run.sh"); return err },
		"the entries of a file":    func() error { _, err := fs.ReadDir(fsys, "run.sh"); return err },
		"the contents of a folder": func() error { _, err := fs.ReadFile(fsys, "dir"); return err },
	} {
		fails(t, name, call())
	}
}

func TestFSWithBytesForNames(t *testing.T) {
	g := newRepo(t)
	g.commit("partners/\xff.yaml", "1", "partners/line\nbreak", "2", `partners/"quoted"`, "3")
	entries, err := fs.ReadDir(g.fs("HEAD"), "partners")
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	equal(t, "names", []string{`"quoted"`, "line\nbreak", "\xff.yaml"}, names, err)
}

// The file is larger than what is held in memory.
func TestFSWithALargeFile(t *testing.T) {
	g := newRepo(t)
	want := bytes.Repeat([]byte("0123456789abcde\n"), maxHeld/16+1)
	g.commit("large", string(want), "small", "1")
	fsys := g.fs("HEAD")
	file, err := fsys.Open("large")
	if err != nil {
		t.Fatal(err)
	}
	info, err := file.Stat()
	equal(t, "size", int64(len(want)), info.Size(), err)
	start := make([]byte, 16)
	_, err = io.ReadFull(file, start)
	equal(t, "start", "0123456789abcde\n", string(start), err)
	if err := file.Close(); err != nil {
		t.Error(err)
	}
	for range 2 {
		got, err := fs.ReadFile(fsys, "large")
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes, want %d, error %v", len(got), len(want), err)
		}
		small, err := fs.ReadFile(fsys, "small")
		equal(t, "small", "1", string(small), err)
	}
	if info, err := fs.Stat(fsys, "large"); err != nil || info.Size() != int64(len(want)) {
		t.Errorf("%v, %v", info, err)
	}
}

func TestFSAtOnce(t *testing.T) {
	g := newRepo(t)
	var files []string
	for i := range 40 {
		files = append(files, fmt.Sprintf("partners/p%d/partner.yaml", i%20)+strings.Repeat("~", i/20), fmt.Sprint(i))
	}
	g.commit(files...)
	fsys := g.fs("HEAD")
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for i := 0; i < len(files); i += 2 {
				data, err := fs.ReadFile(fsys, files[i])
				if string(data) != files[i+1] || err != nil {
					t.Errorf("%s: %q, %v", files[i], data, err)
				}
			}
		})
	}
	readers.Wait()
}

func TestFSWithMissingObjects(t *testing.T) {
	g := newRepo(t)
	g.commit("partners/a.yaml", "1", "other/b.yaml", "2")
	fsys := g.fs("HEAD")
	blob, tree := g.Git("rev-parse", "HEAD:partners/a.yaml"), g.Git("rev-parse", "HEAD:other")
	for _, id := range []string{blob, tree} {
		g.remove(".git/objects/" + id[:2] + "/" + id[2:])
	}
	_, err := fs.ReadFile(fsys, "partners/a.yaml")
	fails(t, "file", err, "the blob "+blob+" is not in this clone", "git fetch origin "+blob)
	_, err = fs.ReadDir(fsys, "other")
	fails(t, "folder", err, "the tree "+tree+" is not in this clone")
	if errors.Is(err, fs.ErrNotExist) {
		t.Error("a folder that is missing in the clone counts as one that the commit does not have")
	}
	top := g.Git("rev-parse", "HEAD^{tree}")
	g.remove(".git/objects/" + top[:2] + "/" + top[2:])
	_, err = g.open().FS(t.Context(), g.id("HEAD"))
	fails(t, "top", err, "is not in this clone")
}

func TestFSErrors(t *testing.T) {
	g := newRepo(t)
	g.commit("a", "1")
	_, err := g.open().FS(t.Context(), CommitID(strings.Repeat("1", 40)))
	fails(t, "no such commit", err, "is not in this clone: fetch it")
}

// A damaged object is an error with git's words, and the next question is
// answered by a git that is new.
func TestFSWithADamagedObject(t *testing.T) {
	g := newRepo(t)
	g.commit("a", "1", "b", "2")
	fsys := g.fs("HEAD")
	id := g.Git("rev-parse", "HEAD:a")
	name := g.Dir + "/.git/objects/" + id[:2] + "/" + id[2:]
	if err := os.Chmod(name, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("damaged"), 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := fs.ReadFile(fsys, "a")
	fails(t, "damaged", err, id)
	data, err := fs.ReadFile(fsys, "b")
	equal(t, "sound", "2", string(data), err)
}

func TestParseTree(t *testing.T) {
	id := strings.Repeat("i", 20)
	for name, data := range map[string]string{
		"cut id": "100644 a\x00" + id[1:], "no NUL": "100644 a", "no mode": "a\x00" + id, "mode": "9 a\x00" + id,
		"empty name": "100644 \x00" + id, "dot": "40000 .\x00" + id, "dots": "40000 ..\x00" + id, "slash": "100644 a/b\x00" + id,
		"twice": "100644 a\x00" + id + "100644 a-b\x00" + id + "40000 a\x00" + id,
	} {
		if parsed, err := parseTree(data, 20); err == nil {
			t.Errorf("%s: %v", name, parsed)
		}
	}
	parsed, err := parseTree("100664 a-b\x00"+id+"100755 a.b\x00"+id+"040000 a\x00"+id, 20)
	if err != nil || parsed.find("a") == nil || parsed.find("a-b").mode != 0o644 || parsed.find("a.b").mode != 0o755 || parsed.find("b") != nil {
		t.Errorf("%v, %v", parsed, err)
	}
}

func FuzzParseTree(f *testing.F) {
	f.Add("100644 a\x00" + strings.Repeat("i", 20))
	f.Fuzz(func(t *testing.T, data string) {
		parsed, err := parseTree(data, 20)
		for i := range parsed {
			if found := parsed.find(parsed[i].name); err == nil && found != &parsed[i] {
				t.Errorf("%q is not found", parsed[i].name)
			}
		}
	})
}
