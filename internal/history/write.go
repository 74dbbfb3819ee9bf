package history

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/ledger"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A Writer writes entries as they come.
type Writer interface {
	Entry(Entry) error
	Close() error // writes the end, and nothing where no entry came in a form without an end
}

// Formats returns the names of the formats, the default one first.
func Formats() []string { return []string{"text", "json", "csv"} }

// NewWriter returns what writes the history of the commit head in the format of
// that name.
func NewWriter(format string, head gitfs.CommitID, w io.Writer) (Writer, error) {
	out := bufio.NewWriterSize(w, 1<<16)
	switch format {
	case "text":
		return &textWriter{out: out}, nil
	case "json":
		_, err := fmt.Fprintf(out, "{\n  \"version\": 1,\n  \"head\": %q,\n  \"entries\": [", head)
		return &jsonWriter{out: out}, err
	case "csv":
		return newCSVWriter(out)
	}
	return nil, fmt.Errorf("there is no format %q; there are %s", format, strings.Join(Formats(), ", "))
}

// A textWriter writes a heading for each commit, and below it a line for each
// thing that happened.
type textWriter struct {
	out  *bufio.Writer
	last string // heading
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

type jsonWriter struct {
	out     *bufio.Writer
	entries int
}

type jsonEntry struct {
	Time      string         `json:"time"`
	Commit    gitfs.CommitID `json:"commit"`
	Author    jsonPerson     `json:"author"`
	Committer jsonPerson     `json:"committer"`
	Merge     *jsonCommit    `json:"merge,omitempty"`
	Reference string         `json:"reference,omitempty"`
	ledger.JSON
}

type jsonCommit struct {
	Commit    gitfs.CommitID `json:"commit"`
	Author    jsonPerson     `json:"author"`
	Committer jsonPerson     `json:"committer"`
}

type jsonPerson struct {
	Name  string `json:"name"`
	Email string `json:"email"`
	Time  string `json:"time"`
}

func toJSON(p gitfs.Person) jsonPerson {
	return jsonPerson{p.Name, p.Email, p.Time.Format(time.RFC3339)}
}

func (j *jsonWriter) Entry(e Entry) error {
	entry := jsonEntry{
		Time: e.Time.UTC().Format(time.RFC3339), Commit: e.Commit.ID,
		Author: toJSON(e.Commit.Author), Committer: toJSON(e.Commit.Committer),
		Reference: e.Reference, JSON: e.JSON(),
	}
	if e.Merge != nil {
		entry.Merge = &jsonCommit{e.Merge.ID, toJSON(e.Merge.Author), toJSON(e.Merge.Committer)}
	}
	text, err := json.MarshalIndent(entry, "    ", "  ")
	if err != nil {
		return err
	}
	if j.entries++; j.entries > 1 {
		fmt.Fprint(j.out, ",")
	}
	fmt.Fprintf(j.out, "\n    %s", text)
	return nil
}

func (j *jsonWriter) Close() error {
	if j.entries > 0 {
		fmt.Fprint(j.out, "\n  ")
	}
	fmt.Fprint(j.out, "]\n}\n")
	return j.out.Flush()
}

// A csvWriter writes a line for each thing that happened, as RFC 4180 has it.
type csvWriter struct {
	out *bufio.Writer
	csv *csv.Writer
}

func newCSVWriter(out *bufio.Writer) (*csvWriter, error) {
	c := &csvWriter{out, csv.NewWriter(out)}
	c.csv.UseCRLF = true
	return c, c.csv.Write([]string{
		"time", "event", "kind", "partner", "record", "was", "text", "author", "author_email",
		"committer", "committer_email", "merged_by", "merged_by_email", "reference", "commit", "merge_commit",
	})
}

func (c *csvWriter) Entry(e Entry) error {
	merge := e.Merge
	if merge == nil {
		merge = &gitfs.Commit{}
	}
	for _, event := range e.Events {
		line := []string{
			e.Time.UTC().Format(time.RFC3339), event.Verb, e.Kind, e.Partner, e.Path, e.Was, event.Text,
			e.Commit.Author.Name, e.Commit.Author.Email, e.Commit.Committer.Name, e.Commit.Committer.Email,
			merge.Author.Name, merge.Author.Email, e.Reference, string(e.Commit.ID), string(merge.ID),
		}
		for i := range line {
			line[i] = source.Cell(line[i])
		}
		if err := c.csv.Write(line); err != nil {
			return err
		}
	}
	return nil
}

func (c *csvWriter) Close() error {
	c.csv.Flush()
	if err := c.csv.Error(); err != nil {
		return err
	}
	return c.out.Flush()
}
