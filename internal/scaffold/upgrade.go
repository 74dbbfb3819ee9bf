package scaffold

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A Kind is what an upgrade makes of a file, and why.
type Kind int

// The kinds, in the order in which they are told.
const (
	Noted       Kind = iota // the next upgrade needs it: nothing to be told
	Added                   // the newer version brings it
	Replaced                // nobody had edited it
	Merged                  // it was edited elsewhere than the newer version changes it
	Removed                 // nobody had edited it, and the newer version has it no more
	LeftDeleted             // somebody had deleted it
	LeftEdited              // somebody had edited it, and the newer version has it no more
	Conflict                // both changed the same lines
	Clash                   // the newer version brings it, and there is another by that name
	Unknown                 // it was edited, and what it said before is nowhere to be found
)

// IsConflict reports whether somebody has to decide what the file is to say: it then
// holds both between marks.
func (k Kind) IsConflict() bool { return k >= Conflict }

// A Step is what an upgrade makes of one file.
type Step struct {
	Kind          Kind
	Path          string
	Before, After []byte // nil where there is no file
	Marks         []int  // the lines with which conflicts begin
}

// Writes reports whether the file is written or removed.
func (s *Step) Writes() bool {
	return (s.Before == nil) != (s.After == nil) || !bytes.Equal(s.Before, s.After)
}

// An Upgrade is what a newer version changes in a repository.
type Upgrade struct {
	From, To Origin
	Steps    []Step
}

// A Given is a repository as it is: what it was given, what its files say by now, and
// git, which keeps what they said before.
type Given struct {
	Sum   *Sum
	Files fs.FS
	Git   *gitfs.Repo
}

// Upgrade returns what the files of a newer version change in the repository. It writes
// nothing.
func (g *Given) Upgrade(ctx context.Context, to Origin, files Files) (*Upgrade, error) {
	u := &Upgrade{From: g.Sum.Origin, To: to}
	sum := NewSum(to, files, g.Git.BlobID)
	paths := maps.Clone(g.Sum.IDs)
	maps.Copy(paths, sum.IDs)
	names := slices.Sorted(maps.Keys(paths))
	if err := g.mustBeDecided(names); err != nil {
		return nil, err
	}
	bases := Files{}
	for _, name := range names {
		theirs := gitfs.NamedText{Name: to.Version, Text: files[name]}
		step, err := g.step(ctx, name, theirs)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", source.Visible(name), err)
		}
		if step == nil {
			continue
		}
		u.Steps = append(u.Steps, *step)
		switch {
		case step.Kind == Noted || step.Kind == Merged || step.Kind.IsConflict():
			bases[name] = theirs.Text
		case step.Kind == LeftDeleted && sum.IDs[name] != "":
			sum.IDs[name] = g.Sum.IDs[name] // somebody may bring it back
		}
	}
	return u, g.note(u, sum, bases)
}

// mustBeDecided returns an error where files hold what an upgrade before has left to
// somebody to decide: what is new now would come between its marks.
func (g *Given) mustBeDecided(names []string) error {
	var places []string
	for _, name := range names {
		ours, err := g.read(name)
		if err != nil {
			return fmt.Errorf("%s: %w", source.Visible(name), err)
		}
		for _, line := range marks(ours) {
			places = append(places, fmt.Sprintf("%s:%d", source.Visible(name), line))
		}
	}
	if len(places) == 0 {
		return nil
	}
	return fmt.Errorf("nothing was written, since these are in conflict from before: decide what is to stand between each <<<<<<< and >>>>>>>, and run this again\n  %s",
		strings.Join(places, "\n  "))
}

// note adds the steps that keep what the next upgrade needs: the sum, and the texts that
// edits are merged with, which git never has as they are.
func (g *Given) note(u *Upgrade, sum *Sum, bases Files) error {
	kept, err := g.kept()
	if err != nil {
		return err
	}
	before, err := g.read(layout.SumFile)
	if err != nil {
		return fmt.Errorf("%s: %w", layout.SumFile, err)
	}
	noted := []Step{{Path: layout.SumFile, Before: before, After: sum.Text()}}
	for name, text := range kept {
		if bases[name] == nil && g.Git.BlobID(text) != sum.IDs[name] {
			noted = append(noted, Step{Path: path.Join(layout.Bases, name), Before: text})
		}
	}
	for name, text := range bases {
		noted = append(noted, Step{Path: path.Join(layout.Bases, name), Before: kept[name], After: text})
	}
	noted = slices.DeleteFunc(noted, func(s Step) bool { return !s.Writes() })
	slices.SortFunc(noted, func(a, b Step) int { return strings.Compare(a.Path, b.Path) })
	u.Steps = append(u.Steps, noted...)
	return nil
}

// kept returns the texts that edits were merged with before.
func (g *Given) kept() (Files, error) {
	folder, err := fs.Sub(g.Files, layout.Bases)
	if err != nil {
		return nil, err
	}
	kept := Files{}
	if err := kept.add(folder, "."); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return kept, nil
}

// step returns what becomes of a file, or nil where it stays as it is for no reason to
// be told.
func (g *Given) step(ctx context.Context, name string, theirs gitfs.NamedText) (*Step, error) {
	ours, err := g.read(name)
	if err != nil {
		return nil, err
	}
	s := &Step{Path: name, Before: ours, After: theirs.Text}
	id, wasGiven := g.Sum.IDs[name]
	isThere, isEdited, comes := ours != nil, g.Git.BlobID(ours) != id, theirs.Text != nil
	switch {
	case isThere == comes && bytes.Equal(ours, theirs.Text):
		return nil, nil
	case !isThere && wasGiven:
		s.Kind, s.After = LeftDeleted, nil
	case !isThere:
		s.Kind = Added
	case !comes && isEdited:
		s.Kind, s.After = LeftEdited, ours
	case !comes:
		s.Kind = Removed
	case !isEdited:
		s.Kind = Replaced
	case g.Git.BlobID(theirs.Text) == id:
		return nil, nil
	default:
		return g.merge(ctx, s, theirs)
	}
	return s, nil
}

// read returns what a file says, or nil where there is none.
func (g *Given) read(name string) ([]byte, error) {
	about, err := fs.Lstat(g.Files, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !about.Mode().IsRegular():
		return nil, errors.New("this is no plain file, as it has to be: put it back first")
	}
	text, err := fs.ReadFile(g.Files, name)
	return append([]byte{}, text...), err // nil is no file, not an empty one
}

// merge has git put together what both have changed.
func (g *Given) merge(ctx context.Context, s *Step, theirs gitfs.NamedText) (*Step, error) {
	base, kind, err := g.base(ctx, s.Path)
	if err != nil {
		return nil, err
	}
	merged, conflicts, err := g.Git.Merge(ctx, gitfs.NamedText{Name: "yours", Text: s.Before}, gitfs.NamedText{Text: base}, theirs)
	s.After = merged
	switch {
	case conflicts > 0:
		s.Kind, s.Marks = kind, marks(merged)
	case bytes.Equal(merged, s.Before): // it says already what is new
		s.Kind = Noted
	default:
		s.Kind = Merged
	}
	return s, err
}

// base returns what a file said when it was given, and which kind of conflict there is
// where lines differ.
func (g *Given) base(ctx context.Context, name string) ([]byte, Kind, error) {
	id, wasGiven := g.Sum.IDs[name]
	if !wasGiven {
		return nil, Clash, nil
	}
	if kept, err := g.read(path.Join(layout.Bases, name)); err != nil || kept != nil && g.Git.BlobID(kept) == id {
		return kept, Conflict, err
	}
	base, err := g.Git.Blob(ctx, id)
	switch {
	case errors.Is(err, gitfs.ErrNotHere) && g.Git.Shallow():
		return nil, 0, errCutOff
	case errors.Is(err, gitfs.ErrNotHere): // it was edited before its first commit, say
		return nil, Unknown, nil
	}
	return base, Conflict, err
}

var errCutOff = errors.New("what it said before it was edited is not in this clone, whose history is cut off: get all of it (git fetch --unshallow), and run this again")

// marks returns the lines with which git's marks of conflicts begin, counted from 1.
func marks(text []byte) (lines []int) {
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		if strings.HasPrefix(line, "<<<<<<< ") {
			lines = append(lines, number)
		}
	}
	return lines
}
