package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/mergerequest"
	"gitlab.com/gitlab-com/alliances/internal/scaffold"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A beginning is a new repository on its way into a folder: it is written into another
// one in there, and moved when it is complete.
type beginning struct {
	named  string // the folder as somebody named it
	dir    string // absolute
	made   bool   // whether the folder had to be made
	staged string // the folder in it that everything is written into first
	files  scaffold.Files
}

// newBeginning returns the beginning of a repository in a folder, in which nothing may
// be in the way.
func newBeginning(named string, files scaffold.Files) (*beginning, error) {
	if named == "" {
		return nil, errors.New("the name of the folder is empty: name one, or none for this one")
	}
	dir, err := filepath.Abs(named)
	if err != nil {
		return nil, err
	}
	b := &beginning{named: source.Visible(named), dir: dir, files: files}
	about, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !isFolder(filepath.Dir(dir)):
		return nil, fmt.Errorf("there is no folder %s for %s; make it first", source.Visible(filepath.Dir(dir)), source.Visible(filepath.Base(dir)))
	case errors.Is(err, fs.ErrNotExist):
		return b, nil
	case err != nil:
		return nil, err
	case !about.IsDir():
		return nil, fmt.Errorf("%s is no folder; name another one", b.named)
	}
	return b, b.free(b.tops())
}

// free makes sure that the folder holds nothing by these names.
func (b *beginning) free(names []string) error {
	var taken []string
	for _, name := range names {
		if _, err := os.Lstat(filepath.Join(b.dir, name)); err == nil {
			taken = append(taken, name)
		}
	}
	switch {
	case len(taken) == 0:
		return nil
	case slices.Contains(taken, layout.Partners):
		return fmt.Errorf("%s holds a repository of alliances already: `alliances upgrade` brings it up to date; for another one, name another folder", b.named)
	}
	return fmt.Errorf("%s holds %s already, and nothing is overwritten: name another folder, or move that away", b.named, strings.Join(taken, ", "))
}

// tops returns what is to be in the folder itself, sorted.
func (b *beginning) tops() []string {
	tops := map[string]bool{}
	for name := range b.files {
		top, _, _ := strings.Cut(name, "/")
		tops[top] = true
	}
	return slices.Sorted(maps.Keys(tops))
}

// write writes the repository into the folder, or leaves this as it was.
func (b *beginning) write(ctx context.Context, origin scaffold.Origin) (err error) {
	if err := os.Mkdir(b.dir, 0o777); err == nil {
		b.made = true
	} else if !errors.Is(err, fs.ErrExist) {
		return err
	}
	defer func() {
		if err != nil && b.made {
			err = errors.Join(err, os.Remove(b.dir))
		}
	}()
	if b.staged, err = os.MkdirTemp(b.dir, ".alliances-init-*"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.staged)) }()
	if err := b.stage(ctx, origin); err != nil {
		return err
	}
	return b.move(ctx)
}

// stage writes the whole repository into a folder of its own.
func (b *beginning) stage(ctx context.Context, origin scaffold.Origin) error {
	git, err := b.git(ctx)
	if err != nil {
		return err
	}
	defer git.Close()
	b.files[layout.SumFile] = scaffold.NewSum(origin, b.files, git.BlobID).Text()
	for name, text := range b.files {
		file := filepath.Join(b.staged, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(file, text, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// git opens the repository that the folder is in or, where there is none, the one that
// the folder becomes.
func (b *beginning) git(ctx context.Context) (*gitfs.Repo, error) {
	git, err := gitfs.Open(ctx, b.dir)
	switch {
	case err == nil && !git.HasWorktree():
		return nil, errors.Join(errors.New("nothing can be committed there: it is in a bare repository, or in the folder .git of another one: name another folder"), git.Close())
	case errors.Is(err, gitfs.ErrNoRepository) && !gitfs.IsClaimed(b.dir):
		if err := mergerequest.Init(ctx, b.staged); err != nil {
			return nil, err
		}
		return gitfs.Open(ctx, b.staged)
	}
	return git, err
}

// move gives all that is written its place, or takes it back.
func (b *beginning) move(ctx context.Context) error {
	entries, err := os.ReadDir(b.staged)
	if err != nil {
		return err
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	if err := b.free(names); err != nil {
		return err
	}
	for i, name := range names {
		if err := unlessInterrupted(ctx, func() error { return b.place(name, b.staged, b.dir) }); err != nil {
			for _, moved := range names[:i] {
				err = errors.Join(err, b.place(moved, b.dir, b.staged))
			}
			return err
		}
	}
	return nil
}

// place moves the file or folder of a name from one folder into another.
func (b *beginning) place(name, from, to string) error {
	return os.Rename(filepath.Join(from, name), filepath.Join(to, name))
}
