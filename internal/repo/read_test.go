package repo

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gitlab.com/gitlab-com/alliances/internal/dirfs"
	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/gitfs/gittest"
	"gitlab.com/gitlab-com/alliances/internal/overlay"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// texts are files of all that folders hold: records, some of which cannot be read, or
// only as those of an earlier time, what is no record, and a submodule's.
var texts = map[string]string{
	"partners/loose.yaml":                     "kind: partner\n",
	"partners/acme/partner.yaml":              "kind: partner\nname: Acme\n",
	"partners/acme/notes.txt":                 "notes",
	"partners/acme/README.md":                 "# Acme",
	"partners/acme/licenses/b.yaml":           "kind: license\n",
	"partners/acme/licenses/a.yaml":           "kind: license\nkind: license\n",
	"partners/acme/licenses/deep/c.yaml":      "kind: &k license\nas: *k\n",
	"partners/acme/licenses/.gitmodules":      "",
	"partners/acme/licenses-and-more.yaml":    "kind: license\n", // before licenses/, and listed after it
	"partners/acme/empty.yaml":                "",
	"partners/acme/modules/one/a.yaml":        "kind: license\n",
	"partners/acme/large.yaml":                "#" + strings.Repeat("x", largeText),
	"partners/acme/huge.yaml":                 "#" + strings.Repeat("x", record.MaxBytes+10),
	"partners/other/campaigns/a.yml":          "kind: campaign\n",
	"partners/other/campaigns/a.yaml":         "kind: campaign\n",
	"partners/other/campaigns/b\u202eb.yaml":  "kind: campaign\n",
	"partners/other/\u202e/never.yaml":        "kind: campaign\n",
	"partners/module/licenses/not-read.yaml":  "kind: license\n",
	"partners/acme/.hidden/partner.yaml":      "kind: partner\n",
	"partners/acme/licenses/z/z/z/z/end.yaml": "kind: license\n",
}

// trees returns these files as a tree can hold them.
func trees(t *testing.T) map[string]fs.FS {
	t.Helper()
	repo := gittest.New(t)
	inMemory, laid := fstest.MapFS{}, overlay.New(os.DirFS(t.TempDir()))
	for path, text := range texts {
		repo.Write(path, text)
		inMemory[path] = &fstest.MapFile{Data: []byte(text)}
		laid.Set(path, []byte(text))
	}
	dir := repo.Dir
	link(t, filepath.Join(dir, "partners/acme/linked.yaml"), "partner.yaml")
	link(t, filepath.Join(dir, "partners/acme/campaigns"), "licenses")
	repo.Commit("texts")
	mkfifo(t, filepath.Join(dir, "partners/acme/pipe.yaml"))
	write(t, dir, "partners/other/repository/.git/HEAD", "partners/other/repository/a.yaml", "partners/other/\xff.yaml")
	return map[string]fs.FS{
		"opened": dirfs.New(dir), "by path": os.DirFS(dir), "commit": commit(t, dir), "memory": inMemory, "laid over": laid,
	}
}

func commit(t *testing.T, dir string) fs.FS {
	t.Helper()
	repo, err := gitfs.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { repo.Close() })
	id, err := repo.Commit(t.Context(), "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	files, err := repo.FS(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// newTree returns a tree of files that tells of large texts.
func newTree(files fs.FS, large *[]int) *Tree {
	tree := WithModules(files, func() ([]string, error) { return []string{"partners/acme/modules/one", "partners/module"}, nil })
	tree.OnLarge(func(bytes int) { *large = append(*large, bytes) })
	return tree
}

// asTold is how two results are compared: a record by its text and its value.
var asTold = cmp.Options{
	cmpopts.IgnoreUnexported(Folder{}), cmp.Comparer(bytes.Equal),
	cmp.Transformer("value", func(rec *record.Record) any {
		if rec == nil {
			return nil
		}
		return rec.Root.JSON()
	}),
}

// TestLoad makes sure that what is read in one go is what is listed and then read,
// wherever it is, at an earlier time, and where it is kept.
func TestLoad(t *testing.T) {
	for where, files := range trees(t) {
		for how, prepare := range map[string]func(*Tree){
			"now":  func(*Tree) {},
			"past": func(tree *Tree) { tree.ReadPast() },
			"kept": func(tree *Tree) { tree.Keep([]string{"", "acme", "other"}) },
		} {
			var largeThen, largeAtOnce []int
			then, atOnce := newTree(files, &largeThen), newTree(files, &largeAtOnce)
			prepare(then)
			prepare(atOnce)
			for _, name := range []string{"", "acme", "other", "module", "none", "notes.txt", "loose.yaml"} {
				t.Run(strings.Join([]string{where, how, name}, "/"), func(t *testing.T) { compareLoad(t, then, atOnce, name) })
			}
			if diff := cmp.Diff(largeThen, largeAtOnce); diff != "" || len(largeThen) == 0 {
				t.Errorf("%s, %s: told of large texts (-want +got):\n%s", where, how, diff)
			}
		}
	}
}

func compareLoad(t *testing.T, then, atOnce *Tree, name string) {
	wantFolder, err := then.List(name)
	if err != nil {
		t.Fatal(err)
	}
	wantFiles, err := then.Read(wantFolder)
	if err != nil {
		t.Fatal(err)
	}
	wantTexts, err := then.Texts(wantFolder)
	if err != nil {
		t.Fatal(err)
	}
	folder, files, err := atOnce.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wantFolder, folder, asTold) + cmp.Diff(wantFiles, files, asTold); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	folder, read, err := atOnce.LoadTexts(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wantFolder, folder, asTold) + cmp.Diff(wantTexts, read, asTold); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
}

// TestLoadReads makes sure that the records of a folder are the ones that are written
// there, sorted by their paths.
func TestLoadReads(t *testing.T) {
	for where, files := range trees(t) {
		_, read, err := newTree(files, new([]int)).Load("acme")
		if err != nil {
			t.Fatal(err)
		}
		var paths []string
		for _, file := range read {
			paths = append(paths, strings.TrimPrefix(file.Path, "partners/acme/"))
			want := texts[file.Path]
			if string(file.Text) != want[:min(len(want), record.MaxBytes+1)] {
				t.Errorf("%s: %s has another text", where, file.Path)
			}
		}
		want := []string{
			".hidden/partner.yaml", "empty.yaml", "huge.yaml", "large.yaml", "licenses-and-more.yaml", "licenses/a.yaml",
			"licenses/b.yaml", "licenses/deep/c.yaml", "licenses/z/z/z/z/end.yaml", "partner.yaml",
		}
		if diff := cmp.Diff(want, paths); diff != "" {
			t.Errorf("%s (-want +got):\n%s", where, diff)
		}
	}
}

// TestLoadKept makes sure that a folder that is kept is read once, however it is asked for.
func TestLoadKept(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "partners/acme/partner.yaml")
	tree := New(dirfs.New(dir))
	tree.Keep([]string{"acme"})
	folder, files, err := tree.Load("acme")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "partners/acme")); err != nil {
		t.Fatal(err)
	}
	again, read, err := tree.Load("acme")
	if err != nil || again != folder || len(read) != 1 || read[0].Record != files[0].Record {
		t.Errorf("%v, %v, %v", again, read, err)
	}
	if listed, err := tree.List("acme"); err != nil || listed != folder {
		t.Errorf("%v, %v", listed, err)
	}
}

// vanishing is files of which each is listed and none can be read.
type vanishing struct{ fstest.MapFS }

func (v vanishing) Open(name string) (fs.File, error) {
	if filepath.Ext(name) == ".yaml" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return v.MapFS.Open(name)
}

func TestLoadVanished(t *testing.T) {
	tree := New(vanishing{fstest.MapFS{"partners/acme/partner.yaml": {}}})
	_, _, err := tree.Load("acme")
	if !errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), "open partners/acme/partner.yaml: ") || !strings.Contains(err.Error(), "run again") {
		t.Errorf("a file that vanished: %v", err)
	}
	if _, _, other := tree.LoadTexts("acme"); other == nil || other.Error() != err.Error() {
		t.Errorf("%v, want %v", other, err)
	}
}
