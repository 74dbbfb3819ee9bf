package history

import (
	"bufio"
	"encoding/json"
	"fmt"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/ledger"
)

// A jsonWriter writes a list of entries, each with all values that it changes.
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

func newJSONWriter(out *bufio.Writer, head gitfs.CommitID) (Writer, error) {
	_, err := fmt.Fprintf(out, "{\n  \"version\": 1,\n  \"head\": %q,\n  \"entries\": [", head)
	return &jsonWriter{out: out}, err
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
