package gitfs

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
)

// History returns every commit that can be reached from head, newest first, and
// no commit before one that builds on it. Each comes with the plain files at or
// below the paths (or anywhere below the folder of r without any) whose contents
// differ from those in its first parent, or from nothing where it has none. An
// error of git's comes last.
func (r *Repo) History(ctx context.Context, head CommitID, paths ...string) iter.Seq2[*Commit, error] {
	return func(yield func(*Commit, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		h, err := r.startHistory(ctx, stop, head, paths)
		if err != nil {
			stop()
			yield(nil, err)
			return
		}
		defer h.workers.Wait()
		defer stop()
		for commits := range h.done {
			for _, commit := range commits {
				if !yield(commit, nil) {
					return
				}
			}
		}
		h.workers.Wait()
		if err := cmp.Or(h.compareErr, h.listErr); err != nil {
			yield(nil, err)
		}
	}
}

// batch is how many commits go from hand to hand at a time.
const batch = 256

// A history is being read by two gits at once: one lists the commits, and one
// compares each with its first parent.
type history struct {
	repo          *Repo
	list, compare *process
	workers       sync.WaitGroup
	listed        chan []*Commit // still without their changes
	done          chan []*Commit
	listErr       error // set before listed is closed
	compareErr    error // set before done is closed
}

// startHistory starts to read the history. What it started ends with ctx, which
// stop ends; workers tells when it has.
func (r *Repo) startHistory(ctx context.Context, stop func(), head CommitID, paths []string) (*history, error) {
	limits, err := r.pathspecs(paths)
	if err != nil {
		return nil, err
	}
	h := &history{repo: r, listed: make(chan []*Commit, 1), done: make(chan []*Commit, 1)}
	if h.list, err = r.git.start(ctx, "rev-list", append(logFlags, string(head), "--")...); err != nil {
		return nil, err
	}
	if h.compare, err = r.git.start(ctx, "diff-tree", slices.Concat([]string{"--stdin", "--root"}, rawFlags, limits)...); err != nil {
		h.list.kill()
		return nil, err
	}
	h.workers.Go(func() {
		defer h.list.kill()
		h.listErr = h.listAll(ctx)
		h.compare.in.Close()
		close(h.listed)
	})
	h.workers.Go(func() {
		defer stop() // nobody takes from listed any more
		defer h.compare.kill()
		h.compareErr = h.compareAll(ctx)
		close(h.done)
	})
	return h, nil
}

// listAll lists the commits, and hands each to compareAll before it asks git to
// compare it: git waits once its answers are not taken.
func (h *history) listAll(ctx context.Context) error {
	questions := bufio.NewWriter(h.compare.in)
	for {
		commits, err := readCommits(h.list.out, batch)
		if err != nil {
			return h.list.broken(err)
		}
		if len(commits) == 0 {
			return h.list.wait()
		}
		select {
		case h.listed <- commits:
		case <-ctx.Done():
			return ctx.Err()
		}
		for _, commit := range commits {
			fmt.Fprintln(questions, commit.ID, commit.FirstParent())
		}
		fmt.Fprintln(questions) // git repeats what is no id, and then holds back no answer
		if questions.Flush() != nil {
			return nil // git is gone: compareAll says why
		}
	}
}

// compareAll completes the commits that listAll has listed.
func (h *history) compareAll(ctx context.Context) error {
	for commits := range h.listed {
		if err := h.readChanges(commits); err != nil {
			return h.compare.broken(err)
		}
		select {
		case h.done <- commits:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return h.compare.wait()
}

// readChanges reads what the commits changed, up to the line after the last of
// them. Those that changed nothing are not mentioned.
func (h *history) readChanges(commits []*Commit) error {
	out := h.compare.out
	for current := -1; ; {
		next, err := out.Peek(1)
		switch {
		case err != nil:
			return err
		case next[0] == '\n':
			_, err := out.Discard(1)
			return err
		case next[0] == ':' && current >= 0:
			err = h.readChange(commits[current])
		default:
			current, err = readHeading(out, commits, current)
		}
		if err != nil {
			return err
		}
	}
}

// readHeading reads which commit the next changes are of: one after the current.
func readHeading(out *bufio.Reader, commits []*Commit, current int) (int, error) {
	id, err := out.ReadString(0)
	if err != nil {
		return 0, err
	}
	for current++; current < len(commits); current++ {
		if string(commits[current].ID)+"\x00" == id {
			return current, nil
		}
	}
	return 0, fmt.Errorf("%q is none of the commits in question: install another version of git", id)
}

// readChange reads one change. Those of links and submodules are none, nor are
// those of permissions.
func (h *history) readChange(commit *Commit) error {
	d, err := readDifference(h.compare.out)
	before, after := d.before.blob(), d.after.blob()
	if err == nil && before != after {
		name := strings.TrimPrefix(d.path, h.repo.prefix)
		commit.Changes = append(commit.Changes, FileChange{name, before, after})
	}
	return err
}
