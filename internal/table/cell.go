package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// A Value is what a cell says of a field.
type Value struct {
	Column *Column
	Path   []string // of the field; entries of lists by their number among those that the row has
	Value  *record.Node
}

// A Problem is why a cell says nothing.
type Problem struct {
	Column  *Column
	Message string
}

// A Reading is how the columns of a sheet are read.
type Reading struct {
	columns []Column
	comma   map[int]bool // of columns of numbers: whether a comma stands before the fraction
}

// NewReading finds out how the columns of a sheet write their numbers.
func NewReading(s *Sheet, columns []Column) *Reading {
	r := &Reading{columns, map[int]bool{}}
	for i := range columns {
		if isNumeric(&columns[i].Field) {
			r.settle(s, &columns[i])
		}
	}
	return r
}

func isNumeric(f *schema.Field) bool { return f.Type == "integer" || f.Type == "number" }

var (
	withPoint = lazy.Pattern(`^-?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?$`)
	withComma = lazy.Pattern(`^-?([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)(,[0-9]+)?$`)
)

// settle sees whether all numbers in a column can be read in one way only.
func (r *Reading) settle(s *Sheet, c *Column) {
	point, comma := true, true
	for i := range s.Rows {
		if cell := clean(s.Rows[i].Cell(c.Index)); cell != "" {
			point, comma = point && withPoint().MatchString(cell), comma && withComma().MatchString(cell)
		}
	}
	if point != comma {
		r.comma[c.Index] = comma
	}
}

// number returns the number that a cell holds, without what groups its digits.
func (r *Reading) number(c *Column, cell string) (text string, err error) {
	byPoint, byComma := withPoint().MatchString(cell), withComma().MatchString(cell)
	point, comma := strings.ReplaceAll(cell, ",", ""), strings.ReplaceAll(strings.ReplaceAll(cell, ".", ""), ",", ".")
	settled, known := r.comma[c.Index]
	if !known && byPoint && byComma && point != comma {
		return "", fmt.Errorf("%q can be %s or %s: write it without what groups the digits", cell, point, comma)
	}
	switch {
	case byComma && (!byPoint || known && settled):
		return comma, nil
	case byPoint:
		return point, nil
	}
	return cell, nil // what it is instead, the schema says
}

// An Answer is what was typed of a field.
type Answer struct {
	Column  *Column
	Text    string
	Entries []string // of a list whose entries were typed apart; else they are in Text
}

// Row returns what a row says of its record, and which cells say nothing. Names are
// the cells of what is no field.
func (r *Reading) Row(row *Row) (values []Value, names map[string]string, problems []Problem) {
	var answers []Answer
	for i := range r.columns {
		c := &r.columns[i]
		answers = append(answers, Answer{Column: c, Text: row.Cell(c.Index)})
	}
	values, names, problems = r.Answers(answers)
	return values, names, append(problems, r.beyond(row)...)
}

// Answers returns what was typed as values of a record, and what of it says nothing.
func (r *Reading) Answers(answers []Answer) (values []Value, names map[string]string, problems []Problem) {
	names = map[string]string{}
	answers = typed(answers)
	numbers := entriesOf(answers)
	for _, a := range answers {
		if a.Column.Name != "" {
			names[a.Column.Name] = a.Text
			continue
		}
		value, err := r.value(&a)
		if err != nil {
			problems = append(problems, Problem{a.Column, err.Error()})
			continue
		}
		values = append(values, Value{a.Column, numbers.path(a.Column.Path), value})
	}
	return values, names, problems
}

// typed returns the answers that there are, cleaned.
func typed(answers []Answer) (all []Answer) {
	for _, a := range answers {
		if a.Text = clean(a.Text); a.Text != "" || len(a.Entries) > 0 {
			all = append(all, a)
		}
	}
	return all
}

// beyond tells of cells to the right of all headings.
func (r *Reading) beyond(row *Row) []Problem {
	last := 0
	for i := range r.columns {
		last = max(last, r.columns[i].Index)
	}
	for i := last + 1; i < len(row.Cells); i++ {
		if clean(row.Cells[i]) != "" {
			return []Problem{{nil, fmt.Sprintf("cell %s stands behind the last heading: a value that holds the separator has to be in quotes", CellName(i, row.Number))}}
		}
	}
	return nil
}

// value returns what was typed of a field as its value.
func (r *Reading) value(a *Answer) (*record.Node, error) {
	f := &a.Column.Field
	if at := strings.IndexFunc(a.Text, isControl); at >= 0 {
		return nil, fmt.Errorf("it holds a control character (%U), which is no text: take it out", []rune(a.Text[at:])[0])
	}
	if f.Items == nil {
		return r.scalar(a.Column, f, a.Text)
	}
	list := &record.Node{Kind: record.List}
	for _, entry := range a.entries() {
		if entry = clean(entry); entry == "" {
			continue
		}
		item, err := r.scalar(a.Column, f.Items, entry)
		if err != nil {
			return nil, err
		}
		list.Items = append(list.Items, item)
	}
	return list, nil
}

func isControl(r rune) bool { return unicode.IsControl(r) && r != '\t' && r != '\n' }

// entries returns the entries of a list: those that were typed apart, or what | or ;
// parts.
func (a *Answer) entries() []string {
	switch {
	case a.Entries != nil:
		return a.Entries
	case strings.Contains(a.Text, "|"):
		return strings.Split(a.Text, "|")
	}
	return strings.Split(a.Text, ";")
}

// scalar returns a cell as what the field can hold. What is none of that stays text,
// for the schema to say so.
func (r *Reading) scalar(c *Column, f *schema.Field, cell string) (*record.Node, error) {
	if chosen := choice(f, cell); chosen != nil {
		return chosen, nil
	}
	lower := strings.ToLower(cell)
	switch {
	case f.Type == "boolean" && (lower == "true" || lower == "false"):
		return &record.Node{Kind: record.Bool, Text: lower}, nil
	case isNumeric(f):
		text, err := r.number(c, cell)
		if err != nil {
			return nil, err
		}
		cell = text
		fallthrough
	case f.Type != "string" && len(f.Choices) == 0:
		if record.IsDecimal(cell) {
			return &record.Node{Kind: record.Number, Text: cell}, nil
		}
	}
	return &record.Node{Kind: record.String, Text: cell}, nil
}

// choice returns the value that a cell names, by itself or by its title, or nil.
func choice(f *schema.Field, cell string) *record.Node {
	for _, c := range f.Choices {
		if plain(c.Text) == plain(cell) || c.Title != "" && plain(c.Title) == plain(cell) {
			return &record.Node{Kind: c.Kind, Text: c.Text}
		}
	}
	return nil
}

// clean returns a cell without the blanks around it, and without the apostrophe that
// keeps spreadsheets from taking it for a formula.
func clean(cell string) string {
	cell = strings.TrimFunc(strings.ReplaceAll(cell, "\r\n", "\n"), func(r rune) bool { return strings.ContainsRune(" \t\n\u00a0", r) })
	if rest, ok := strings.CutPrefix(cell, "'"); ok && looksLikeFormula(rest) {
		return rest
	}
	return cell
}

func looksLikeFormula(text string) bool {
	return text != "" && strings.ContainsRune("=+-@'", rune(text[0]))
}

// entries are the numbers of the entries of lists of which something was typed, by
// the path of the list.
type entries map[string][]int

func entriesOf(answers []Answer) entries {
	found := entries{}
	for _, a := range answers {
		if at := entryAt(a.Column.Path); at > 0 {
			list := strings.Join(a.Column.Path[:at], "/")
			n, _ := strconv.Atoi(a.Column.Path[at])
			if !slices.Contains(found[list], n) {
				found[list] = append(found[list], n)
				slices.Sort(found[list])
			}
		}
	}
	return found
}

// entryAt returns where in a path the number of an entry stands, or 0.
func entryAt(path []string) int {
	return max(0, slices.IndexFunc(path, func(segment string) bool {
		_, err := strconv.Atoi(segment)
		return err == nil
	}))
}

// path returns a path with an entry's number among those that there are.
func (e entries) path(path []string) []string {
	at := entryAt(path)
	if at == 0 {
		return path
	}
	n, _ := strconv.Atoi(path[at])
	now := slices.Clone(path)
	now[at] = strconv.Itoa(slices.Index(e[strings.Join(path[:at], "/")], n))
	return now
}

// Same reports whether a record says already what a cell says: blanks around a text
// do not count.
func Same(was, cell *record.Node) bool {
	if was.Kind == record.String && cell.Kind == record.String {
		return clean(was.Text) == cell.Text
	}
	return was.Equal(cell)
}
