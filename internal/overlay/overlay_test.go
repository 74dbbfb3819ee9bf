package overlay

import (
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"
)

// over returns three files with texts laid over them, given as path and text in
// turn.
func over(pathsAndTexts ...string) *FS {
	o := New(fstest.MapFS{
		"partners/a/partner.yaml": {Data: []byte("a"), Mode: 0o600},
		"partners/c/partner.yaml": {Data: []byte("c")},
		"partners/c/link":         {Data: []byte("partner.yaml"), Mode: fs.ModeSymlink | 0o777},
	})
	for pair := range slices.Chunk(pathsAndTexts, 2) {
		o.Set(pair[0], []byte(pair[1]))
	}
	return o
}

// TestFileSystem has Go's own test look at each kind of text that is laid over.
func TestFileSystem(t *testing.T) {
	for name, o := range map[string]*FS{
		"nothing":  over(),
		"replaced": over("partners/a/partner.yaml", "longer than before"),
		"emptied":  over("partners/a/partner.yaml", ""),
		"beside":   over("partners/a/b.yaml", "b"),
		"deeper":   over("partners/a/licenses/1.yaml", "1", "partners/a/licenses/2.yaml", "2"),
		"new":      over("partners/b/licenses/1.yaml", "1", "top.yaml", "2"),
		"twice":    over("partners/b/1.yaml", "1", "partners/b/1.yaml", "other"),
	} {
		t.Run(name, func(t *testing.T) {
			want := []string{"partners/a/partner.yaml", "partners/c/partner.yaml", "partners/c/link"}
			for path := range o.texts {
				want = append(want, path)
			}
			if err := fstest.TestFS(o, want...); err != nil {
				t.Error(err)
			}
			for path, text := range o.texts {
				if got, err := fs.ReadFile(o, path); err != nil || string(got) != string(text) {
					t.Errorf("%s: %q, %v", path, got, err)
				}
			}
		})
	}
}

func TestWhatIsBelowStays(t *testing.T) {
	o := over("partners/a/partner.yaml", "other", "partners/b/partner.yaml", "new")
	if about, err := fs.Lstat(o, "partners/a/partner.yaml"); err != nil || about.Mode() != 0o600 || about.Size() != 5 {
		t.Errorf("%v, %v: a file that is replaced keeps its mode", about, err)
	}
	if target, err := fs.ReadLink(o, "partners/c/link"); err != nil || target != "partner.yaml" {
		t.Errorf("%q, %v", target, err)
	}
	if _, err := fs.ReadLink(o, "partners/a/partner.yaml"); err == nil {
		t.Error("a file is taken for a link")
	}
	if _, err := fs.ReadDir(o, "partners/d"); err == nil {
		t.Error("a folder that is not there can be read")
	}
	if _, err := fs.Lstat(o, "partners/b/other.yaml"); err == nil {
		t.Error("a file beside the new one is there")
	}
}
