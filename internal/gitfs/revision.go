package gitfs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
)

// A CommitID is the full id of a commit that is in the repository: a revision
// that has been resolved, and that nothing moves any more.
type CommitID string

// shortID is how many characters of an id people write.
const shortID = 8

// Short returns what people call the commit.
func (id CommitID) Short() string { return string(id[:min(shortID, len(id))]) }

// Commit returns the commit that rev names, in any of git's notations: a branch,
// a tag, HEAD~2, an id. Its error says that there is no such revision, that it is
// no commit, or that the commit is not in this clone.
func (r *Repo) Commit(ctx context.Context, rev string) (CommitID, error) {
	found, err := r.resolve(ctx, rev)
	return CommitID(found.id), err
}

func (r *Repo) resolve(ctx context.Context, rev string) (object, error) {
	if rev == "" || strings.HasPrefix(rev, "-") || strings.ContainsAny(rev, "\x00\n") {
		return object{}, fmt.Errorf("there is no revision %q: name a branch, a tag or a commit", rev)
	}
	if err := r.mustBeOne(ctx, rev); err != nil {
		return object{}, err
	}
	found, err := r.objects.get(ctx, rev+"^{commit}", everything)
	switch {
	case errors.Is(err, errMissing):
		return r.resolveUnpeeled(ctx, rev)
	case errors.Is(err, errAmbiguous):
		return object{}, fmt.Errorf("%q %w", rev, err)
	case err != nil:
		return object{}, err
	case found.kind != "commit": // a file whose name ends in ^{commit}
		return object{}, notACommit(rev, found.kind)
	}
	return found, nil
}

// mustBeOne returns an error where the name in rev stands for more than one
// thing: git would take one of them, with a warning that a script does not see.
func (r *Repo) mustBeOne(ctx context.Context, rev string) error {
	name, _, _ := strings.Cut(rev, "@{")
	if end := strings.IndexAny(name, "~^:"); end >= 0 {
		name = name[:end]
	}
	if name == "" || name == "HEAD" || name == "@" || r.isID(name) || strings.HasPrefix(name, "refs/") {
		return nil
	}
	cmd, said := r.git.command(ctx, "rev-parse", []string{"--verify", "--end-of-options", name})
	_ = cmd.Run() // why it names nothing is told by whoever asks for it
	if !strings.Contains(string(said.text), "is ambiguous") {
		return nil
	}
	out, err := r.git.output(ctx, "for-each-ref", "--format=%(refname)", "refs/"+name, "refs/tags/"+name,
		"refs/heads/"+name, "refs/remotes/"+name, "refs/remotes/"+name+"/HEAD")
	if err != nil {
		return err
	}
	refs := strings.Fields(string(out))
	if len(refs) == 0 {
		return nil
	}
	others := append(refs[1:len(refs):len(refs)], "the file "+name+" in git's own folder, or an object's id")
	if len(refs) > 1 {
		others = refs[1:]
	}
	return fmt.Errorf("%q could be %s or %s: name the one that is meant in full, such as %s", name, refs[0], strings.Join(others, " or "), meant(refs))
}

// meant returns the one of refs that is most likely meant: a branch.
func meant(refs []string) string {
	for _, ref := range refs {
		if strings.HasPrefix(ref, "refs/heads/") || strings.HasPrefix(ref, "refs/remotes/") {
			return ref
		}
	}
	return refs[0]
}

// resolveUnpeeled returns the commit that rev names in a notation which git takes no
// ^{commit} after, or why it names none.
func (r *Repo) resolveUnpeeled(ctx context.Context, rev string) (object, error) {
	id := rev
	if !r.isID(rev) {
		out, err := r.git.output(ctx, "rev-parse", "--verify", "--quiet", rev)
		if err != nil && !exited(err) {
			return object{}, err
		}
		id = string(bytes.TrimSpace(out))
	}
	if !r.isID(id) {
		return object{}, r.noRevision(ctx, rev)
	}
	found, err := r.objects.get(ctx, id, maxHeld)
	switch {
	case errors.Is(err, errMissing):
		return object{}, r.notHere("commit", id)
	case err == nil && found.kind != "commit":
		return object{}, notACommit(rev, found.kind)
	}
	return found, err
}

// Branch returns the full name of the branch that HEAD names, such as
// refs/heads/main, whether or not it has a commit yet. Its error says that HEAD
// names none.
func (r *Repo) Branch(ctx context.Context) (string, error) {
	out, err := r.git.output(ctx, "symbolic-ref", "--quiet", "HEAD")
	if exited(err) {
		return "", errors.New("HEAD names no branch: name one")
	}
	return string(bytes.TrimSpace(out)), err
}

func notACommit(rev, kind string) error {
	return fmt.Errorf("%q names a %s, not a commit: name a branch, a tag or a commit", rev, kind)
}

// remoteName matches what git fetch could be told to fetch.
var remoteName = lazy.Pattern(`^[\pL\pN_][\pL\pN_./-]*$`)

// abbreviated matches the beginning of a commit's id, by which none is fetched.
var abbreviated = regexp.MustCompile(`^[0-9a-fA-F]{4,}$`)

// noRevision returns the error that rev names nothing at all.
func (r *Repo) noRevision(ctx context.Context, rev string) error {
	if rev == "HEAD" || rev == "@" {
		branch, err := r.git.output(ctx, "symbolic-ref", "--quiet", "--short", "HEAD")
		if err == nil {
			return fmt.Errorf("the branch %q has no commit yet: commit something first", bytes.TrimSpace(branch))
		}
	}
	deepen := ""
	if r.shallow {
		deepen = "; this clone is shallow, and has more of the history after `git fetch --unshallow`"
	}
	if !remoteName().MatchString(rev) || strings.Contains(rev, "..") || abbreviated.MatchString(rev) {
		return fmt.Errorf("there is no revision %q: name a branch, a tag or a commit%s", rev, deepen)
	}
	name := strings.TrimPrefix(rev, "origin/")
	return fmt.Errorf("there is no revision %q in this clone: name one that is there, or fetch it (git fetch origin %s) and name it as origin/%[2]s%s", rev, name, deepen)
}

// exited reports whether err is that of a git that ran and said no.
func exited(err error) bool {
	var exit *exec.ExitError
	return errors.As(err, &exit) && exit.Exited()
}

// Base returns the commit at which the history of head left that of rev: their
// merge base. In a shallow clone, where it may not be known, a full id in rev
// stands for itself. Its error says which of the two is not there, or that they
// have no commit in common or more than one, of which any may hide a change, and
// what to do.
func (r *Repo) Base(ctx context.Context, rev, head string) (CommitID, error) {
	from, err := r.Commit(ctx, rev)
	if err != nil {
		return "", err
	}
	to, err := r.Commit(ctx, head)
	if err != nil {
		return "", err
	}
	bases, err := r.mergeBases(ctx, from, to)
	switch {
	case err != nil:
		return "", err
	case len(bases) == 1:
		return bases[0], nil
	case len(bases) > 1:
		return "", fmt.Errorf("the histories of %q and %q parted more than once (at %s): merge %[1]q into %[2]q first, "+
			"or name the commit to compare with", rev, head, shorts(bases))
	case !r.shallow:
		return "", fmt.Errorf("%q and %q have no commit in common: name a revision that %[2]q started from", rev, head)
	case r.isID(rev):
		return from, nil
	}
	return "", fmt.Errorf("%q and %q have no commit in common in this clone, whose history is cut off: "+
		"get all of it (git fetch --unshallow; in GitLab CI, set GIT_DEPTH: \"0\"), "+
		"or name a full commit id and fetch that (git fetch --depth=1 origin <id>)", rev, head)
}

// mergeBases returns the merge bases of two commits. In a shallow clone, one behind
// which the history of either is cut off counts as none: the one that is meant may
// lie in what is not there.
func (r *Repo) mergeBases(ctx context.Context, from, to CommitID) ([]CommitID, error) {
	out, err := r.git.output(ctx, "merge-base", "--all", string(from), string(to))
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && exit.ExitCode() == 1:
		return nil, nil
	case err != nil:
		return nil, err
	}
	bases := ids(out)
	if !r.shallow {
		return bases, nil
	}
	args := []string{string(from), string(to), "--not"}
	for _, base := range bases {
		args = append(args, string(base))
	}
	if out, err = r.git.output(ctx, "rev-list", args...); err != nil {
		return nil, err
	}
	since := ids(out)
	if out, err = r.git.output(ctx, "rev-parse", "--path-format=absolute", "--git-path", "shallow"); err != nil {
		return nil, err
	}
	cut, err := os.ReadFile(string(bytes.TrimSuffix(out, []byte("\n"))))
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(ids(cut), func(id CommitID) bool { return slices.Contains(since, id) }) {
		return nil, nil
	}
	return bases, nil
}

// ids returns the commits that are listed one on a line.
func ids(list []byte) (commits []CommitID) {
	for _, id := range bytes.Fields(list) {
		commits = append(commits, CommitID(id))
	}
	return commits
}

// shorts returns what people call commits.
func shorts(commits []CommitID) string {
	names := make([]string, len(commits))
	for i, id := range commits {
		names[i] = id.Short()
	}
	return strings.Join(names, ", ")
}
