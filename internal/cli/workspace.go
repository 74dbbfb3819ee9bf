package cli

import (
	"path/filepath"
	"sync"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/state"
)

// A workspace is a repository and its working tree, which a command works on.
type workspace struct {
	*state.Repository
	state    *state.State
	rulebook func() (*check.Rulebook, error) // compiled once, when it is first asked for
}

// repository returns the repository in dir, or, where dir is empty, in this
// folder or the nearest one above it that holds partners/.
func (p *Program) repository(dir string) (*state.Repository, error) {
	return state.Open(dir, state.RuleFiles{Schemas: p.Schemas, Policies: p.Policies})
}

// open returns the workspace in dir; see repository.
func (p *Program) open(dir string) (*workspace, error) {
	repository, err := p.repository(dir)
	if err != nil {
		return nil, err
	}
	tree, err := repository.WorkingTree()
	if err != nil {
		return nil, joinClose(err, repository)
	}
	return &workspace{repository, tree, sync.OnceValues(func() (*check.Rulebook, error) { return load(tree) })}, nil
}

// openAnywhere returns the workspace in dir; see repository. Where dir is empty
// and no folder holds partners/, it is this folder, and what judges is built in:
// for commands that read no record.
func (p *Program) openAnywhere(dir string) (*workspace, error) {
	repository, err := p.repository(dir)
	if err != nil {
		return nil, err
	}
	if dir == "" && !isFolder(filepath.Join(repository.Dir, layout.Partners)) {
		dir = "."
	}
	return p.open(dir)
}

// load compiles what judges a state.
func load(s *state.State) (*check.Rulebook, error) {
	files, err := s.Rules()
	if err != nil {
		return nil, err
	}
	return check.Load(files.Schemas, files.Policies)
}
