package history

import (
	"bufio"
	"encoding/csv"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A csvWriter writes a line for each thing that happened, as RFC 4180 has it.
type csvWriter struct {
	out *bufio.Writer
	csv *csv.Writer
}

func newCSVWriter(out *bufio.Writer, _ gitfs.CommitID) (Writer, error) {
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
