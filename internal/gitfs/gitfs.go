// Package gitfs reads a git repository without a checkout: the files of a
// commit as an fs.FS, which paths changed, and the history.
//
// It runs git for all that judges and reads. No configuration, attribute or hook of
// the repository can make git run another program on the way, nothing is
// fetched, and nothing in the repository is written.
package gitfs

import (
	"bytes"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A Repo is a git repository, seen from one folder in it: every path that it
// takes or returns is relative to that folder, with slashes. It is safe for use
// by several goroutines at once.
type Repo struct {
	git      runner
	objects  objects
	bare     bool
	worktree bool   // whether the folder is in a working tree
	shallow  bool   // whether the history is cut off
	prefix   string // the folder's path from the top, "" or with a slash at its end
	newHash  func() hash.Hash
}

// ErrNoRepository says that git finds none around a folder.
var ErrNoRepository = errors.New("is in no git repository that can be read")

// IsClaimed reports whether the folder dir, or one above it, says that it is a working
// tree's, whether or not git can read the repository: it may be damaged, or another
// user's.
func IsClaimed(dir string) bool {
	_, claim := claimOn(dir)
	return claim != nil
}

// claimOn returns the path of the nearest .git, in the folder dir or in one above it,
// and what it is; nil where there is none.
func claimOn(dir string) (name string, claim os.FileInfo) {
	for at := dir; ; at = filepath.Dir(at) {
		name = filepath.Join(at, ".git")
		if claim, err := os.Lstat(name); err == nil {
			return name, claim
		}
		if at == filepath.Dir(at) {
			return "", nil
		}
	}
}

// Open finds the repository that the folder dir is in: the top of a working
// tree or a folder below it, a linked working tree, a submodule, a bare clone.
// Its error says that git is missing or too old, or that there is no
// repository. The caller closes what it returns.
func Open(ctx context.Context, dir string) (*Repo, error) {
	return open(ctx, dir, false)
}

// OpenReceiving is Open in a hook that receives a push, whose objects git holds
// back in quarantine: there, they are part of the repository.
func OpenReceiving(ctx context.Context, dir string) (*Repo, error) {
	return open(ctx, dir, true)
}

func open(ctx context.Context, dir string, quarantine bool) (*Repo, error) {
	program, err := exec.LookPath("git")
	if errors.Is(err, exec.ErrNotFound) {
		return nil, fmt.Errorf("git is not installed, or not on the PATH; reading commits needs it: install git %s or newer", oldest)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: name git's folder on the PATH by its full path", err)
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	r := &Repo{git: runner{program: program, dir: dir, env: environment(quarantine), config: harmless}}
	if err := r.git.checkVersion(ctx); err != nil {
		return nil, err
	}
	r.git.forgetWhere(ctx)
	r.objects.git = r.git
	if err := r.discover(ctx); err != nil {
		return nil, err
	}
	return r, nil
}

// discover asks git about the repository. What it prints about the folder comes
// last, as a name can hold line breaks.
func (r *Repo) discover(ctx context.Context) error {
	out, err := r.git.output(ctx, "rev-parse", "--is-bare-repository", "--is-inside-work-tree",
		"--is-shallow-repository", "--show-object-format", "--show-prefix")
	if err != nil {
		return fmt.Errorf("%s %w: %w; run this in a clone (git clone makes one)", r.git.dir, ErrNoRepository, err)
	}
	lines := strings.SplitN(string(out), "\n", 5)
	if len(lines) < 5 {
		return fmt.Errorf("git rev-parse says too little about %s: %q; install another version of git", r.git.dir, out)
	}
	r.bare, r.worktree, r.shallow = lines[0] == "true", lines[1] == "true", lines[2] == "true"
	r.prefix = strings.TrimSuffix(lines[4], "\n")
	switch lines[3] {
	case "sha1":
		r.newHash = sha1.New
	case "sha256":
		r.newHash = sha256.New
	default:
		return fmt.Errorf("the repository's objects have %s ids, which are not known here: use one with sha1 or sha256", lines[3])
	}
	r.objects.newHash = r.newHash
	return nil
}

// Close ends the processes that answer for r. They start anew if r is used
// again.
func (r *Repo) Close() error { return r.objects.close() }

// Bare reports whether the repository has no working tree.
func (r *Repo) Bare() bool { return r.bare }

// HasWorktree reports whether the folder is in a working tree.
func (r *Repo) HasWorktree() bool { return r.worktree }

// Shallow reports whether the history is cut off.
func (r *Repo) Shallow() bool { return r.shallow }

// needWorktree returns an error where there are no files to look at.
func (r *Repo) needWorktree() error {
	if r.worktree {
		return nil
	}
	return fmt.Errorf("%s is in no working tree of its repository: run this in one (git worktree add makes one)", r.git.dir)
}

// isID reports whether s is a full object id, whose object need not be there.
func (r *Repo) isID(s string) bool {
	return len(s) == 2*r.newHash().Size() && strings.Trim(s, "0123456789abcdefABCDEF") == ""
}

// pathspecs returns the arguments that limit a git command to what lies below
// the paths, or to the folder of r without any.
func (r *Repo) pathspecs(paths []string) ([]string, error) {
	args := []string{"--"}
	if len(paths) == 0 && r.prefix != "" {
		return append(args, "."), nil
	}
	for _, name := range paths {
		name, err := localPath(name)
		if err != nil {
			return nil, err
		}
		args = append(args, name)
	}
	return args, nil
}

func errNotBelow(name string) error {
	return fmt.Errorf("%q is no path below this folder: name one relative to it, with slashes", name)
}

// split returns the names in a list that git -z printed.
func split(list []byte) []string {
	list = bytes.TrimSuffix(list, []byte{0})
	if len(list) == 0 {
		return nil
	}
	return strings.Split(string(list), "\x00")
}
