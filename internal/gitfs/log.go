package gitfs

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
)

// A Commit is one step of the history.
type Commit struct {
	ID                CommitID
	Parents           []CommitID // none of the first commit, and of the last one in a shallow clone
	Author, Committer Person
	Message           string // as it was written, in UTF-8 if git can tell the encoding
	Changes           []FileChange
}

// A Person is who did something, and when: in the time zone that they gave.
type Person struct {
	Name, Email string
	Time        time.Time
}

// A FileChange is a file with other contents than before.
type FileChange struct {
	Path          string
	Before, After string // ids of the contents, "" where there is no such plain file
}

// logFlags make git list commits from the newest on, each as fields that end in
// a NUL, which none of them can hold.
var logFlags = []string{
	"--topo-order", "--date=raw", "--encoding=UTF-8",
	"--format=tformat:%H%x00%P%x00%an%x00%ae%x00%ad%x00%cn%x00%ce%x00%cd%x00%B%x00",
}

const logFields = 9

// readCommits reads up to n commits, and none at the end.
func readCommits(in *bufio.Reader, n int) ([]*Commit, error) {
	var commits []*Commit
	for len(commits) < n {
		commit, err := readCommit(in)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		commits = append(commits, commit)
	}
	return commits, nil
}

// readCommit reads one commit, or io.EOF where none is left.
func readCommit(in *bufio.Reader) (*Commit, error) {
	var fields [logFields]string
	for i := range fields {
		field, err := in.ReadString(0)
		if errors.Is(err, io.EOF) {
			if i == 0 && strings.Trim(field, "\n") == "" {
				return nil, io.EOF
			}
			return nil, io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		fields[i] = field[:len(field)-1]
	}
	heading := strings.LastIndex(fields[0], "\n") + 1 // git repeats the id on a line of its own
	return &Commit{
		ID:        CommitID(fields[0][heading:]),
		Parents:   commitIDs(fields[1]),
		Author:    Person{fields[2], fields[3], parseTime(fields[4])},
		Committer: Person{fields[5], fields[6], parseTime(fields[7])},
		Message:   fields[8],
	}, nil
}

func commitIDs(list string) []CommitID {
	var ids []CommitID
	for id := range strings.FieldsSeq(list) {
		ids = append(ids, CommitID(id))
	}
	return ids
}

// FirstParent returns the commit that the branch was at before this one, or ""
// where it is the first.
func (c *Commit) FirstParent() CommitID {
	if len(c.Parents) == 0 {
		return ""
	}
	return c.Parents[0]
}

// parseTime returns the time of a commit: the seconds since 1970 and a zone as
// +0130. A commit can hold anything there; what is no time is the zero time, and
// a zone of a day or more is none.
func parseTime(raw string) time.Time {
	seconds, zone, _ := strings.Cut(raw, " ")
	unix, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return time.Time{}
	}
	const day = 24 * 60 * 60
	digits, err := strconv.Atoi(zone)
	offset := (digits/100*60 + digits%100) * 60
	if err != nil || offset == 0 || offset <= -day || offset >= day {
		return time.Unix(unix, 0).UTC()
	}
	return time.Unix(unix, 0).In(time.FixedZone("", offset))
}
