package gitfs

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
)

// Modules returns the paths in the index at or below a path at which there is a
// submodule, whether or not it has been fetched. It needs a working tree.
func (r *Repo) Modules(ctx context.Context, path string) ([]string, error) {
	entries, err := r.list(ctx, []string{path}, "--stage")
	var modules []string
	for _, entry := range entries { // mode, id and stage, a tab and the path
		if name, ok := strings.CutPrefix(entry, "160000 "); ok {
			_, name, _ = strings.Cut(name, "\t")
			modules = append(modules, name)
		}
	}
	return modules, err
}

// moduleMode is how an index of any version writes that an entry is a submodule
// (gitformat-index, "32-bit mode"), in a number from the most significant byte on.
var moduleMode = []byte{0, 0, typeModule >> 8, 0}

// MayHoldModules reports whether the working tree that the folder dir is in could
// have submodules: false is for sure. Most repositories have none, and a look into
// the index is many times faster than asking git.
func MayHoldModules(dir string) bool {
	if os.Getenv("GIT_DIR") != "" || os.Getenv("GIT_INDEX_FILE") != "" {
		return true
	}
	name, claim := claimOn(dir)
	switch {
	case claim == nil:
		return false
	case !claim.IsDir():
		return true // a linked working tree, say, whose index is elsewhere
	}
	index, err := os.ReadFile(filepath.Join(name, "index"))
	// What begins with link holds the rest of the index in another file.
	return err == nil && (bytes.Contains(index, moduleMode) || bytes.Contains(index, []byte("link")))
}
