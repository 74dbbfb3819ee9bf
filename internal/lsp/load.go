package lsp

import (
	"context"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/catalogue"
	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/lazy"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// loaded is what was read of the working tree: rules are nil where they are the ones
// that were known.
type loaded struct {
	rules *check.Rulebook
	index *check.Index
	stamp string
	err   error
}

// load reads the rules, if they have changed, and what is to be known of all folders,
// while the server goes on.
func (s *server) load(ctx context.Context) {
	if s.repo == nil {
		return
	}
	if s.loading {
		s.again = true
		return
	}
	s.loading, s.again = true, false
	known, stamp, jobs := s.rules, s.stamp, s.Jobs
	if s.index != nil {
		jobs = 1 // somebody types meanwhile
	}
	go func() {
		read := s.repo.read(ctx, known, stamp, jobs)
		s.do(ctx, func() { s.take(ctx, read) })
	}()
}

func (r *Repository) read(ctx context.Context, rules *check.Rulebook, stamp string, jobs int) loaded {
	read := loaded{stamp: stampOf(r.Files)}
	if rules == nil || read.stamp != stamp {
		if read.rules, read.err = r.Rules(); read.err != nil {
			return read
		}
		rules = read.rules
	}
	read.index, read.err = check.NewIndex(ctx, r.Tree(r.Files), rules, jobs)
	return read
}

// take takes up what was read.
func (s *server) take(ctx context.Context, read loaded) {
	s.loading, s.tried = false, read.stamp
	if read.rules != nil {
		s.rules, s.about = read.rules, catalogue.New(read.rules)
	}
	if read.err != nil {
		s.tellProblem(ctx, read.err)
	} else {
		s.tellSolved(ctx)
		s.index, s.stamp = read.index, read.stamp
		s.touchOpen()
		s.touchShown()
	}
	if s.again {
		s.load(ctx)
	}
}

// touchShown has the folders judged that the client was told something about.
func (s *server) touchShown() {
	for name := range s.shown {
		s.dirty[name] = true
	}
}

// stampOf returns what is another text once a schema or a policy is written.
func stampOf(files fs.FS) string {
	var stamp strings.Builder
	for _, root := range []string{layout.Schemas, layout.Policies} {
		// What cannot be listed cannot be read either: that is told there.
		_ = fs.WalkDir(files, root, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			if about, err := entry.Info(); err == nil {
				fmt.Fprintln(&stamp, name, about.Size(), about.ModTime().UnixNano())
			}
			return nil
		})
	}
	return stamp.String()
}

// placed is how an error names the line of a rule or a schema, and perhaps its column.
var placed = lazy.Pattern(`((?:schemas|policies)/[^\s:]+):(\d+)(?::(\d+))?: (.*)`)

// tellProblem says once that nothing can be judged, and why: in the file, too, if it is
// about one.
func (s *server) tellProblem(ctx context.Context, err error) {
	message := err.Error()
	if ctx.Err() != nil || message == s.problem {
		return
	}
	s.unmark(ctx)
	s.problem = message
	s.show(ctx, isError, "alliances: "+message)
	found := placed().FindStringSubmatch(message)
	if found == nil {
		return
	}
	line, _ := strconv.Atoi(found[2])
	column, _ := strconv.Atoi(found[3])
	t := s.text(s.repo.Files, found[1])
	begin := source.Position{Line: line, Column: max(column, 1)}
	end := source.Position{Line: line, Column: len([]rune(t.file.Line(line))) + 1}
	s.broken = t.uri
	s.notify(ctx, "textDocument/publishDiagnostics", publishParams{t.uri, nil, []diagnostic{{
		Range: t.textRange(source.Span{Start: begin, End: end}), Severity: isError, Source: "alliances", Message: found[4],
	}}})
}

// tellSolved says that what could not be judged is.
func (s *server) tellSolved(ctx context.Context) {
	if s.problem == "" {
		return
	}
	s.problem = ""
	s.unmark(ctx)
	s.show(ctx, isInfo, "alliances: records are judged again")
}

func (s *server) unmark(ctx context.Context) {
	if s.broken != "" {
		s.notify(ctx, "textDocument/publishDiagnostics", publishParams{s.broken, nil, []diagnostic{}})
	}
	s.broken = ""
}
