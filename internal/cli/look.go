package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"gitlab.com/gitlab-com/alliances/internal/state"
)

// lookFlags say which state of which repository a command looks at.
type lookFlags struct {
	dir                   string
	base, head, rulesFrom string
	set                   *pflag.FlagSet // tells which of them are given
}

const (
	dirUsage  = "work on the repository in `DIR` (default: this folder, or the nearest above it that holds partners/)"
	headUsage = "look at the commit `REV` as git has it, not at the working tree"
)

// unset is what to do about an empty revision.
const unset = "name a branch or a commit (a variable may be unset; CI_MERGE_REQUEST_DIFF_BASE_SHA is set in merge requests alone)"

// ofBase is what --rules-from calls the merge base of --base.
const ofBase = "base"

func (f *lookFlags) addDir(set *pflag.FlagSet) {
	f.set = set
	set.StringVarP(&f.dir, "dir", "C", "", dirUsage)
}

func (f *lookFlags) addHead(set *pflag.FlagSet) { set.StringVar(&f.head, "head", "", headUsage) }

func (f *lookFlags) addBase(set *pflag.FlagSet, usage string) {
	set.StringVar(&f.base, "base", "", usage)
}

func (f *lookFlags) addRulesFrom(set *pflag.FlagSet) {
	set.StringVar(&f.rulesFrom, "rules-from", "", "judge by the schemas and policies of the commit `REV`, or of the merge base where it is the word base")
}

func (f *lookFlags) given(name string) bool { return f.set.Changed(name) }

// check returns an error where a revision is empty, or needs another.
func (f *lookFlags) check() error {
	for _, flag := range []struct{ name, value string }{{"base", f.base}, {"head", f.head}, {"rules-from", f.rulesFrom}} {
		if f.set.Lookup(flag.name) != nil && f.given(flag.name) && flag.value == "" {
			return fmt.Errorf("--%s is empty: %s", flag.name, unset)
		}
	}
	if f.rulesFrom == ofBase && !f.given("base") {
		return errors.New("--rules-from base is the merge base of --base: give that, too (a branch of that name is refs/heads/base)")
	}
	return nil
}

// look opens the state that the flags name, what it is compared with, and what
// judges it.
func (p *Program) look(ctx context.Context, f *lookFlags) (*workspace, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	repository, err := p.repository(f.dir)
	if err != nil {
		return nil, err
	}
	w := newWorkspace(repository)
	if err := w.look(ctx, f); err != nil {
		return nil, joinClose(err, repository)
	}
	return w, nil
}

func (w *workspace) look(ctx context.Context, f *lookFlags) (err error) {
	if w.state, err = w.stateOf(ctx, f.head); err != nil {
		return err
	}
	if f.base != "" {
		if w.change, err = w.changeTo(ctx, f.base, f.head); err != nil {
			return err
		}
		w.state = w.change.After
	}
	switch f.rulesFrom {
	case "":
	case ofBase:
		w.judge = w.change.Before
	default:
		w.judge, err = w.RulesAt(ctx, f.rulesFrom)
	}
	return err
}

// stateOf returns the state of a commit, or of the working tree where head is
// empty.
func (w *workspace) stateOf(ctx context.Context, head string) (*state.State, error) {
	if head == "" {
		return w.WorkingTree()
	}
	return w.At(ctx, head)
}

func (w *workspace) changeTo(ctx context.Context, base, head string) (*state.Change, error) {
	if head != "" {
		return w.Between(ctx, base, head)
	}
	change, err := w.Since(ctx, base)
	if errors.Is(err, state.ErrBare) {
		return nil, fmt.Errorf("%w; name a commit to judge, such as `--head HEAD`", err)
	}
	return change, err
}
