package cli

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/layout"
)

// next says what to type so that a record that was written becomes a merge
// request, or "" where its folder is in no git repository.
func (w *workspace) next(ctx context.Context, name, title string) string {
	if _, err := w.Git(ctx); err != nil {
		return ""
	}
	git, at := "git", filepath.FromSlash(name)
	here, err := filepath.Abs(".")
	if err != nil {
		return ""
	}
	if within, err := filepath.Rel(w.Dir, here); err == nil && filepath.IsLocal(within) {
		if at, err = filepath.Rel(here, filepath.Join(w.Dir, at)); err != nil {
			return ""
		}
	} else {
		git += " -C " + shellQuoted(w.Dir)
	}
	return fmt.Sprintf(`
What comes next: propose it. Leave out the first line on a branch that you have
made for it; the last one prints a link that opens the merge request.
  %[1]s switch -c %[2]s
  %[1]s add %[3]s
  %[1]s commit -m %[4]s
  %[1]s push -u origin HEAD
`, git, branchFor(name), shellQuoted(at), shellQuoted("Add "+title))
}

// branchFor returns a name for the branch that brings a record.
func branchFor(name string) string {
	folder, _ := layout.FolderOf(name)
	if path.Base(name) == layout.PartnerFile {
		return "add-" + folder
	}
	return "add-" + strings.TrimPrefix(folder, "_") + "-" + strings.TrimSuffix(path.Base(name), layout.RecordExt)
}

// shellQuoted returns a word as a shell reads it.
func shellQuoted(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-", r)
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return `'` + strings.ReplaceAll(word, `'`, `'\''`) + `'`
}
