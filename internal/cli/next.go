package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
)

// next says what to type so that a record that was written becomes a merge
// request, or "" where its folder is in no git repository.
func (w *workspace) next(ctx context.Context, name string) string {
	if _, err := w.Git(ctx); err != nil {
		return ""
	}
	command, at := "alliances propose", filepath.FromSlash(name)
	here, err := filepath.Abs(".")
	if err != nil {
		return ""
	}
	if within, err := filepath.Rel(w.Dir, here); err == nil && filepath.IsLocal(within) {
		if at, err = filepath.Rel(here, filepath.Join(w.Dir, at)); err != nil {
			return ""
		}
	} else {
		command += " -C " + shellQuoted(w.Dir)
	}
	return fmt.Sprintf("\nWhat comes next: open the merge request of it.\n  %s %s\n", command, shellQuoted(at))
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
