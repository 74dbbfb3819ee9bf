package gitfs

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// A NamedText is a text to merge, and what the marks of a conflict call it.
type NamedText struct {
	Name string
	Text []byte
}

// Merge returns ours with what differs between base and theirs, as git merges it. Where
// both change the same lines, it holds the two of them between marks; conflicts is how
// often.
func (r *Repo) Merge(ctx context.Context, ours, base, theirs NamedText) (merged []byte, conflicts int, err error) {
	dir, err := os.MkdirTemp("", "alliances-merge-*")
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	args := []string{"--stdout"}
	var files []string
	for i, text := range []NamedText{ours, base, theirs} {
		if bytes.IndexByte(text.Text, 0) >= 0 {
			return nil, 0, errBinary
		}
		file := filepath.Join(dir, string(rune('a'+i)))
		if err := os.WriteFile(file, text.Text, 0o600); err != nil {
			return nil, 0, err
		}
		args, files = append(args, "-L", text.Name), append(files, file)
	}
	git := r.git
	git.config = append(slices.Clip(git.config), "merge.conflictStyle=merge")
	merged, err = git.output(ctx, "merge-file", append(args, files...)...)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() > 0 && exit.ExitCode() <= mostConflicts {
		return merged, exit.ExitCode(), nil
	}
	return merged, 0, err
}

var errBinary = errors.New("it is no text in UTF-8, which alone can be merged: save it as such")

// mostConflicts is the highest exit status by which git counts conflicts, of which there
// may be more. Above it, git failed.
const mostConflicts = 127
