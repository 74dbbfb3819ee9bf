package mergerequest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/lazy"
)

// A Plan is what is to be done.
type Plan struct {
	Branch   string         // to be made; "" for the one that is checked out
	Paths    []string       // of the files to commit; none where they are committed already
	Snapshot gitfs.CommitID // what has been judged
	Message  string         // of the commit
	Options  []string       // git's push options
}

// Propose makes the branch and the commit and pushes them, and returns the address
// of the merge request, or "" where the remote names none. Where a step fails, or
// somebody interrupts it, the working tree, the index and the branches are as they
// were, unless somebody has gone on working there meanwhile.
func (s *Stand) Propose(ctx context.Context, plan *Plan) (link string, err error) {
	var undo undoing
	branch := cmp.Or(plan.Branch, s.Branch)
	defer func() {
		if err != nil && len(undo) > 0 {
			err = errors.Join(err, s.takeBack(context.WithoutCancel(ctx), branch, plan, undo))
		}
	}()
	if plan.Branch != "" {
		if err := s.begin(ctx, branch, &undo); err != nil {
			return "", err
		}
	}
	if len(plan.Paths) > 0 {
		if err := s.commit(ctx, branch, plan, &undo); err != nil {
			return "", err
		}
	}
	return s.push(ctx, branch, plan.Options)
}

// An undoing is how to take back what was done, in the order in which it was.
type undoing []func(ctx context.Context) error

func (u *undoing) by(step func(ctx context.Context) error) { *u = append(*u, step) }

func (u undoing) all(ctx context.Context) error {
	var errs []error
	for _, step := range slices.Backward(u) {
		errs = append(errs, step(ctx))
	}
	return errors.Join(errs...)
}

// takeBack undoes what was done, but nothing that others did since: a hook that runs
// long leaves time for work in another window.
func (s *Stand) takeBack(ctx context.Context, branch string, plan *Plan, undo undoing) error {
	if !s.isUntouched(ctx, branch, plan) {
		return fmt.Errorf("something else was done in this clone meanwhile, so that the branch %s stays as it is now: `git log %[1]s` shows it", branch)
	}
	return undo.all(ctx)
}

// isUntouched reports whether the branch that is proposed, and what is checked out,
// are still as they were left here.
func (s *Stand) isUntouched(ctx context.Context, branch string, plan *Plan) bool {
	at, _ := s.line(ctx, "symbolic-ref", "--quiet", "--short", "HEAD")
	tip, _ := s.line(ctx, "rev-parse", "--verify", "--quiet", "refs/heads/"+branch)
	switch tip {
	case s.head:
		return at == branch || at == s.Branch
	case s.made:
		return at == branch
	}
	before, _ := s.line(ctx, "rev-parse", "--verify", "--quiet", tip+"^") // git was interrupted behind its commit
	return at == branch && before == s.head && s.mustBe(ctx, plan.Snapshot) == nil
}

// begin makes a branch at the commit that is checked out, and checks it out: no
// file is another one there.
func (s *Stand) begin(ctx context.Context, branch string, undo *undoing) error {
	if _, _, err := s.do(ctx, order{args: []string{"branch", "--no-track", branch, s.head}}); err != nil {
		return fmt.Errorf("the branch %s cannot be made: %w", branch, err)
	}
	undo.by(func(ctx context.Context) error {
		_, _, err := s.do(ctx, order{args: []string{"branch", "--quiet", "--delete", "--force", branch}})
		return err
	})
	undo.by(func(ctx context.Context) error { return s.stand(ctx, s.Branch) })
	return s.stand(ctx, branch)
}

// stand has HEAD name another branch that is at the same commit.
func (s *Stand) stand(ctx context.Context, branch string) error {
	_, _, err := s.do(ctx, order{args: []string{"symbolic-ref", "-m", "alliances propose", "HEAD", "refs/heads/" + branch}})
	return err
}

// commit commits the files of a plan.
func (s *Stand) commit(ctx context.Context, branch string, plan *Plan, undo *undoing) (err error) {
	if err := s.keepIndex(undo); err != nil {
		return err
	}
	if err := s.stage(ctx, plan.Paths, nil); err != nil {
		return err
	}
	undo.by(func(ctx context.Context) error {
		_, _, err := s.do(ctx, order{args: []string{"update-ref", "-m", "alliances propose: taken back", "refs/heads/" + branch, s.head}})
		return err
	})
	if _, _, err := s.do(ctx, order{args: []string{"commit", "--quiet", "--cleanup=whitespace", "--file=-"}, in: plan.Message}); err != nil {
		return fmt.Errorf("git does not take the commit:\n%w", err)
	}
	if s.made, err = s.line(ctx, "rev-parse", "HEAD"); err != nil {
		return err
	}
	return s.mustBe(ctx, plan.Snapshot)
}

// keepIndex remembers the index, to be put back.
func (s *Stand) keepIndex(undo *undoing) error {
	name := filepath.Join(s.folder, "index")
	index, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		undo.by(func(context.Context) error { return os.Remove(name) })
		return nil
	}
	if err != nil {
		return err
	}
	undo.by(func(context.Context) error { return os.WriteFile(name, index, 0o644) })
	return nil
}

// mustBe makes sure that what was committed is what was judged: a hook may have
// changed it.
func (s *Stand) mustBe(ctx context.Context, judged gitfs.CommitID) error {
	is, err := s.line(ctx, "rev-parse", "HEAD^{tree}")
	if err != nil {
		return err
	}
	was, err := s.line(ctx, "rev-parse", string(judged)+"^{tree}")
	if err == nil && is != was {
		return errors.New("a hook of this clone changed files as they were committed: run this again to have them judged as they are now")
	}
	return err
}

// push pushes a branch with these options.
func (s *Stand) push(ctx context.Context, branch string, options []string) (link string, err error) {
	args := []string{"push", "--set-upstream"}
	for _, option := range options {
		args = append(args, "--push-option="+option)
	}
	refspec := "refs/heads/" + branch + ":refs/heads/" + branch
	_, said, err := s.do(ctx, order{args: append(args, s.Remote, refspec), env: inEnglish})
	if err != nil && said == "" {
		said, err = s.whyNot(ctx, refspec, err)
	}
	switch {
	case strings.Contains(said, "Everything up-to-date"): // said by whyNot, too
		return "", fmt.Errorf("%s has all of the branch %s already, and opens a merge request of what is pushed only: "+
			"see there whether it has one, or open it in the browser", s.Remote, branch)
	case err == nil:
		return linkPattern().FindString(said), nil
	case strings.Contains(said, "does not support push options"):
		return "", fmt.Errorf("%s takes no push options, by which GitLab is asked for a merge request; nothing was pushed: "+
			"push a branch by hand (git switch -c %s; git add; git commit; git push), and open the merge request in the browser", s.Remote, branch)
	case strings.Contains(said, "non-fast-forward"), strings.Contains(said, "fetch first"):
		return "", fmt.Errorf("the branch %s of %s has commits that are not here; nothing was pushed: "+
			"get them (git pull), or name another branch with --branch", branch, s.Remote)
	}
	return "", fmt.Errorf("%s does not take the push:\n%w", s.Remote, err)
}

// inEnglish has git say what it says in words that can be looked into.
var inEnglish = []string{"LC_ALL=C"}

// whyNot returns what git has to say of a push that ended without a word. Where no
// commit is to be sent, the remote may hang up before it has read all push options,
// and git dies of that with its reason unsaid; without options, it says it.
func (s *Stand) whyNot(ctx context.Context, refspec string, ended error) (said string, err error) {
	_, said, err = s.do(ctx, order{args: []string{"push", "--dry-run", s.Remote, refspec}, env: inEnglish})
	if err == nil {
		err = ended
	}
	return said, err
}

var linkPattern = lazy.Pattern(`https?://\S+/merge_requests/\S+`)
