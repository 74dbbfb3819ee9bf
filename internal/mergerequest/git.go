// Package mergerequest makes of what somebody wrote a branch, a commit and a
// merge request, or leaves everything as it was. It works with the git of the
// person, with their configuration, hooks and credentials: nothing here judges
// records.
package mergerequest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A Git is a working tree, and the program that changes it. Paths that it takes or
// returns are relative to its folder, with slashes.
type Git struct {
	program string
	dir     string
	prefix  string // the folder's path from the top of the working tree, "" or with a slash at its end
	folder  string // git's own, of this working tree
}

// Open finds the working tree that the folder dir is in.
func Open(ctx context.Context, dir string) (*Git, error) {
	program, err := exec.LookPath("git")
	if err != nil {
		return nil, fmt.Errorf("git is not installed, or not on the PATH, and proposing needs it: %w", err)
	}
	g := &Git{program: program, dir: dir}
	bare, err := g.line(ctx, "rev-parse", "--is-bare-repository")
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s is in no git repository: run this in a clone (git clone makes one): %w", dir, err)
	case bare == "true":
		return nil, fmt.Errorf("%s is a bare repository, in which nothing can be written: run this in a clone of it", dir)
	}
	if g.prefix, err = g.line(ctx, "rev-parse", "--show-prefix"); err != nil {
		return nil, err
	}
	if g.folder, err = g.line(ctx, "rev-parse", "--absolute-git-dir"); err != nil {
		return nil, err
	}
	return g, nil
}

// An order is one call of git.
type order struct {
	args []string
	in   string   // what it reads
	env  []string // what its environment has besides that of this process
}

// patience is how long a git that is interrupted may take to end.
const patience = 5 * time.Second

// do runs git and returns what it prints. Its error holds all that git says, whose
// hooks and remotes may say it.
func (g *Git) do(ctx context.Context, o order) (out, said string, err error) {
	cmd := exec.CommandContext(ctx, g.program, o.args...)
	cmd.Dir, cmd.Env = g.dir, append(environment(), o.env...)
	cmd.Stdin = strings.NewReader(o.in)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // killed, it would leave its lock behind
	cmd.WaitDelay = patience
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	out, said = stdout.String(), strings.TrimSpace(stderr.String())
	if err != nil && ctx.Err() != nil {
		err = errors.New("it was interrupted")
	} else if err != nil {
		err = &failure{strings.TrimSpace(said + "\n" + out), err}
	}
	return out, said, err
}

// environment returns the variables of this process but those by which a hook of
// git, in which this may run, names another repository or index.
func environment() []string {
	return slices.DeleteFunc(os.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return slices.Contains([]string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}, name)
	})
}

// A failure is what git says where it fails.
type failure struct {
	words string
	exit  error
}

// Error implements error.
func (f *failure) Error() string {
	if f.words == "" {
		return f.exit.Error()
	}
	return f.words
}

// Unwrap returns how git ended.
func (f *failure) Unwrap() error { return f.exit }

// line returns the one line that git prints.
func (g *Git) line(ctx context.Context, args ...string) (string, error) {
	out, _, err := g.do(ctx, order{args: args})
	return strings.TrimSuffix(out, "\n"), err
}

// lines returns the lines that git prints.
func (g *Git) lines(ctx context.Context, args ...string) ([]string, error) {
	out, err := g.line(ctx, args...)
	if err != nil || out == "" {
		return nil, err
	}
	return strings.Split(out, "\n"), nil
}

// has reports whether git finds what it is asked for.
func (g *Git) has(ctx context.Context, args ...string) bool {
	_, _, err := g.do(ctx, order{args: args})
	return err == nil
}

// own reports whether git's own folder holds a file or folder of that name.
func (g *Git) own(name string) bool {
	_, err := os.Lstat(filepath.Join(g.folder, name))
	return err == nil
}
