package repo

import (
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"
)

func TestWith(t *testing.T) {
	below := fstest.MapFS{
		"partners/a/partner.yaml": {Data: []byte("kind: partner")},
		"partners/c/partner.yaml": {Data: []byte("kind: partner")},
	}
	for name, folder := range map[string]string{
		"partners/a/licenses/1.yaml": "a",
		"partners/b/partner.yaml":    "b",
		"partners/a/partner.yaml":    "a",
		"partners/c/1.yaml":          "c",
	} {
		tree := New(With(below, name, []byte("new")))
		names, err := tree.Folders()
		if err != nil || !slices.Contains(names, folder) || !slices.IsSorted(names) {
			t.Errorf("%s: folders %v, %v", name, names, err)
		}
		listed, err := tree.List(folder)
		if err != nil || !slices.Contains(listed.Records, name) || len(listed.Findings) > 0 {
			t.Errorf("%s: %+v, %v", name, listed, err)
		}
		if data, err := tree.Read(name); err != nil || string(data) != "new" {
			t.Errorf("%s: %q, %v", name, data, err)
		}
		if data, err := tree.Read("partners/c/partner.yaml"); err != nil || string(data) != "kind: partner" {
			t.Errorf("%s: the file beside it holds %q, %v", name, data, err)
		}
	}
	if _, err := fs.ReadDir(With(below, "partners/b/x.yaml", nil), "partners/d"); err == nil {
		t.Error("a folder that is not there can be read")
	}
}
