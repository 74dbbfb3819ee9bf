//go:build unix

package gitfs

import (
	"path/filepath"
	"syscall"
)

func (g testRepo) mkfifo(name string) {
	g.Helper()
	if err := syscall.Mkfifo(filepath.Join(g.Dir, name), 0o600); err != nil {
		g.Fatal(err)
	}
}
