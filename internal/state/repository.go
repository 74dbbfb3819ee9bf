package state

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"gitlab.com/gitlab-com/alliances/internal/dirfs"
	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/layout"
)

// A Repository is the folder that a command works on: with a working tree, with a
// git repository, or with both.
type Repository struct {
	Dir  string // that holds partners/; absolute
	Base string // what paths that people name are relative to; absolute

	// Receiving says that this is a hook that receives a push, and that the objects
	// of the push count.
	Receiving bool

	named   bool // whether it is the folder that somebody named
	builtin RuleFiles
	root    *os.Root    // of the working tree, once it is opened
	tree    *State      // of the working tree, once it is asked for
	git     *gitfs.Repo // once it is opened
}

// Open returns the repository in dir, or, where dir is empty, in the folder one
// stands in or the nearest one above it that holds partners/. builtin is what
// judges records that have no rules beside them. The caller closes it.
func Open(dir string, builtin RuleFiles) (*Repository, error) {
	r, err := OpenAround(dir, builtin)
	if err == nil && dir != "" {
		r.Dir, r.named = r.Base, true
	}
	return r, err
}

// OpenAround returns the repository that a folder lies in, as Open does for the one one
// stands in, which is meant where dir is empty.
func OpenAround(dir string, builtin RuleFiles) (*Repository, error) {
	base, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	r := &Repository{Dir: base, Base: base, builtin: builtin}
	if above, found := findAbove(base); found {
		r.Dir = above
	}
	return r, nil
}

// Close gives the folder back, and ends the git that answers for it.
func (r *Repository) Close() error {
	var errs []error
	if r.root != nil {
		errs = append(errs, r.root.Close())
	}
	if r.git != nil {
		errs = append(errs, r.git.Close())
	}
	return errors.Join(errs...)
}

// findAbove returns the nearest folder, from dir on, that holds partners/.
func findAbove(dir string) (above string, found bool) {
	for at := dir; ; at = filepath.Dir(at) {
		if isFolder(filepath.Join(at, layout.Partners)) {
			return at, true
		}
		if at == filepath.Dir(at) {
			return "", false
		}
	}
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// Root returns the folder of the working tree, which no link leads out of.
func (r *Repository) Root() (*os.Root, error) {
	if r.root != nil {
		return r.root, nil
	}
	if _, found := findAbove(r.Dir); !found && !r.named {
		return nil, fmt.Errorf("there is no folder %s/ in %s or above it; run this in the repository, or name it with -C DIR", layout.Partners, r.Base)
	}
	root, err := os.OpenRoot(r.Dir)
	if err != nil {
		return nil, fmt.Errorf("the folder named with -C cannot be opened: %w", err)
	}
	r.root = root
	return root, nil
}

// WorkingTree returns the state of the working tree, committed or not.
//
// Schemas and policies are read through a root, which follows no link out of the
// folder. Records are opened only after a listing has shown them to be plain
// files in plain folders, and never as links; through a root a run would take longer.
func (r *Repository) WorkingTree() (*State, error) {
	if r.tree != nil {
		return r.tree, nil
	}
	root, err := r.Root()
	if err != nil {
		return nil, err
	}
	s := newState(r.Dir, dirfs.New(r.Dir), root.FS(), r.builtin)
	s.modules = sync.OnceValues(r.modules)
	s = s.With(s.Files)
	if _, err = s.Rules(); err == nil {
		r.tree = s
	}
	return s, err
}

// modules returns the paths of the submodules in partners/ that git's index has.
// A folder that is in no git repository has none.
func (r *Repository) modules() ([]string, error) {
	if !gitfs.MayHoldModules(r.Dir) {
		return nil, nil
	}
	ctx := context.Background()
	git, err := gitfs.Open(ctx, r.Dir) // of its own: another may be opened at the same time
	if err != nil {
		return nil, err
	}
	modules, err := git.Modules(ctx, layout.Partners)
	return modules, errors.Join(err, git.Close())
}

// Git returns the git repository that the folder is in. A bare one holds records
// in its commits alone.
func (r *Repository) Git(ctx context.Context) (*gitfs.Repo, error) {
	if r.git != nil {
		return r.git, nil
	}
	if !isFolder(r.Base) {
		return nil, fmt.Errorf("%s is no folder; name the repository with -C DIR", r.Base)
	}
	git, err := r.openGit(ctx, r.Base)
	if err != nil {
		return nil, err
	}
	switch {
	case git.Bare(): // whatever it lies in
		r.Dir = r.Base
	case r.Dir != r.Base:
		if err := git.Close(); err != nil {
			return nil, err
		}
		if git, err = r.openGit(ctx, r.Dir); err != nil {
			return nil, err
		}
	}
	r.git = git
	return git, nil
}

func (r *Repository) openGit(ctx context.Context, dir string) (*gitfs.Repo, error) {
	if r.Receiving {
		return gitfs.OpenReceiving(ctx, dir)
	}
	return gitfs.Open(ctx, dir)
}

// At returns the state that a revision names.
func (r *Repository) At(ctx context.Context, rev string) (*State, error) {
	s, err := r.RulesAt(ctx, rev)
	if err != nil {
		return nil, err
	}
	return s, s.mustHoldRecords()
}

// RulesAt returns the state that a revision names, for its rules alone: it need
// not hold records.
func (r *Repository) RulesAt(ctx context.Context, rev string) (*State, error) {
	git, err := r.Git(ctx)
	if err != nil {
		return nil, err
	}
	id, err := git.Commit(ctx, rev)
	if err != nil {
		return nil, err
	}
	return r.filesOf(ctx, id)
}

func (r *Repository) filesOf(ctx context.Context, id gitfs.CommitID) (*State, error) {
	files, err := r.git.FS(ctx, id)
	if err != nil {
		return nil, err
	}
	s := newState("the commit "+id.Short(), files, files, r.builtin)
	s.Commit = id
	return s, nil
}
