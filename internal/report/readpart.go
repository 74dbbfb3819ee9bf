package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A Stored is a report that was read, with the texts that it shows.
type Stored struct {
	Report
	Name    string // of its file, for messages
	Elapsed time.Duration
	texts   map[string][]byte
}

// Source returns the text of a file, or nil where there is none to show.
func (s *Stored) Source(file string) *source.File {
	text, known := s.texts[file]
	if !known {
		return nil
	}
	return source.New(text)
}

// partHint says what to give instead of what is no report of a part.
const partHint = "give what `alliances validate --shard I/N --report json=FILE` wrote, as it is"

// ReadPart returns the report of a part that is in data, from the file of that name.
// It takes only what writing it anew gives byte for byte: that a report is cut off or
// was changed, or is another program's, shows whatever it is that differs.
func ReadPart(name string, data []byte) (*Stored, error) {
	var document struct {
		jsonHead
		Findings []jsonFinding `json:"findings"`
		Waived   []jsonWaived  `json:"waived"`
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&document); err != nil {
		return nil, fmt.Errorf("%s is no report of a part (%w): %s", name, err, partHint)
	}
	switch {
	case document.Version != jsonVersion:
		return nil, fmt.Errorf("%s has version %d, and this program reads %d: join with the program that judged", name, document.Version, jsonVersion)
	case document.Shard == nil:
		return nil, fmt.Errorf("%s is of no part of a run: %s", name, partHint)
	}
	part, err := fromJSON(name, &document.jsonHead, document.Findings, document.Waived)
	if err == nil {
		err = part.rewritten(data)
	}
	if err != nil {
		return nil, fmt.Errorf("%s is damaged, %w: %s", name, err, partHint)
	}
	return part, nil
}

func fromJSON(name string, head *jsonHead, findings []jsonFinding, waived []jsonWaived) (*Stored, error) {
	shard := head.Shard
	s := &Stored{Name: name, Elapsed: time.Duration(math.Round(shard.Seconds * float64(time.Second))), texts: map[string][]byte{}}
	s.Records, s.Partners, s.Files = head.Summary.Records, head.Summary.Partners, shard.Records
	s.Part = &Part{shard.Index, shard.Count, shard.Run}
	for i := range shard.Rules {
		rule := finding.Rule(shard.Rules[i])
		s.Rules = append(s.Rules, &rule)
	}
	for i := range findings {
		f, err := s.finding(&findings[i])
		if err != nil {
			return nil, err
		}
		s.Findings = append(s.Findings, f)
	}
	for i := range waived {
		w := &waived[i]
		f, err := s.finding(&w.jsonFinding)
		if err != nil {
			return nil, err
		}
		s.Waived = append(s.Waived, finding.Waived{Finding: f, Waiver: finding.Waiver{
			File: w.Waiver, Reason: w.Reason, By: w.ApprovedBy, On: w.ApprovedOn, Until: w.ExpiresAt,
		}})
	}
	finding.Sort(s.Findings)
	finding.SortWaived(s.Waived)
	return s, s.Part.check(s.Records - len(s.Files))
}

// check returns why there is no such part, or nil. unnamed is how many of its
// records have no path.
func (p *Part) check(unnamed int) error {
	switch {
	case p.Index < 1 || p.Index > p.Count:
		return fmt.Errorf("there is no %s", p)
	case unnamed != 0:
		return errors.New("not all records have a path")
	}
	return nil
}

var errDiffers = errors.New("since writing it anew gives another one")

// rewritten returns errDiffers where the report is not what it was read from.
func (s *Stored) rewritten(data []byte) error {
	var again bytes.Buffer
	err := Write("json", &again, &s.Report, Options{Source: s.Source, Elapsed: s.Elapsed})
	if err == nil && !bytes.Equal(again.Bytes(), data) {
		return errDiffers
	}
	return err
}

// finding reads a finding, and keeps the text of its file if it comes along.
func (s *Stored) finding(j *jsonFinding) (finding.Finding, error) {
	f, err := j.finding()
	if j.Text != nil {
		s.texts[f.File] = *j.Text
	}
	return f, err
}

func (j *jsonFinding) finding() (finding.Finding, error) {
	f := finding.Finding{
		Rule: j.Rule, Severity: j.Severity, Message: j.Message, Detail: j.Detail,
		Place: j.place(), Expected: finding.ValueOf(j.Expected), Help: j.Help, Handbook: j.Handbook,
		HandbookURL: j.HandbookURL,
	}
	f.Subject, f.AtKey = j.Subject, j.AtKey
	if j.FileBytes != nil {
		f.File = string(j.FileBytes)
	}
	for _, related := range j.Related {
		f.Related = append(f.Related, finding.Related{Place: related.place(), Message: related.Message})
	}
	return f, f.Check()
}

func (j *jsonPlace) place() finding.Place {
	return finding.Place{File: j.File, Path: pointer.Path(j.Path), Span: source.Span{
		Start: source.Position{Line: j.Line, Column: j.Column}, End: source.Position{Line: j.EndLine, Column: j.EndColumn},
	}}
}
