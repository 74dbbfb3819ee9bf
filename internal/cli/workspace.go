package cli

import (
	"cmp"
	"fmt"
	"path/filepath"
	"sync"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/lookup"
	"gitlab.com/gitlab-com/alliances/internal/state"
)

// A workspace is a repository and the state of it that a command works on.
type workspace struct {
	*state.Repository
	state    *state.State
	change   *state.Change                   // that leads to the state, where it is compared with another; or nil
	judge    *state.State                    // whose rules judge it, where they are not its own; or nil
	rulebook func() (*check.Rulebook, error) // compiled once, when it is first asked for
}

func newWorkspace(repository *state.Repository) *workspace {
	w := &workspace{Repository: repository}
	w.rulebook = sync.OnceValues(w.load)
	return w
}

// repository returns the repository in dir, or, where dir is empty, in this
// folder or the nearest one above it that holds partners/.
func (p *Program) repository(dir string) (*state.Repository, error) {
	return state.Open(dir, state.RuleFiles{Schemas: p.Schemas, Policies: p.Policies})
}

// open returns the workspace of the working tree in dir; see repository.
func (p *Program) open(dir string) (*workspace, error) {
	repository, err := p.repository(dir)
	if err != nil {
		return nil, err
	}
	w := newWorkspace(repository)
	if w.state, err = repository.WorkingTree(); err != nil {
		return nil, joinClose(err, repository)
	}
	return w, nil
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

// load compiles what judges the state.
func (w *workspace) load() (*check.Rulebook, error) {
	if w.judge == nil {
		return load(w.state)
	}
	rules, err := load(w.judge)
	if err != nil {
		return nil, fmt.Errorf("the rules of %s: %w", w.judge.Name, err)
	}
	return rules, nil
}

// load compiles the rules of a state.
func load(s *state.State) (*check.Rulebook, error) {
	files, err := s.Rules()
	if err != nil {
		return nil, err
	}
	return check.Load(files.Schemas, files.Policies)
}

// kind returns what judges the state, and the kind of record that somebody named.
func (w *workspace) kind(name string) (rules *check.Rulebook, kind string, err error) {
	if rules, err = w.rulebook(); err != nil {
		return nil, "", err
	}
	kind, err = lookup.Kind(rules.Schemas, name)
	return rules, kind, err
}

// base returns what the state is compared with, or nil.
func (w *workspace) base() *check.Base {
	if w.change == nil {
		return nil
	}
	return &check.Base{Tree: w.change.Before.Tree(), Paths: w.change.Paths, Rules: w.bringsRules()}
}

// bringsRules reports whether the change is judged by rules that it brings along.
func (w *workspace) bringsRules() bool { return w.judge == nil && w.change.Paths.TouchRules() }

// revision returns the commit that the state is of, or builds on.
func (w *workspace) revision() string { return cmp.Or(string(w.state.Commit), "HEAD") }

// before returns the state that the change started from, or nil.
func (w *workspace) before() *state.State {
	if w.change == nil {
		return nil
	}
	return w.change.Before
}

// scope says in the summary what was judged, and by what, if that is not
// everything by its own rules. named tells that only folders that somebody named
// were.
func (w *workspace) scope(named bool) string {
	return joinWords(w.judged(named), w.by())
}

func (w *workspace) judged(named bool) string {
	switch {
	case w.change == nil:
		return ""
	case w.bringsRules() && named:
		return "whatever changed in them, since what judges them has changed since " + w.change.Before.Commit.Short()
	case w.bringsRules():
		return "all of them, since what judges them has changed since " + w.change.Before.Commit.Short()
	}
	return "in the folders that the change since " + w.change.Before.Commit.Short() + " touches"
}

// by says whose rules they were.
func (w *workspace) by() string {
	switch {
	case w.judge == nil:
		return ""
	case w.judge.HasRules():
		return "by the rules of " + w.judge.Name
	}
	return "by the rules built in, since " + w.judge.Name + " has none"
}

func joinWords(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}

// nothing says that there was nothing to judge.
func (w *workspace) nothing(named bool, shard check.Shard) string {
	if shard.IsPart() {
		return fmt.Sprintf("the change since %s touches no folder of part %d of %d: there is nothing to judge in it", w.change.Before.Commit.Short(), shard.Index, shard.Count)
	}
	if named {
		return "the change since " + w.change.Before.Commit.Short() + " touches none of the folders that are named: there is nothing to judge"
	}
	return "the change since " + w.change.Before.Commit.Short() + " touches no partner's folder: there is nothing to judge"
}

// otherRules says that the change brings rules by which it was not judged, if so.
func (w *workspace) otherRules() string {
	if w.change == nil || w.judge == nil || !w.change.Paths.TouchRules() {
		return ""
	}
	return "the change touches what judges the records, and was judged " + w.by() + ": run without --rules-from to see what its own rules find"
}
