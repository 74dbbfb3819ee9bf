// Package history reads a repository's commits as the ledger that they are:
// what happened to which record, when, and who did it.
package history

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/ledger"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// An Entry is what happened to one record at one time.
type Entry struct {
	ledger.RecordChange
	Time      time.Time     // when it came to the branch that is read
	Commit    *gitfs.Commit // that made the change
	Merge     *gitfs.Commit // that brought it to the branch; nil where Commit did
	Reference string        // of the merge request, such as group/project!12; "" where none is named
}

// Options say what to read.
type Options struct {
	Paths        []string  // of files and folders in partners/; everything where it is empty
	Since, Until time.Time // from when on, and up to, but not at, which time; the zero time is no limit
	Kind         string    // of the records; "" is any
}

// Read calls yield with what happened on the way to head, the newest first, and
// within a commit by path. It tells what each step of the branch did: a merge
// counts as one step, and its changes are those of the commits that it brought.
// So the entries, from the last to the first, lead from nothing to what head
// holds: one of a partner whose folder got another name is about all its records.
// A record's file among the paths, and a folder, are followed to where they were
// before.
func Read(ctx context.Context, git *gitfs.Repo, head gitfs.CommitID, schemas *schema.Set, options Options, yield func(Entry) error) error {
	r := &reader{Options: options, git: git, schemas: schemas, yield: yield, files: map[string]bool{}}
	commits, err := r.commits(ctx, head, r.limit())
	if err != nil {
		return err
	}
	var steps []*step
	changes := 0
	for _, s := range stepsOf(commits) {
		if !r.mayMatter(s.commit.Committer.Time) || len(s.commit.Changes) == 0 {
			continue
		}
		steps = append(steps, s)
		if changes += len(s.commit.Changes); changes >= batch {
			if err := r.tell(ctx, steps); err != nil {
				return err
			}
			steps, changes = nil, 0
		}
	}
	return r.tell(ctx, steps)
}

// batch is how many changed files are read at a time: enough to keep git and
// all processors busy, and few enough to forget.
const batch = 2048

type reader struct {
	Options
	git     *gitfs.Repo
	schemas *schema.Set
	yield   func(Entry) error
	files   map[string]bool // to be followed
	folders []string        // whose entries are wanted
}

// limit returns the folders to read: the partners' whole ones, in which a record
// may have been elsewhere.
func (r *reader) limit() []string {
	partners := map[string]bool{}
	for _, path := range r.Paths {
		if layout.IsRecord(path) {
			r.files[path] = true
		} else {
			r.folders = append(r.folders, path)
		}
		name, _ := layout.FolderOf(path + "/") // of a partner's folder, too
		partners[strings.TrimSuffix(layout.Partners+"/"+name, "/")] = true
	}
	if len(r.Paths) == 0 {
		r.folders = []string{layout.Partners}
		return r.folders
	}
	return slices.Sorted(maps.Keys(partners))
}

func (r *reader) inTime(t time.Time) bool {
	return (r.Since.IsZero() || !t.Before(r.Since)) && (r.Until.IsZero() || t.Before(r.Until))
}

// mayMatter reports whether what happened at a time is to be read: what is too
// new to be wanted can still tell what a file or a folder was called before.
func (r *reader) mayMatter(t time.Time) bool {
	return r.inTime(t) || len(r.Paths) > 0 && (r.Since.IsZero() || !t.Before(r.Since))
}

// A step is a commit of the branch that is read, and those that it merged.
type step struct {
	commit *gitfs.Commit
	merged []*gitfs.Commit // the newest first
}

// stepsOf returns the steps of the branch at the first commit, the newest
// first: its first parents. Every other commit belongs to the oldest step that
// builds on it.
func stepsOf(commits []*gitfs.Commit) []*step {
	position := make(map[gitfs.CommitID]int, len(commits))
	for i, commit := range commits {
		position[commit.ID] = i
	}
	owner := make([]*step, len(commits))
	var steps []*step
	for i, ok := 0, len(commits) > 0; ok; {
		s := &step{commit: commits[i]}
		owner[i] = s
		steps = append(steps, s)
		if len(s.commit.Parents) == 0 {
			break
		}
		i, ok = position[s.commit.Parents[0]]
	}
	for _, s := range slices.Backward(steps) {
		s.own(commits, position, owner)
	}
	for i, s := range owner {
		if s != nil && s.commit != commits[i] {
			s.merged = append(s.merged, commits[i])
		}
	}
	return steps
}

// own makes the step the owner of all that it merged and nobody owns.
func (s *step) own(commits []*gitfs.Commit, position map[gitfs.CommitID]int, owner []*step) {
	waiting := slices.Clone(s.commit.Parents[min(1, len(s.commit.Parents)):])
	for len(waiting) > 0 {
		id := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		i, known := position[id]
		if known && owner[i] == nil {
			owner[i] = s
			waiting = append(waiting, commits[i].Parents...)
		}
	}
}

// tell reads what the steps changed, and passes on what that means.
func (r *reader) tell(ctx context.Context, steps []*step) error {
	contents, err := r.read(ctx, steps)
	if err != nil {
		return err
	}
	told := make([][]Entry, len(steps))
	err = parallel.Each(ctx, runtime.GOMAXPROCS(0), len(steps), func(i int) error {
		told[i] = r.entries(steps[i], contents)
		return nil
	})
	if err != nil {
		return err
	}
	for _, entry := range slices.Concat(told...) {
		if !r.wants(entry) {
			continue
		}
		if err := r.yield(entry); err != nil {
			return err
		}
	}
	return nil
}

// wants reports whether an entry is asked for. What is older than a move is
// asked for under the record's former path.
func (r *reader) wants(entry Entry) bool {
	wanted := r.below(entry.Path) || entry.Was != "" && r.below(entry.Was)
	r.follow(entry)
	return wanted && len(entry.Events) > 0 && (r.Kind == "" || entry.Kind == r.Kind) && r.inTime(entry.Time)
}

// below reports whether a path is one that is asked for, or lies below one.
func (r *reader) below(path string) bool {
	return r.files[path] || slices.ContainsFunc(r.folders, func(folder string) bool {
		return path == folder || strings.HasPrefix(path, folder+"/")
	})
}

// read returns the contents of all files that the steps changed, by their id.
func (r *reader) read(ctx context.Context, steps []*step) (map[string][]byte, error) {
	contents := map[string][]byte{}
	var ids []string
	for _, s := range steps {
		for _, file := range s.commit.Changes {
			for _, id := range []string{file.Before, file.After} {
				if _, known := contents[id]; !known && id != "" && layout.IsRecord(file.Path) {
					contents[id] = nil
					ids = append(ids, id)
				}
			}
		}
	}
	err := r.git.Blobs(ctx, ids, func(i int, data []byte) error {
		contents[ids[i]] = data
		return nil
	})
	return contents, err
}

// entries tells what a step did, folder by folder: a record can move inside of
// one alone, or along with it.
func (r *reader) entries(s *step, contents map[string][]byte) []Entry {
	folders := r.folderChanges(s.commit, contents)
	for is, was := range renames(folders) {
		folders[is].before = folders[was].before
		delete(folders, was)
	}
	var entries []Entry
	for name, f := range folders {
		for _, pair := range change.Match(name, f.before, f.after) {
			entries = append(entries, s.entry(ledger.Describe(r.schemas, pair)))
		}
	}
	slices.SortFunc(entries, func(a, b Entry) int { return cmp.Compare(a.Path, b.Path) })
	return entries
}

// A folderChange is what a step changed in a folder.
type folderChange struct{ before, after []change.Item }

// folderChanges returns what a commit changed, by the name of the folder.
func (r *reader) folderChanges(commit *gitfs.Commit, contents map[string][]byte) map[string]*folderChange {
	folders := map[string]*folderChange{}
	for _, file := range commit.Changes {
		if !layout.IsRecord(file.Path) {
			continue
		}
		name, _ := layout.FolderOf(file.Path)
		if folders[name] == nil {
			folders[name] = &folderChange{}
		}
		f := folders[name]
		if file.Before != "" {
			f.before = append(f.before, change.NewItem(file.Path, contents[file.Before], r.schemas.Read))
		}
		if file.After != "" {
			f.after = append(f.after, change.NewItem(file.Path, contents[file.After], r.schemas.Read))
		}
	}
	return folders
}

// entry tells who did what happened: of what a merge brought, who wrote what it
// holds. What a merge made of that itself is its own doing.
func (s *step) entry(told ledger.RecordChange) Entry {
	e := Entry{RecordChange: told, Time: s.commit.Committer.Time, Commit: s.commit}
	if len(s.commit.Parents) < 2 {
		return e
	}
	e.Reference = reference(s.commit.Message)
	for _, mayMerge := range []bool{false, true} { // a merge has its commits' changes again
		for _, commit := range s.merged {
			if (len(commit.Parents) > 1) == mayMerge && made(commit, told.Path, contentOf(s.commit, told.Path)) {
				e.Commit, e.Merge = commit, s.commit
				return e
			}
		}
	}
	return e
}

// contentOf returns what a commit made of a file, by its id; "" if it deleted
// it.
func contentOf(commit *gitfs.Commit, path string) string {
	for _, file := range commit.Changes {
		if file.Path == path {
			return file.After
		}
	}
	return ""
}

// made reports whether a commit made that of a file.
func made(commit *gitfs.Commit, path, content string) bool {
	return slices.ContainsFunc(commit.Changes, func(file gitfs.FileChange) bool {
		return file.Path == path && file.After == content
	})
}

// referenceLine is what GitLab writes at the end of the commit with which it
// merges; in front of it is what the author wrote.
var referenceLine = regexp.MustCompile(`(?m)^See merge request (\S*![0-9]+)\s*$`)

func reference(message string) string {
	matches := referenceLine.FindAllStringSubmatch(message, -1)
	if len(matches) == 0 {
		return ""
	}
	return matches[len(matches)-1][1]
}

// ParseTime reads a day, which begins at midnight UTC, or a time as RFC 3339
// has it. day reports whether it is a day.
func ParseTime(text string) (t time.Time, day bool, err error) {
	if t, err = time.Parse(time.DateOnly, text); err == nil {
		return t, true, nil
	}
	if t, err = time.Parse(time.RFC3339, text); err == nil {
		return t, false, nil
	}
	return t, false, fmt.Errorf("%q is no day such as 2026-03-02, nor a time such as 2026-03-02T15:04:05Z", text)
}
