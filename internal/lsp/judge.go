package lsp

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
)

// judge judges the folders that were touched, and tells the client.
func (s *server) judge(ctx context.Context) {
	if s.index == nil || len(s.dirty) == 0 {
		return
	}
	if !s.watches && !s.loading && stampOf(s.repo.Files) != s.tried {
		s.load(ctx)
	}
	s.settle(ctx)
	for _, name := range slices.Sorted(maps.Keys(s.dirty)) {
		delete(s.dirty, name)
		if !s.isOpen(name) {
			s.found[name] = nil
			s.publish(ctx, name, nil)
			continue
		}
		found, err := s.index.Judge(ctx, s.tree(), name, s.Day())
		if err != nil {
			s.stumble(ctx, err)
			continue
		}
		if s.tried == s.stamp { // what was the matter was not that the rules do not compile
			s.tellSolved(ctx)
		}
		s.found[name] = found
		s.publish(ctx, name, found)
	}
}

// settle has the index know the touched folders as they are now. What is found in the
// others that are open may be another thing then.
func (s *server) settle(ctx context.Context) {
	tree, all := s.tree(), false
	for name := range s.dirty {
		changed, err := s.index.Renew(tree, name)
		if err != nil {
			s.stumble(ctx, err)
		}
		all = all || changed
	}
	if all {
		s.touchOpen()
	}
}

// stumble takes up that a folder cannot be judged. A file that is gone since it was listed
// is no problem: all is read again.
func (s *server) stumble(ctx context.Context, err error) {
	if errors.Is(err, fs.ErrNotExist) {
		s.load(ctx)
		return
	}
	s.tellProblem(ctx, err)
}

func (s *server) touchOpen() {
	for name := range s.texts {
		s.touch(name)
	}
}

// isOpen reports whether a text of a folder is open.
func (s *server) isOpen(folder string) bool {
	for name := range s.texts {
		if in, ok := layout.FolderOf(name); ok && in == folder {
			return true
		}
	}
	return false
}

// publish tells the client what is found in a folder, and where nothing is any more.
func (s *server) publish(ctx context.Context, folder string, found []finding.Finding) {
	files := s.files()
	texts, byFile := map[string]*text{}, map[string][]diagnostic{}
	at := func(name string) *text {
		if texts[name] == nil {
			texts[name] = s.text(files, name)
		}
		return texts[name]
	}
	for name := range s.texts {
		if in, ok := layout.FolderOf(name); ok && in == folder {
			byFile[name] = []diagnostic{}
		}
	}
	for i := range found {
		if f := &found[i]; s.isShown(f) {
			byFile[f.File] = append(byFile[f.File], diagnosticOf(f, at))
		}
	}
	before := s.shown[folder]
	s.shown[folder] = map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(byFile)) {
		t := at(name)
		s.shown[folder][t.uri] = true
		s.notify(ctx, "textDocument/publishDiagnostics", publishParams{t.uri, t.version, byFile[name]})
	}
	for _, uri := range slices.Sorted(maps.Keys(before)) {
		if !s.shown[folder][uri] {
			s.notify(ctx, "textDocument/publishDiagnostics", publishParams{uri, nil, []diagnostic{}})
		}
	}
}

// isShown reports whether the client wants to be told of a finding.
func (s *server) isShown(f *finding.Finding) bool {
	return s.schemaFindings || path.Dir(f.Rule) != "schema"
}

// diagnosticOf returns a finding as an editor shows it. at returns the text of a file.
func diagnosticOf(f *finding.Finding, at func(name string) *text) diagnostic {
	d := diagnostic{
		Range: at(f.File).textRange(f.Span), Severity: isError, Code: f.Rule, Source: "alliances", Message: f.Message,
	}
	if f.Severity == finding.Warning {
		d.Severity = isWarning
	}
	if f.Help != "" {
		d.Message += "\n" + strings.TrimSpace(f.Help)
	}
	if f.HandbookURL != "" {
		d.CodeDescription = &codeDescription{f.HandbookURL}
	}
	for _, r := range f.Related {
		there := at(r.File)
		d.RelatedInformation = append(d.RelatedInformation, relatedInformation{location{there.uri, there.textRange(r.Span)}, r.Message})
	}
	return d
}
