package cli

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"gitlab.com/gitlab-com/alliances/internal/scaffold"
)

// TestMoveInterrupted makes sure that a repository that is interrupted on its way into
// a folder leaves nothing there, wherever that happens.
func TestMoveInterrupted(t *testing.T) {
	for step := range 3 {
		dir := t.TempDir()
		b, err := newBeginning(dir, scaffold.Files{"README.md": nil, "partners/README.md": nil, "schemas/README.md": nil})
		if err != nil {
			t.Fatal(err)
		}
		b.staged = filepath.Join(dir, ".staged")
		staged := fstest.MapFS{"README.md": {}, "partners/README.md": {}, "schemas/README.md": {}}
		if err := os.CopyFS(b.staged, staged); err != nil {
			t.Fatal(err)
		}
		if err := b.move(&countdown{t.Context(), step}); err == nil || err.Error() != "it was interrupted" {
			t.Errorf("step %d: %v", step, err)
		}
		if left := names(t, dir); !slices.Equal(left, []string{".staged"}) {
			t.Errorf("step %d: it leaves %v", step, left)
		}
		if back := names(t, b.staged); !slices.Equal(back, []string{"README.md", "partners", "schemas"}) {
			t.Errorf("step %d: %v is back", step, back)
		}
	}
}

func names(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}
