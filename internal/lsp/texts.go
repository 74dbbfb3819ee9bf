package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"

	"github.com/sourcegraph/jsonrpc2"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/overlay"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

func (s *server) didOpen(ctx context.Context, name string, params documentParams) (any, error) {
	opened := params.TextDocument
	t := newText(opened.URI, opened.Version, []byte(opened.Text), s.encoding)
	t.saved = !s.isGone(name)
	s.texts[name] = t
	s.touch(name)
	s.look(ctx)
	return nil, nil
}

func (s *server) didChange(_ context.Context, name string, params documentParams) (any, error) {
	now := s.texts[name]
	if now == nil {
		return nil, nil
	}
	for _, change := range params.ContentChanges {
		now = now.changed(change, params.TextDocument.Version)
	}
	s.texts[name] = now
	s.touch(name)
	return nil, nil
}

func (s *server) didSave(ctx context.Context, name string, _ documentParams) (any, error) {
	if open := s.texts[name]; open != nil {
		open.saved = true
	}
	s.touch(name)
	if layout.IsRule(name) {
		s.load(ctx)
	} else {
		s.look(ctx)
	}
	return nil, nil
}

func (s *server) didClose(ctx context.Context, name string, _ documentParams) (any, error) {
	delete(s.texts, name)
	s.touch(name)
	s.look(ctx)
	return nil, nil
}

// touch has the folder of a file judged.
func (s *server) touch(name string) {
	if folder, ok := layout.FolderOf(name); ok {
		s.dirty[folder] = true
	}
}

// changedOutside is told of files that others have written.
func (s *server) changedOutside(ctx context.Context, request *jsonrpc2.Request) (any, error) {
	var params struct {
		Changes []json.RawMessage `json:"changes"`
	}
	if err := read(request, &params); err != nil {
		return nil, err
	}
	if len(params.Changes) > 0 {
		s.load(ctx)
	}
	return nil, nil
}

// look has a client's files read again that does not tell of changes, unless they are
// being read for the first time.
func (s *server) look(ctx context.Context) {
	if isFirst := s.loading && s.index == nil; !s.watches && !isFirst {
		s.load(ctx)
	}
}

// files are those of the working tree with the texts that are open. One whose file was
// there and is gone, deleted or moved, is a record no more.
func (s *server) files() *overlay.FS {
	files := overlay.New(s.repo.Files)
	for name, text := range s.texts {
		if layout.IsRecord(name) && !(text.saved && s.isGone(name)) {
			files.Set(name, text.data)
		}
	}
	return files
}

// isGone reports whether there is no such file in the working tree.
func (s *server) isGone(name string) bool {
	_, err := fs.Lstat(s.repo.Files, name)
	return errors.Is(err, fs.ErrNotExist)
}

func (s *server) tree() *repo.Tree { return s.repo.Tree(s.files()) }

// text returns a file's text as it is open, or as it is in the working tree.
func (s *server) text(files fs.FS, name string) *text {
	if open := s.texts[name]; open != nil {
		return open
	}
	data, err := fs.ReadFile(files, name)
	if err != nil {
		data = nil // it is gone
	}
	return newText(s.uriOf(name), nil, data, s.encoding)
}
