package history

import (
	"bufio"
	"fmt"

	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A textWriter writes a heading for each commit, and below it a line for each
// thing that happened.
type textWriter struct {
	out  *bufio.Writer
	last string // heading
}

func newTextWriter(out *bufio.Writer, _ gitfs.CommitID) (Writer, error) {
	return &textWriter{out: out}, nil
}

func (t *textWriter) Entry(e Entry) error {
	if heading := heading(e); heading != t.last {
		if t.last != "" {
			fmt.Fprintln(t.out)
		}
		fmt.Fprintln(t.out, heading)
		t.last = heading
	}
	for _, event := range e.Events {
		line := fmt.Sprintf("  %s %s", source.Visible(e.Path), event.Verb)
		if event.Text != "" {
			line += ": " + source.Visible(event.Text)
		}
		fmt.Fprintln(t.out, line)
	}
	return nil
}

func (t *textWriter) Close() error { return t.out.Flush() }

// heading says when, who and which commit.
func heading(e Entry) string {
	who := person(e.Commit.Author)
	if e.Commit.Committer.Name != e.Commit.Author.Name || e.Commit.Committer.Email != e.Commit.Author.Email {
		who += ", committed by " + person(e.Commit.Committer)
	}
	if e.Merge != nil {
		who += ", merged by " + person(e.Merge.Author)
	}
	heading := e.Time.UTC().Format("2006-01-02 15:04 UTC") + "  " + e.Commit.ID.Short() + "  " + who
	if e.Reference != "" {
		heading += ", " + source.Visible(e.Reference)
	}
	return heading
}

func person(p gitfs.Person) string {
	return source.Visible(fmt.Sprintf("%s <%s>", p.Name, p.Email))
}
