package mergerequest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Stand is where somebody stands, and where the merge request leads.
type Stand struct {
	*Git
	Branch string // that is checked out
	Remote string // where it is pushed to
	Target string // the branch of the remote that the merge request leads to
	isOwn  bool   // whether the branch is somebody's own: not the target, and not the remote's default one
	head   string // the id of the commit that is checked out
	made   string // the id of the commit that was made of what was written
}

// Where finds out where somebody stands. remote and target may be "": then the
// remote is that of the branch, or origin, or the only one, and the target is the
// remote's default branch. The error says what is in the way of a merge request,
// and what to do about it.
func (g *Git) Where(ctx context.Context, remote, target string) (*Stand, error) {
	if err := g.underWay(); err != nil {
		return nil, err
	}
	s := &Stand{Git: g}
	var err error
	if s.Branch, err = g.line(ctx, "symbolic-ref", "--quiet", "--short", "HEAD"); err != nil {
		return nil, errors.New("no branch is checked out (HEAD is detached): get back to one, such as `git switch main`, and run this again")
	}
	if s.head, err = g.line(ctx, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"); err != nil {
		return nil, fmt.Errorf("the branch %s has no commit yet: a merge request starts from what the repository holds; clone one that holds something", s.Branch)
	}
	if s.Remote, err = g.remote(ctx, s.Branch, remote); err != nil {
		return nil, err
	}
	usual := g.defaultBranch(ctx, s.Remote)
	s.Target, err = g.target(ctx, s.Remote, target, usual)
	s.isOwn = s.Branch != s.Target && s.Branch != usual
	return s, err
}

// underWay returns the error that git is in the middle of something, if so.
func (g *Git) underWay() error {
	for _, work := range []struct{ file, name, end string }{
		{"MERGE_HEAD", "a merge", "git commit, or git merge --abort"},
		{"rebase-merge", "a rebase", "git rebase --continue, or git rebase --abort"},
		{"rebase-apply", "a rebase, or the applying of patches,", "git rebase --continue, or git am --continue, or the same with --abort"},
		{"CHERRY_PICK_HEAD", "a cherry-pick", "git cherry-pick --continue, or --abort"},
		{"REVERT_HEAD", "a revert", "git revert --continue, or --abort"},
		{"BISECT_LOG", "a bisection", "git bisect reset"},
		{"index.lock", "another git command", "when it has ended, run this again; if none runs, remove " + g.folder + "/index.lock"},
	} {
		if g.own(work.file) {
			return fmt.Errorf("%s is under way here: end it first (%s)", work.name, work.end)
		}
	}
	return nil
}

// remote returns the name of the remote to push to.
func (g *Git) remote(ctx context.Context, branch, named string) (string, error) {
	all, err := g.lines(ctx, "remote")
	if err != nil {
		return "", err
	}
	of, _ := g.line(ctx, "config", "--get", "branch."+branch+".remote")
	switch {
	case len(all) == 0:
		return "", errors.New("this repository has no remote, so that there is nowhere to open a merge request: name GitLab's with `git remote add origin ADDRESS`")
	case named != "" && !slices.Contains(all, named):
		return "", fmt.Errorf("there is no remote %q; there are %s", named, strings.Join(all, ", "))
	case named != "":
		return named, nil
	case slices.Contains(all, of):
		return of, nil
	case slices.Contains(all, "origin"):
		return "origin", nil
	case len(all) == 1:
		return all[0], nil
	}
	return "", fmt.Errorf("there are several remotes, %s: say which with --remote", strings.Join(all, ", "))
}

// target returns the branch of the remote that a merge request leads to, which has
// to be known here: the one that is named, or else the usual one.
func (g *Git) target(ctx context.Context, remote, named, usual string) (string, error) {
	switch {
	case named != "" && !g.knows(ctx, remote, named):
		return "", fmt.Errorf("the branch %q of %s is not known here: see how it is spelled, or get it with `git fetch %[2]s`", named, remote)
	case named == "" && usual == "":
		return "", fmt.Errorf("the default branch of %s is not known here: name the target with --target BRANCH, after `git fetch %[1]s` if that was never done", remote)
	}
	return cmp.Or(named, usual), nil
}

// defaultBranch returns the default branch of a remote, or "" where it is not known
// here.
func (g *Git) defaultBranch(ctx context.Context, remote string) string {
	prefix := "refs/remotes/" + remote + "/"
	if head, err := g.line(ctx, "symbolic-ref", "--quiet", prefix+"HEAD"); err == nil && g.has(ctx, "rev-parse", "--verify", "--quiet", head) {
		return strings.TrimPrefix(head, prefix)
	}
	for _, usual := range []string{"main", "master"} {
		if g.knows(ctx, remote, usual) {
			return usual
		}
	}
	return ""
}

// knows reports whether a branch of a remote is known here.
func (g *Git) knows(ctx context.Context, remote, branch string) bool {
	return g.has(ctx, "rev-parse", "--verify", "--quiet", "refs/remotes/"+remote+"/"+branch+"^{commit}")
}

// TargetRevision names the commit that the target was at when it was last fetched.
func (s *Stand) TargetRevision() string { return "refs/remotes/" + s.Remote + "/" + s.Target }

// IsProposed reports whether the branch that is checked out is one that the remote
// has already: a clone of one branch knows that only by where the branch leads.
func (s *Stand) IsProposed(ctx context.Context) bool {
	upstream, _ := s.line(ctx, "config", "--get", "branch."+s.Branch+".merge")
	return s.isOwn && (upstream == "refs/heads/"+s.Branch || s.knows(ctx, s.Remote, s.Branch))
}

// Along returns the commits, a line each, that a merge request brings besides what is
// written now.
func (s *Stand) Along(ctx context.Context) ([]string, error) {
	return s.lines(ctx, "log", "--no-show-signature", "--no-color", "--format=%h %s", s.TargetRevision()+".."+s.head, "--")
}

// NewBranch returns the name of the branch to make, or "" where the one that is
// checked out is proposed. named may be "": then it is made of name, with a number
// where another branch is called so.
func (s *Stand) NewBranch(ctx context.Context, named, name string) (string, error) {
	switch {
	case s.isOwn && (named == "" || named == s.Branch):
		return "", nil
	case named == s.Target:
		return "", fmt.Errorf("%s is the branch that the merge request leads to: name another one with --branch", named)
	case named != "" && !s.has(ctx, "check-ref-format", "--branch", named):
		return "", fmt.Errorf("no branch can be called %q: name another one with --branch", named)
	case named != "" && s.taken(ctx, named):
		return "", fmt.Errorf("there is a branch %s already, or one below it: name another one with --branch, or propose from that one (git switch %[1]s)", named)
	case named != "":
		return named, nil
	}
	free := name
	for i := 2; s.taken(ctx, free); i++ {
		free = fmt.Sprintf("%s-%d", name, i)
	}
	return free, nil
}

// taken reports whether a branch, or a folder of branches, is called so, here or in
// the remote.
func (s *Stand) taken(ctx context.Context, branch string) bool {
	found, _ := s.line(ctx, "for-each-ref", "--count=1", "refs/heads/"+branch, "refs/remotes/"+s.Remote+"/"+branch)
	return found != ""
}
