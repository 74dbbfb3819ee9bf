package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/fix"
)

// adding returns a workspace with two records, a change of each, and one that adds a file
// in a folder of its own.
func adding(t *testing.T) (*workspace, []fix.Change) {
	t.Helper()
	space, changes := changing(t)
	return space, append(changes, fix.Change{Path: "partners/three/new/partner.yaml", After: []byte("a: 3\n")})
}

func TestApply(t *testing.T) {
	space, changes := adding(t)
	changes[1].After = nil
	if err := space.apply(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	holds(t, space, "one", "partner.yaml: a: 2\n")
	holds(t, space, "three/new", "partner.yaml: a: 3\n")
	mustBeGone(t, space, "partners/two")
}

// TestApplyInterrupted interrupts it at every step: what it has added, it takes back.
func TestApplyInterrupted(t *testing.T) {
	for step, want := range []string{
		"partners/three/new/partner.yaml cannot be written, and nothing has been: it was interrupted",
		"partners/one/partner.yaml cannot be written, and nothing has been: it was interrupted",
		"partners/two/partner.yaml cannot be written, and nothing has been: it was interrupted",
		"partners/one/partner.yaml cannot be written (no files written before it",
	} {
		space, changes := adding(t)
		if err := space.apply(&countdown{t.Context(), step}, changes); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("step %d: %v", step, err)
		}
		holds(t, space, "one", "partner.yaml: a: 1\n")
		holds(t, space, "two", "partner.yaml: a: 1\n")
		mustBeGone(t, space, "partners/three")
	}
}

func mustBeGone(t *testing.T, space *workspace, name string) {
	t.Helper()
	if _, err := os.Lstat(filepath.Join(space.Dir, name)); !os.IsNotExist(err) {
		t.Errorf("%s is there: %v", name, err)
	}
}
