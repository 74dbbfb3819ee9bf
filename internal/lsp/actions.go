package lsp

import (
	"context"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/fix"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// codeActions offers to put right what is known to be: each finding in a range, and
// all of the text.
func (s *server) codeActions(ctx context.Context, name string, params documentParams) (any, error) {
	s.judge(ctx)
	actions := []codeAction{}
	open := s.texts[name]
	folder, ok := layout.FolderOf(name)
	if !ok || open == nil || s.index == nil {
		return actions, nil
	}
	if wants(params.Context.Only, quickFix) {
		actions = append(actions, s.quickFixes(open, name, folder, params.Range)...)
	}
	if wants(params.Context.Only, fixAllOfOurs) {
		fixed, err := s.fixAll(ctx, name, folder)
		if err != nil {
			return nil, err
		}
		if fixed != nil {
			actions = append(actions, codeAction{
				Title: "Put right all that is known to be", Kind: fixAllOfOurs, Edit: s.rewrite(open, fixed),
			})
		}
	}
	return actions, nil
}

// wants reports whether a kind of code action is among those that a client asks for:
// it asks for a kind with all below it, or for all.
func wants(only []string, kind string) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(asked string) bool {
		return asked == "" || kind == asked || strings.HasPrefix(kind, asked+".")
	})
}

func (s *server) quickFixes(open *text, name, folder string, within textRange) (actions []codeAction) {
	files := s.files()
	at := func(name string) *text { return s.text(files, name) }
	found := s.found[folder]
	for i := range found {
		f := &found[i]
		if f.File != name || !s.isShown(f) || !open.textRange(f.Span).meets(within) {
			continue
		}
		fixed, ok := fix.One(open.data, f, found)
		if !ok {
			continue
		}
		actions = append(actions, codeAction{
			Title: titleOf(f), Kind: quickFix, Diagnostics: []diagnostic{diagnosticOf(f, at)}, IsPreferred: true,
			Edit: s.rewrite(open, fixed),
		})
	}
	return actions
}

// titleOf says what putting a finding right does.
func titleOf(f *finding.Finding) string {
	if value, ok := record.Scalar(f.Expected.JSON()); ok && !f.Expected.IsNone() {
		return "Write " + value
	}
	return "Put right: " + f.Message
}

// rewrite returns the edit that gives an open text another one.
func (s *server) rewrite(open *text, fixed []byte) workspaceEdit {
	edits := []textEdit{open.edit(fixed)}
	if s.documentChanges {
		return workspaceEdit{DocumentChanges: []documentEdit{{versioned{open.uri, open.version}, edits}}}
	}
	return workspaceEdit{Changes: map[string][]textEdit{open.uri: edits}}
}

// fixAll returns a text as `validate --fix` would leave it, nil where it would leave it
// alone.
func (s *server) fixAll(ctx context.Context, name, folder string) ([]byte, error) {
	tree, index := fix.New(s.files()), s.index.Clone()
	err := tree.Settle(func(changed []string) ([]finding.Finding, error) {
		now := s.repo.Tree(tree)
		if _, err := index.Renew(now, folder); err != nil {
			return nil, err
		}
		found, err := index.Judge(ctx, now, folder, s.Day())
		return slices.DeleteFunc(found, func(f finding.Finding) bool { return f.File != name }), err
	})
	if err != nil {
		return nil, err
	}
	for _, change := range tree.Changes() {
		if change.Path == name {
			return change.After, nil
		}
	}
	return nil, nil
}
