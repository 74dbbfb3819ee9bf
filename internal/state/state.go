// Package state answers the question which state of a repository is looked at:
// the files of a working tree or of a commit, what judges them, and what differs
// between two of them.
package state

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A State is the files of a working tree or of a commit.
type State struct {
	Name    string         // what a message calls it
	Commit  gitfs.CommitID // "" of a working tree
	Files   fs.FS          // whose root holds partners/
	tree    *repo.Tree
	modules func() ([]string, error) // the paths of submodules that look like plain folders
	rules   func() (RuleFiles, error)
}

func noModules() ([]string, error) { return nil, nil }

// RuleFiles are what records are judged by, each from its own folder.
type RuleFiles struct{ Schemas, Policies fs.FS }

// newState returns a state. Its rules are those in the files of rules, or, where
// these have none, the ones built in.
func newState(name string, files, rules fs.FS, builtin RuleFiles) *State {
	return &State{
		Name: name, Files: files, tree: repo.New(files), modules: noModules,
		rules: func() (RuleFiles, error) { return rulesIn(rules, name, builtin) },
	}
}

// Tree returns the state's records.
func (s *State) Tree() *repo.Tree { return s.tree }

// Rules returns what judges the state: the schemas and policies beside the
// records, or, where there are neither, the ones built in. One without the other
// is an error, since it is more likely a mistake.
func (s *State) Rules() (RuleFiles, error) { return s.rules() }

// HasRules reports whether the state has rules of its own, so that it is not
// judged by those built in.
func (s *State) HasRules() bool { return s.Has(layout.Schemas) }

// With returns the state with other files, judged as before.
func (s *State) With(files fs.FS) *State {
	other := *s
	other.Files, other.tree = files, repo.WithModules(files, s.modules)
	return &other
}

func rulesIn(files fs.FS, where string, builtin RuleFiles) (rules RuleFiles, err error) {
	schemas, err := hasFolder(files, where, layout.Schemas)
	if err != nil {
		return rules, err
	}
	policies, err := hasFolder(files, where, layout.Policies)
	switch {
	case err != nil:
		return rules, err
	case schemas && policies:
		if rules.Schemas, err = fs.Sub(files, layout.Schemas); err != nil {
			return rules, err
		}
		rules.Policies, err = fs.Sub(files, layout.Policies)
		return rules, err
	case schemas:
		return rules, lonely(where, layout.Schemas, layout.Policies)
	case policies:
		return rules, lonely(where, layout.Policies, layout.Schemas)
	}
	return builtin, nil
}

func lonely(where, has, lacks string) error {
	return fmt.Errorf("%s has %s/ but no %s/; it needs both, or neither to be judged by the ones built in", where, has, lacks)
}

// hasFolder reports whether there is such a folder. Anything else in its place
// would have the records judged by what is built in, without a word.
func hasFolder(files fs.FS, where, name string) (bool, error) {
	info, err := fs.Lstat(files, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	case !info.IsDir():
		return false, fmt.Errorf("%s in %s is no folder (and links are never followed)", name, where)
	}
	return true, nil
}

// Has reports whether there is a file, a folder or a link at a path.
func (s *State) Has(name string) bool {
	if !fs.ValidPath(name) {
		return false
	}
	_, err := fs.Lstat(s.Files, name)
	return err == nil
}

// IsFolder reports whether there is a folder at a path, perhaps behind a link.
func (s *State) IsFolder(name string) bool {
	info, err := fs.Stat(s.Files, name)
	return err == nil && info.IsDir()
}

// Source returns the text of a file that a finding is about, or nil where there
// is none to show: it is gone, or behind a link.
func (s *State) Source(name string) *source.File {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if info, err := fs.Lstat(s.Files, dir); err != nil || !info.IsDir() {
			return nil
		}
	}
	info, err := fs.Lstat(s.Files, name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > record.MaxBytes {
		return nil
	}
	data, err := fs.ReadFile(s.Files, name)
	if err != nil {
		return nil
	}
	return source.New(data)
}

// mustHoldRecords returns an error where a commit has no folder for records.
func (s *State) mustHoldRecords() error {
	has, err := hasFolder(s.Files, s.Name, layout.Partners)
	if err == nil && !has {
		return fmt.Errorf("there is no folder %s/ in %s; name one that holds records", layout.Partners, s.Name)
	}
	return err
}

// readPast has the records read as those of an earlier time, which may have had
// none: the change that brings the first ones has such a base.
func (s *State) readPast() error {
	s.tree.ReadPast()
	_, err := hasFolder(s.Files, s.Name, layout.Partners)
	return err
}
