package repo

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

func TestList(t *testing.T) {
	root := filepath.Join(t.TempDir(), layout.Partners)
	write(t, root, "README.md", ".gitkeep", ".gitattributes", "loose.yaml", "acme/licenses/.gitmodules",
		"acme/partner.yaml", "acme/README.md", "acme/.partner.yaml.swp", "acme/partner.yaml~", "acme/partner.yml",
		"acme/notes.txt", "acme/licenses/b.yaml", "acme/licenses/a.yaml", "acme/licenses/deep/c.yaml",
		"acme/licenses/a.json", "acme/licenses/a.YAML", "acme/licenses/ya\x1bml.yaml")
	link(t, filepath.Join(root, "acme", "linked.yaml"), "partner.yaml")
	link(t, filepath.Join(root, "acme", "campaigns"), "licenses")
	link(t, filepath.Join(root, "acme", ".#partner.yaml"), "user@host.example")
	mkfifo(t, filepath.Join(root, "acme", "pipe.yaml"))
	tests := map[string]struct {
		records, findings []string
	}{
		"": {records: []string{"loose.yaml"}, findings: []string{"repo/unexpected_file .gitattributes"}},
		"acme": {
			records: []string{"acme/licenses/a.yaml", "acme/licenses/b.yaml", "acme/licenses/deep/c.yaml", "acme/partner.yaml"},
			findings: []string{
				"repo/path acme/licenses", "repo/symlink acme/campaigns", "repo/symlink acme/linked.yaml", "repo/symlink acme/pipe.yaml",
				"repo/unexpected_file acme/licenses/.gitmodules", "repo/unexpected_file acme/licenses/a.YAML", "repo/unexpected_file acme/licenses/a.json",
				"repo/unexpected_file acme/notes.txt", "repo/unexpected_file acme/partner.yaml~", "repo/unexpected_file acme/partner.yml",
			},
		},
	}
	tree := New(os.DirFS(filepath.Dir(root)))
	names, err := tree.Folders()
	if err != nil || !slices.Equal(names, []string{"", "acme"}) {
		t.Fatalf("folders %q, %v", names, err)
	}
	for name, want := range tests {
		folder, err := tree.List(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, record := range folder.Records {
			folder.Records[i] = strings.TrimPrefix(record, "partners/")
		}
		if diff := cmp.Diff(want.records, folder.Records); diff != "" {
			t.Errorf("records of %q (-want +got):\n%s", name, diff)
		}
		var findings []string
		for _, f := range folder.Findings {
			findings = append(findings, f.Rule+" "+strings.TrimPrefix(f.File, "partners/"))
		}
		slices.Sort(findings)
		if diff := cmp.Diff(want.findings, findings); diff != "" {
			t.Errorf("findings of %q (-want +got):\n%s", name, diff)
		}
		if folder.Partner != (name == "acme") {
			t.Errorf("%q: partner %v", name, folder.Partner)
		}
	}
}

// TestRename makes sure that a record whose name has another ending gets the name
// that it should have, where no other record has it.
func TestRename(t *testing.T) {
	fsys := fstest.MapFS{}
	want := map[string]string{
		"a.yml": "Rename it to `a.yaml`.", "b.YAML": "Rename it to `b.yaml`.", "c.yaml.txt": "Rename it to `c.yaml`.",
		"d.yml.txt": "Rename it to `d.yaml`.", "e.txt": unexpectedFileRule.Help, "f.yml": unexpectedFileRule.Help,
		"g.yaml~": unexpectedFileRule.Help,
	}
	for name := range want {
		fsys["partners/acme/"+name] = &fstest.MapFile{}
	}
	fsys["partners/acme/f.yaml"] = &fstest.MapFile{}
	folder, err := New(fsys).List("acme")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range folder.Findings {
		got[strings.TrimPrefix(f.File, "partners/acme/")] = f.Help
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what to rename (-want +got):\n%s", diff)
	}
}

// write makes empty files below root.
func write(t *testing.T, root string, names ...string) {
	t.Helper()
	for _, name := range names {
		name = filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func link(t *testing.T, name, target string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Fatal(err)
	}
}

func TestNoTree(t *testing.T) {
	root := t.TempDir()
	link(t, filepath.Join(root, "partners"), "/")
	for name, fsys := range map[string]fs.FS{
		"nothing": fstest.MapFS{},
		"a file":  fstest.MapFS{"partners": {Data: []byte("x")}},
		"a link":  os.DirFS(root),
	} {
		if names, err := New(fsys).Folders(); !errors.Is(err, ErrNoRecords) {
			t.Errorf("%s: folders %q, error %v", name, names, err)
		}
	}
}

// A name that is no UTF-8 cannot be opened through an fs.FS: it must be
// reported, not passed over.
func TestNamesThatAreNoText(t *testing.T) {
	root := t.TempDir()
	write(t, root, "partners/acme/licenses/\xff.yaml", "partners/acme/\xfe/a.yaml", "partners/\xfd/partner.yaml")
	tree := New(os.DirFS(root))
	for folder, want := range map[string][]string{
		"acme": {"partners/acme/licenses/\xff.yaml", "partners/acme/\xfe"},
		"\xfd": {"partners/\xfd"},
	} {
		listed, err := tree.List(folder)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range listed.Findings {
			if f.Rule != "repo/path" {
				t.Errorf("%s at %q", f.Rule, f.File)
			}
			got = append(got, f.File)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("findings at %q, want %q", got, want)
		}
	}
	if listed, err := tree.ListPartner("\xfd"); err != nil || listed.Partner {
		t.Errorf("the partner of a folder that cannot be opened: %v, %v", listed, err)
	}
}

// What reports cannot name is refused at the folder that holds it, whether it
// looks like a record or not.
func TestNamesThatReportsCannotHave(t *testing.T) {
	tree := New(fstest.MapFS{
		"partners/acme/partner.yaml":         {Data: []byte("kind: partner")},
		`partners/acme/licenses/a\b.yaml`:    {},
		"partners/acme/licenses/c\nd.yaml":   {},
		"partners/acme/licenses/e\u202e.txt": {},
		`partners/acme/f\g/a.yaml`:           {},
		`partners/h\i/partner.yaml`:          {},
	})
	for folder, want := range map[string][]string{
		"acme": {
			`partners/acme: the name of the folder f\g has a backslash, which not all programs take for a part of a name: nothing in it can be judged`,
			`partners/acme/licenses: the name of the file a\b.yaml has a backslash, which not all programs take for a part of a name: it cannot be judged`,
			`partners/acme/licenses: the name of the file c\nd.yaml has characters that do not show: it cannot be judged`,
			`partners/acme/licenses: the name of the file e\u202e.txt has characters that do not show: it cannot be judged`,
		},
		`h\i`: {`partners: the name of the folder h\i has a backslash, which not all programs take for a part of a name: nothing in it can be judged`},
	} {
		listed, err := tree.List(folder)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range listed.Findings {
			if f.Rule != "repo/path" {
				t.Errorf("%s at %q", f.Rule, f.File)
			}
			got = append(got, f.File+": "+f.Message)
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		if len(listed.Records) > 1 {
			t.Errorf("records %q", listed.Records)
		}
	}
}

func TestText(t *testing.T) {
	exact := strings.Repeat("x", record.MaxBytes)
	fsys := fstest.MapFS{
		"empty": {}, "small": {Data: []byte("kind: partner")},
		"exact": {Data: []byte(exact)}, "large": {Data: []byte(exact + "yz")},
	}
	tree := New(fsys)
	for name, want := range map[string]int{"empty": 0, "small": 13, "exact": record.MaxBytes, "large": record.MaxBytes + 1} {
		data, err := tree.Text(name)
		if err != nil || len(data) < want || name != "large" && len(data) != want {
			t.Errorf("%s: %d bytes, error %v; want %d", name, len(data), err, want)
		}
	}
	if _, err := tree.Text("gone"); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "run again") {
		t.Errorf("a file that vanished: %v", err)
	}
}

// TestOnLarge makes sure that only of large texts it is told that they are read.
func TestOnLarge(t *testing.T) {
	large := strings.Repeat("#", largeText+1)
	tree := New(fstest.MapFS{
		"partners/example/partner.yaml":    {Data: []byte("kind: partner\n")},
		"partners/example/licenses/a.yaml": {Data: []byte(large)},
	})
	var sizes []int
	tree.OnLarge(func(bytes int) { sizes = append(sizes, bytes) })
	folder, err := tree.List("example")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tree.Read(folder); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(sizes, []int{len(large)}) {
		t.Errorf("told of texts of %v bytes", sizes)
	}
}
