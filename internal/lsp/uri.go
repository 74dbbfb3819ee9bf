package lsp

import (
	"net/url"
	"path"
	"path/filepath"
	"strings"
)

// fileOf returns the path that a URI names, "" where it is no file's.
func fileOf(uri string) string {
	parsed, err := url.Parse(uri)
	if err != nil || parsed.Scheme != "file" {
		return ""
	}
	name := parsed.Path
	if len(name) > 2 && name[0] == '/' && name[2] == ':' { // a drive of Windows
		name = name[1:]
	}
	return filepath.FromSlash(name)
}

// path returns the path, from the root of the tree, of the file that a URI names.
func (s *server) path(uri string) (string, bool) {
	file := fileOf(uri)
	if file == "" {
		return "", false
	}
	return s.repo.Path(file)
}

// uriOf returns the URI of a file in the tree: the one by which the client has opened
// it, if it has.
func (s *server) uriOf(name string) string {
	if open := s.texts[name]; open != nil {
		return open.uri
	}
	file := path.Join(filepath.ToSlash(s.repo.Dir), name)
	if !strings.HasPrefix(file, "/") {
		file = "/" + file
	}
	return (&url.URL{Scheme: "file", Path: file}).String()
}
