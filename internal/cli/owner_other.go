//go:build !unix

package cli

import (
	"io/fs"
	"os"
)

// keepOwner does nothing where files have no owner that a program could keep.
func keepOwner(*os.File, fs.FileInfo) error { return nil }

// linkCount is 1 where it is not known.
func linkCount(fs.FileInfo) int { return 1 }
