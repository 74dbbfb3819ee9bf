package check

import (
	"context"
	"sync"
	"sync/atomic"

	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// early judges folders of a run before all others are known. Until the rules are
// compiled, which leaves a processor without work, folders are read ahead.
type early struct {
	*run
	judges   func() judges
	ahead    chan seen
	progress func()
	failed   atomic.Bool // then others wait until all is known, so that it is soon told
}

// A seen folder is one that was read, and its records.
type seen struct {
	*place
	files []repo.File
}

// mostAhead is how many folders are read before the rules are there.
const mostAhead = 256

// newEarly returns what judges so many folders.
func (r *run) newEarly(chosen int) *early {
	return &early{
		run: r, ahead: make(chan seen, mostAhead), progress: r.progressOf(chosen),
		judges: sync.OnceValue(func() judges { return r.judges((*policy.Set).Early) }),
	}
}

// take judges a folder, and those read ahead, or has it wait among these.
func (e *early) take(ctx context.Context, f seen) error {
	select {
	case <-e.loaded:
	default:
		select {
		case e.ahead <- f:
			return nil
		default:
		}
	}
	for {
		select {
		case first := <-e.ahead:
			if err := e.judge(ctx, first); err != nil {
				return err
			}
		default:
			return e.judge(ctx, f)
		}
	}
}

// finish judges the folders that still wait.
func (e *early) finish(ctx context.Context) error {
	if err := e.ready(); err != nil {
		return err
	}
	return parallel.Each(ctx, e.Jobs, len(e.ahead), func(int) error { return e.judge(ctx, <-e.ahead) })
}

// judge judges a folder, unless it need not be judged. That rules fail on it may be for
// want of an answer; it is told at once where nothing was asked.
func (e *early) judge(ctx context.Context, f seen) error {
	defer e.progress()
	if f.clean != nil || e.failed.Load() {
		return nil
	}
	if err := e.ready(); err != nil {
		return err
	}
	if err := e.judgeFolder(ctx, e.judges(), f.place, f.files); err != nil || f.failure() == nil {
		return err
	}
	e.failed.Store(true)
	if len(f.asked) == 0 {
		return f.failure()
	}
	return nil
}
