package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/fix"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/state"
)

// changing returns a workspace with two records, and a change of each.
func changing(t *testing.T) (*workspace, []fix.Change) {
	t.Helper()
	space := workspaceIn(t, t.TempDir())
	var changes []fix.Change
	for _, name := range []string{"partners/one/partner.yaml", "partners/two/partner.yaml"} {
		c := fix.Change{Path: name, Before: []byte("a: 1\n"), After: []byte("a: 2\n"), Values: 1}
		write(t, space, c.Path, string(c.Before))
		changes = append(changes, c)
	}
	return space, changes
}

// workspaceIn returns a workspace for what looks at no state.
func workspaceIn(t *testing.T, dir string) *workspace {
	t.Helper()
	repository, err := state.Open(dir, state.RuleFiles{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { repository.Close() })
	return &workspace{Repository: repository}
}

func write(t *testing.T, space *workspace, name, text string) {
	t.Helper()
	file := filepath.Join(space.Dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// holds checks the files in a folder of partners/: their names and texts.
func holds(t *testing.T, space *workspace, folder, want string) {
	t.Helper()
	dir := filepath.Join(space.Dir, "partners", folder)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, entry := range entries {
		text, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		got.WriteString(entry.Name() + ": " + string(text))
	}
	if got.String() != want {
		t.Errorf("%s holds %q, want %q", folder, got.String(), want)
	}
}

func TestReplace(t *testing.T) {
	space, changes := changing(t)
	const mode = 0o640 | os.ModeSticky | os.ModeSetgid
	file := filepath.Join(space.Dir, changes[0].Path)
	if err := os.Chmod(file, mode); err != nil {
		t.Fatal(err)
	}
	if err := space.replace(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	holds(t, space, "one", "partner.yaml: a: 2\n")
	holds(t, space, "two", "partner.yaml: a: 2\n")
	if about, err := os.Stat(file); err != nil || about.Mode() != mode {
		t.Errorf("its mode is %v, %v", about.Mode(), err)
	}
}

// TestReplaceLarge holds that what is no record may be larger than one.
func TestReplaceLarge(t *testing.T) {
	space, changes := changing(t)
	changes[0].Before = bytes.Repeat(changes[0].Before, 1+record.MaxBytes/len(changes[0].Before))
	write(t, space, changes[0].Path, string(changes[0].Before))
	if err := space.replace(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	holds(t, space, "one", "partner.yaml: a: 2\n")
}

// TestReplaceNone holds that no file is written where one cannot be.
func TestReplaceNone(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(space *workspace, file string) error
		want  string
	}{
		{"changed", func(_ *workspace, file string) error { return os.WriteFile(file, []byte("a: 3\n"), 0o644) }, "it has changed since it was judged; run again"},
		{"gone", func(_ *workspace, file string) error { return os.Remove(file) }, "it has changed since it was judged"},
		{"a link", func(space *workspace, file string) error {
			return os.Rename(file, filepath.Join(space.Dir, "real")) // linked below
		}, "it has changed since it was judged"},
		{"a hard link", func(space *workspace, file string) error {
			return os.Link(file, filepath.Join(space.Dir, "other"))
		}, "it has other names (hard links)"},
		{"read-only", func(_ *workspace, file string) error { return os.Chmod(file, 0o444) }, "it is read-only: make it writable (chmod u+w) and run again, or have somebody do so who may write it"},
	} {
		t.Run(test.name, func(t *testing.T) {
			space, changes := changing(t)
			file := filepath.Join(space.Dir, changes[1].Path)
			if err := test.spoil(space, file); err != nil {
				t.Fatal(err)
			}
			if test.name == "a link" {
				if err := os.Symlink("../../real", file); err != nil {
					t.Skip(err)
				}
			}
			err := space.replace(t.Context(), changes)
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), changes[1].Path+" cannot be written, and nothing has been") {
				t.Errorf("%v", err)
			}
			holds(t, space, "one", "partner.yaml: a: 1\n")
		})
	}
}

// A countdown is a context that ends when it has been asked so often.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestReplaceInterrupted interrupts it at every step.
func TestReplaceInterrupted(t *testing.T) {
	for step, want := range []string{
		"partners/one/partner.yaml cannot be written, and nothing has been: it was interrupted",
		"partners/two/partner.yaml cannot be written, and nothing has been: it was interrupted",
		"partners/one/partner.yaml cannot be written (no files written before it, and none behind it): it was interrupted",
		"partners/two/partner.yaml cannot be written (1 file written before it, and none behind it): it was interrupted",
	} {
		space, changes := changing(t)
		if err := space.replace(&countdown{t.Context(), step}, changes); err == nil || err.Error() != want {
			t.Errorf("step %d: %v", step, err)
		}
		one := "partner.yaml: a: 1\n"
		if step == 3 {
			one = "partner.yaml: a: 2\n"
		}
		holds(t, space, "one", one)
		holds(t, space, "two", "partner.yaml: a: 1\n")
	}
}

func TestReplaceBehindLinks(t *testing.T) {
	space, changes := changing(t)
	if err := os.Rename(filepath.Join(space.Dir, "partners/two"), filepath.Join(space.Dir, "elsewhere")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../elsewhere", filepath.Join(space.Dir, "partners/two")); err != nil {
		t.Skip(err)
	}
	if err := space.replace(t.Context(), changes); err == nil || !strings.Contains(err.Error(), "partners/two is no folder (and links are never followed)") {
		t.Errorf("%v", err)
	}
	holds(t, space, "one", "partner.yaml: a: 1\n")
	holds(t, space, "../elsewhere", "partner.yaml: a: 1\n")
}

// TestCommitChanged has a file change between the two looks at it.
func TestCommitChanged(t *testing.T) {
	space, changes := changing(t)
	r := &replacement{Change: changes[0]}
	if err := space.stage(r); err != nil {
		t.Fatal(err)
	}
	write(t, space, r.Path, "a: 3\n")
	if err := space.commit(r); err == nil || !strings.Contains(err.Error(), "changed since") {
		t.Errorf("%v", err)
	}
	if err := space.discard(r); err != nil {
		t.Error(err)
	}
	holds(t, space, "one", "partner.yaml: a: 3\n")
}
