// Package issue reads the fields of a record out of the text of an issue, in which
// somebody has typed below headings what they are called by.
package issue

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/internal/table"
)

// MaxBytes is how long a text may be: GitLab takes no longer one.
const MaxBytes = 1 << 20

// maxSections is how many headings a text may have.
const maxSections = 500

// maxShown is how many characters of a heading are shown.
const maxShown = 60

// ErrNoField is what is wrong with a text of which no heading is a field that has
// something below it.
var ErrNoField = errors.New("it says nothing of any field")

// An Issue is what a text says of a record.
type Issue struct {
	Values []table.Value
	Names  map[string]string // of what is no field: of what the record's place is made, and its kind
	Lost   []Lost
}

// Lost is what somebody typed and no field takes.
type Lost struct {
	Line int
	Why  string
}

// Read reads the text of an issue, in which headings are fields. The error names all
// that cannot be read; the issue says then what is lost, and nothing else.
func Read(data []byte, fields *table.Fields) (*Issue, error) {
	lines, err := decode(data)
	if err != nil {
		return &Issue{}, err
	}
	all := sections(lines, fields.IsHeading)
	if len(all) > maxSections {
		return &Issue{}, fmt.Errorf("there are more than %d headings: this is no text of an issue", maxSections)
	}
	form := &form{fields: fields, lineOf: map[*table.Column]int{}}
	for i := range all {
		if all[i].text() != "" {
			form.add(&all[i])
		}
	}
	return form.read()
}

// decode returns the lines of a text, without comments, and without the marks of a
// quotation where all of it is one.
func decode(data []byte) ([]string, error) {
	text := string(bytes.TrimPrefix(data, []byte("\ufeff")))
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	for i, line := range strings.Split(text, "\n") {
		if !utf8.ValidString(line) {
			return nil, fmt.Errorf("line %d is no UTF-8: save the text as UTF-8", i+1)
		}
		if at := strings.IndexFunc(line, isControl); at >= 0 {
			return nil, fmt.Errorf("line %d holds a control character (%U), which is no text: take it out", i+1, []rune(line[at:])[0])
		}
	}
	text, unended := withoutComments(text)
	if unended > 0 {
		return nil, fmt.Errorf("line %d begins a comment (<!--) that never ends: write --> behind it", unended)
	}
	return unquoted(strings.Split(text, "\n")), nil
}

func isControl(r rune) bool { return unicode.IsControl(r) && r != '\t' }

// A form is the text of an issue that is being read.
type form struct {
	fields   *table.Fields
	answers  []table.Answer
	lineOf   map[*table.Column]int
	lost     []Lost
	problems []problem
}

// A problem is why something that was typed says nothing.
type problem struct {
	line int
	error
}

// add takes what a section says.
func (f *form) add(s *section) {
	if s.heading == "" {
		f.lost = append(f.lost, Lost{s.line, "what stands above the first heading was not taken"})
		return
	}
	column, err := f.fields.Find(s.heading)
	if err != nil {
		f.lost = append(f.lost, Lost{s.line, fmt.Sprintf("what stands below %q was not taken: %v", source.Shorten(source.Inline(s.heading), maxShown), err)})
		return
	}
	column.Heading = s.heading
	if other := f.answered(&column); other != nil {
		f.wrong(s.line, &column, fmt.Errorf("it was answered in line %d already", f.lineOf[other]))
		return
	}
	answer, err := s.answer(&column)
	if err != nil {
		f.wrong(s.line, &column, err)
		return
	}
	f.lineOf[&column] = s.line
	f.answers = append(f.answers, answer)
}

// answered returns the same column among those of which something was said, or nil.
func (f *form) answered(column *table.Column) *table.Column {
	for i := range f.answers {
		if f.answers[i].Column.Same(column) {
			return f.answers[i].Column
		}
	}
	return nil
}

func (f *form) wrong(line int, column *table.Column, err error) {
	f.problems = append(f.problems, problem{line, fmt.Errorf("line %d, %s: %w", line, source.Visible(column.Heading), err)})
}

// err returns all problems, by line.
func (f *form) err() error {
	slices.SortStableFunc(f.problems, func(a, b problem) int { return a.line - b.line })
	var errs []error
	for _, p := range f.problems {
		errs = append(errs, p)
	}
	return errors.Join(errs...)
}

// read returns what the answers mean.
func (f *form) read() (*Issue, error) {
	values, names, problems := table.NewReading(&table.Sheet{}, nil).Answers(f.answers)
	for _, p := range problems {
		f.wrong(f.lineOf[p.Column], p.Column, errors.New(p.Message))
	}
	switch {
	case len(f.problems) > 0:
		return &Issue{Lost: f.lost}, f.err()
	case len(values) == 0 && len(names) == 0:
		return &Issue{Lost: f.lost}, ErrNoField
	}
	return &Issue{values, names, f.lost}, nil
}
