// Package table reads records out of the rows of a spreadsheet, and writes records
// as rows: a column is a field, by its path or its title.
package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
)

// MaxBytes is how large a file may be.
const MaxBytes = 64 << 20

// A Sheet is a table as a spreadsheet writes it (RFC 4180, with commas, semicolons
// or tabs).
type Sheet struct {
	Headings []string
	Rows     []Row // without those that are empty
}

// A Row is one of its rows.
type Row struct {
	Number int // as the spreadsheet counts: the headings are row 1
	Cells  []string
}

// Cell returns what is in a column, counted from 0.
func (r *Row) Cell(column int) string {
	if column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

// CellName returns what a spreadsheet calls a cell, such as C12. Columns are
// counted from 0.
func CellName(column, row int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return fmt.Sprintf("%s%d", name, row)
}

// Read reads a table. isHeading reports whether a cell is the heading of a column,
// by which the separator is found out.
func Read(data []byte, isHeading func(cell string) bool) (*Sheet, error) {
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	sheet := &Sheet{}
	if rest, told := tellsSeparator(text); rest != nil {
		err = sheet.read(rest, told)
	} else {
		err = sheet.read(text, separator(text, isHeading))
	}
	if err == nil && len(sheet.Headings) == 0 {
		err = errors.New("it is empty: its first row says which field each column is")
	}
	return sheet, err
}

// decode returns a text as UTF-8 without a byte order mark, by which texts of other
// encodings are known.
func decode(data []byte) ([]byte, error) {
	text, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), data)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(text) {
		return nil, fmt.Errorf("it is not written in UTF-8 (see line %d): save it again as CSV UTF-8", 1+bytes.Count(text[:invalidAt(text)], []byte("\n")))
	}
	if !bytes.Contains(text, []byte("\n")) { // "CSV (Macintosh)"
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	return text, nil
}

// invalidAt returns where a text ceases to be UTF-8.
func invalidAt(text []byte) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(text)
}

// separatorLine is a line that tells Excel what parts the cells, and is no row.
var separatorLine = lazy.Pattern(`^(?i:sep)=([,;\t])\r?\n`)

// tellsSeparator returns what parts the cells, and the text behind the line that tells
// it; nil where there is no such line.
func tellsSeparator(text []byte) (rest []byte, separator rune) {
	line := separatorLine().FindSubmatch(text)
	if line == nil {
		return nil, 0
	}
	return text[len(line[0]):], rune(line[1][0])
}

// separator returns what parts the cells: that by which most of the first row's
// are headings, or else by which there are most.
func separator(text []byte, isHeading func(cell string) bool) rune {
	best, most := ',', -1
	for _, candidate := range ",;\t" {
		first, err := newReader(text, candidate).Read()
		if err != nil {
			continue
		}
		count := len(first)
		for _, cell := range first {
			if isHeading(cell) {
				count += 1000
			}
		}
		if count > most {
			best, most = candidate, count
		}
	}
	return best
}

func newReader(text []byte, separator rune) *csv.Reader {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord = separator, -1
	return r
}

func (s *Sheet) read(text []byte, separator rune) error {
	r := newReader(text, separator)
	number, lines := 0, 0 // rows so far, and the lines that they take
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return quoteError(err, number)
		}
		first, _ := r.FieldPos(0)
		number += first - lines // a row, and what is blank before it
		lines = bytes.Count(text[:r.InputOffset()], []byte("\n"))
		if !bytes.HasSuffix(text[:r.InputOffset()], []byte("\n")) {
			lines++ // the last one
		}
		if isEmpty(cells) {
			continue
		}
		if s.Headings == nil {
			s.Headings = cells
			continue
		}
		s.Rows = append(s.Rows, Row{number, cells})
	}
}

// quoteError says in plain words what keeps rows from being told apart.
func quoteError(err error, rows int) error {
	var problem *csv.ParseError
	if !errors.As(err, &problem) {
		return err
	}
	what := "a quotation mark is missing, or one stands in a cell that is not in quotes"
	return fmt.Errorf("row %d cannot be read: %s, on line %d (in a cell in quotes, a quotation mark is written twice)", rows+1, what, problem.Line)
}

func isEmpty(cells []string) bool { return strings.TrimSpace(strings.Join(cells, "")) == "" }
