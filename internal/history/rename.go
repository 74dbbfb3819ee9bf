package history

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/layout"
)

// renames tells which folders a step gave another name, by the new one.
func renames(folders map[string]*folderChange) map[string]string {
	var gone, added []change.Contents
	for _, name := range slices.Sorted(maps.Keys(folders)) {
		switch f := folders[name]; {
		case len(f.after) == 0:
			gone = append(gone, change.Contents{Folder: name, Items: f.before})
		case len(f.before) == 0:
			added = append(added, change.Contents{Folder: name, Items: f.after})
		}
	}
	return change.MatchFolders(gone, added)
}

// commits returns the history of folders, and of those that they were or became
// when they got another name.
func (r *reader) commits(ctx context.Context, head gitfs.CommitID, folders []string) ([]*gitfs.Commit, error) {
	seen := map[gitfs.CommitID]bool{}
	for {
		var commits []*gitfs.Commit
		for commit, err := range r.git.History(ctx, head, folders...) {
			if err != nil {
				return nil, err
			}
			commits = append(commits, commit)
		}
		others, err := r.otherNames(ctx, commits, folders, seen)
		if err != nil || len(others) == 0 {
			return commits, err
		}
		folders = append(folders, others...)
	}
}

// otherNames returns the folders that these were or became. It asks each commit,
// of which only what it changed in these is known, once.
func (r *reader) otherNames(ctx context.Context, commits []*gitfs.Commit, folders []string, seen map[gitfs.CommitID]bool) (others []string, err error) {
	for _, s := range stepsOf(commits) {
		if len(r.Paths) == 0 || seen[s.commit.ID] || !comesOrGoes(s.commit) {
			continue
		}
		seen[s.commit.ID] = true
		renamed, err := r.renamesBy(ctx, s.commit.ID)
		if err != nil {
			return nil, err
		}
		for is, was := range renamed {
			is, was = path.Join(layout.Partners, is), path.Join(layout.Partners, was)
			if slices.Contains(folders, is) != slices.Contains(folders, was) {
				others = append(others, is, was)
			}
		}
	}
	slices.Sort(others)
	return slices.Compact(others), nil
}

// comesOrGoes reports whether a commit adds or deletes a partner.
func comesOrGoes(commit *gitfs.Commit) bool { return adds(commit) || deletes(commit) }

func adds(commit *gitfs.Commit) bool {
	return slices.ContainsFunc(commit.Changes, func(f gitfs.FileChange) bool { return f.Before == "" && isPartner(f.Path) })
}

func deletes(commit *gitfs.Commit) bool {
	return slices.ContainsFunc(commit.Changes, func(f gitfs.FileChange) bool { return f.After == "" && isPartner(f.Path) })
}

func isPartner(name string) bool {
	folder, ok := layout.FolderOf(name)
	return ok && name == path.Join(layout.Partners, folder, layout.PartnerFile)
}

// renamesBy tells which folders a commit gave another name.
func (r *reader) renamesBy(ctx context.Context, id gitfs.CommitID) (map[string]string, error) {
	for commit, err := range r.git.History(ctx, id, layout.Partners) {
		if err != nil || !adds(commit) || !deletes(commit) {
			return nil, err
		}
		contents, err := r.read(ctx, []*step{{commit: commit}})
		if err != nil {
			return nil, err
		}
		return renames(r.folderChanges(commit, contents)), nil
	}
	return nil, nil
}

// follow has what is older asked for where it was before.
func (r *reader) follow(entry Entry) {
	if entry.Was == "" {
		return
	}
	if r.files[entry.Path] {
		r.files[entry.Was] = true
	}
	is, _ := layout.FolderOf(entry.Path)
	was, _ := layout.FolderOf(entry.Was)
	for _, folder := range slices.Clone(r.folders) {
		name, _ := layout.FolderOf(folder + "/")
		former := path.Join(layout.Partners, was, strings.TrimPrefix(folder, path.Join(layout.Partners, is)))
		if is != was && name == is && !slices.Contains(r.folders, former) {
			r.folders = append(r.folders, former)
		}
	}
}
