package gitfs

import (
	"context"
	"maps"
	"slices"
	"strings"
)

// Tracked returns the paths in the index that are the path or below it, sorted,
// links and submodules among them. Of those in hidden, git has been told not to
// look at the working tree (update-index --assume-unchanged, --skip-worktree, a
// sparse checkout): Changed does not know of their changes. It needs a working
// tree.
func (r *Repo) Tracked(ctx context.Context, path string) (names, hidden []string, err error) {
	marked, err := r.list(ctx, []string{path}, "-v")
	names = make([]string, len(marked))
	for i, line := range marked { // a letter, a blank and the path
		names[i] = line[2:]
		if letter := line[0]; letter == 'S' || letter >= 'a' {
			hidden = append(hidden, names[i])
		}
	}
	slices.Sort(names)
	return slices.Compact(names), hidden, err
}

// Untracked returns the files of the working tree, at or below the paths (or
// anywhere below the folder of r without any), that are neither in the index
// nor ignored by a .gitignore or its like, sorted. What is in another
// repository within this one is left out. It needs a working tree.
func (r *Repo) Untracked(ctx context.Context, paths ...string) ([]string, error) {
	names, err := r.list(ctx, paths, "--others", "--exclude-standard")
	return slices.DeleteFunc(names, func(name string) bool { return strings.HasSuffix(name, "/") }), err
}

// list returns what git ls-files does, each path once: in a conflict, the index
// has several of one file.
func (r *Repo) list(ctx context.Context, paths []string, flags ...string) ([]string, error) {
	if err := r.needWorktree(); err != nil {
		return nil, err
	}
	limits, err := r.pathspecs(paths)
	if err != nil {
		return nil, err
	}
	out, err := r.git.output(ctx, "ls-files", slices.Concat([]string{"-z"}, flags, limits)...)
	names := split(out)
	slices.Sort(names)
	return slices.Compact(names), err
}

// Changed returns the paths of the files that differ between the commit base
// and the working tree, at or below the paths (or anywhere below the folder of r
// without any), sorted. The index says only which files besides those of base
// count: a file that differs from it and not from base is unchanged, so is one
// that was touched, and one that was taken out of it and is still there. A file
// that became executable is unchanged, one that became a link is not. It needs a
// working tree.
//
// Contents are compared as they are: what a filter or a conversion of line ends
// would make of them is not tried.
func (r *Repo) Changed(ctx context.Context, base CommitID, paths ...string) ([]string, error) {
	if err := r.needWorktree(); err != nil {
		return nil, err
	}
	git, err := r.git.withoutFilters(ctx)
	if err != nil {
		return nil, err
	}
	differences, err := r.since(ctx, git, base, paths)
	if err != nil {
		return nil, err
	}
	return r.confirm(ctx, differences)
}

// since returns what may differ between base and the working tree: what differs
// on the way from base to HEAD, and from there on. The index knows which of
// HEAD's folders it has as they are, which makes two comparisons several times
// faster than one.
func (r *Repo) since(ctx context.Context, git runner, base CommitID, paths []string) ([]difference, error) {
	head, err := r.Commit(ctx, "HEAD")
	if err != nil || head == base {
		return r.compare(ctx, git, "diff-index", []CommitID{base}, paths) // HEAD may have no commit yet
	}
	first, err := r.compare(ctx, git, "diff-tree", []CommitID{base, head}, paths)
	if err != nil {
		return nil, err
	}
	second, err := r.compare(ctx, git, "diff-index", []CommitID{head}, paths)
	if err != nil {
		return nil, err
	}
	return chain(first, second), nil
}

// chain returns the differences that two comparisons make together, the second
// of which starts where the first ends.
func chain(first, second []difference) []difference {
	all := make(map[string]difference, len(first)+len(second))
	for _, d := range first {
		all[d.path] = d
	}
	for _, d := range second {
		if earlier, found := all[d.path]; found {
			d.before = earlier.before
		}
		all[d.path] = d
	}
	return slices.DeleteFunc(slices.Collect(maps.Values(all)), func(d difference) bool {
		return d.before.isNothing() && d.after.isNothing() // come and gone
	})
}

// compare runs one of git's comparisons.
func (r *Repo) compare(ctx context.Context, git runner, command string, commits []CommitID, paths []string) ([]difference, error) {
	limits, err := r.pathspecs(paths)
	if err != nil {
		return nil, err
	}
	args := slices.Clone(rawFlags)
	for _, id := range commits {
		args = append(args, string(id))
	}
	out, err := git.output(ctx, command, append(args, limits...)...)
	if err != nil {
		return nil, err
	}
	return readDifferences(out)
}

// same reports whether neither the contents nor the type differ.
func (d difference) same() bool {
	return d.before.id == d.after.id && d.after.is(d.before.mode&typeMask)
}

// names returns the paths, sorted, each once, as seen from the folder of r.
func (r *Repo) names(differences []difference) []string {
	var names []string
	for _, d := range differences {
		names = append(names, strings.TrimPrefix(d.path, r.prefix))
	}
	slices.Sort(names)
	return slices.Compact(names)
}
