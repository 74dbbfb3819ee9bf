package gitfs

import (
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// An entry is a file or a folder in a commit.
type entry struct {
	name string
	mode fs.FileMode
	id   string // the bytes of the id, not its digits
}

// hex returns the id as git prints it.
func (e *entry) hex() string { return hex.EncodeToString([]byte(e.id)) }

// A tree is what a folder of a commit holds, sorted by name. Git's own order
// takes the names of folders to end in a slash.
type tree []entry

// find returns the entry with the name, or nil.
func (t tree) find(name string) *entry {
	i, found := slices.BinarySearchFunc(t, name, func(e entry, name string) int { return strings.Compare(e.name, name) })
	if !found {
		return nil
	}
	return &t[i]
}

// parseTree parses a tree object, whose ids have size bytes. Names that no
// folder can have, and one name twice, are errors: what the tree holds would
// depend on who reads it.
func parseTree(data string, size int) (tree, error) {
	t := make(tree, 0, len(data)/(size+len("100644 name")))
	for data != "" {
		head, rest, found := strings.Cut(data, "\x00")
		digits, name, separated := strings.Cut(head, " ")
		mode, err := strconv.ParseUint(digits, 8, 32)
		if !found || !separated || err != nil || len(rest) < size {
			return nil, fmt.Errorf("its entry %d is cut off", len(t)+1)
		}
		if name == "" || name == "." || name == ".." || strings.Contains(name, "/") {
			return nil, fmt.Errorf("it holds the name %q", name)
		}
		t = append(t, entry{name, fileMode(mode), rest[:size]})
		data = rest[size:]
	}
	slices.SortFunc(t, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	for i := range len(t) - 1 {
		if t[i].name == t[i+1].name {
			return nil, fmt.Errorf("it holds the name %q twice", t[i].name)
		}
	}
	return t, nil
}

// The types of files in git's modes, and the one permission.
const (
	typeMask   = 0o170000
	typeFolder = 0o040000
	typePlain  = 0o100000
	typeLink   = 0o120000
	typeModule = 0o160000
	executable = 0o000100
)

// fileMode returns what git's mode is in terms of io/fs. What it has no word
// for, as a submodule, is irregular.
func fileMode(mode uint64) fs.FileMode {
	switch mode & typeMask {
	case typeFolder:
		return fs.ModeDir | 0o755
	case typeLink:
		return fs.ModeSymlink | 0o777
	case typePlain:
		if mode&executable != 0 {
			return 0o755
		}
		return 0o644
	}
	return fs.ModeIrregular
}
