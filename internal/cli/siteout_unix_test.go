//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestUmask makes sure that everybody can read a site that is built with a umask
// that keeps files to their owner.
func TestUmask(t *testing.T) {
	before := syscall.Umask(0o077)
	defer syscall.Umask(before)
	out := newOut(t)
	fill(t, out, "text", "index.html", "partners/a/index.html")
	if err := out.swap(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{".": 0o755, "partners/a": 0o755, "partners/a/index.html": 0o644, markName: 0o644} {
		info, err := os.Stat(filepath.Join(out.path, name))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v (%v), want %v", name, info.Mode(), err, want)
		}
	}
}
