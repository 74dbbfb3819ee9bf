//go:build unix

package cli

import (
	"io/fs"
	"os"
	"syscall"
)

// keepOwner gives a file that root writes the owner of the file whose place it
// takes; nobody else could give it away.
func keepOwner(file *os.File, about fs.FileInfo) error {
	owner, ok := about.Sys().(*syscall.Stat_t)
	if !ok || os.Geteuid() != 0 {
		return nil
	}
	return file.Chown(int(owner.Uid), int(owner.Gid))
}

// linkCount returns how many names a file has.
func linkCount(about fs.FileInfo) int {
	if owner, ok := about.Sys().(*syscall.Stat_t); ok {
		return int(owner.Nlink)
	}
	return 1
}
