package table

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/internal/spelling"
)

// A Column is where the values of a field stand.
type Column struct {
	Index   int // counted from 0
	Heading string
	Path    []string     // of the field, entries of lists by their number; nil for Name
	Field   schema.Field // that is there
	Name    string       // of what is no field: partner or id, of which the record's place is made, or kind
	above   []string     // the titles of what the field belongs to
}

// Fields are what columns can be.
type Fields struct {
	Kind   []string // what the records are called
	Fields []schema.Field
	Names  []string // what a record's place is made of besides
}

// KindName is the column that may say of each row which kind it is.
const KindName = "kind"

// IsHeading reports whether a cell is the heading of a column.
func (f *Fields) IsHeading(cell string) bool {
	_, err := f.Find(cell)
	return err == nil
}

// Columns returns what the headings of a sheet mean. renamed says of some fields
// what their heading is. The error names all that mean nothing, or too much.
func (f *Fields) Columns(s *Sheet, renamed map[string]string) ([]Column, error) {
	var columns []Column
	var errs []error
	fieldOf := map[string]string{}
	for field, heading := range renamed {
		if !slices.ContainsFunc(s.Headings, func(h string) bool { return plain(h) == plain(heading) }) {
			errs = append(errs, fmt.Errorf("--column %s=%s: there is no such heading; there are %s", field, heading, strings.Join(s.Headings, ", ")))
		}
		fieldOf[plain(heading)] = field
	}
	for i, heading := range s.Headings {
		if strings.TrimSpace(heading) == "" {
			errs = append(errs, s.mustBeEmpty(i))
			continue
		}
		named := heading
		if field, ok := fieldOf[plain(heading)]; ok {
			named = field
		}
		column, err := f.Find(named)
		if err == errUnknown {
			err = fmt.Errorf("%w; say which it is with --column FIELD=HEADING, or leave the column out", err)
		}
		column.Index, column.Heading = i, strings.TrimSpace(heading)
		if err == nil {
			err = taken(columns, &column)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("the heading %q (cell %s): %w", source.Inline(heading), CellName(i, 1), err))
			continue
		}
		columns = append(columns, column)
	}
	return columns, errors.Join(errs...)
}

// mustBeEmpty makes sure that there is nothing in a column without a heading.
func (s *Sheet) mustBeEmpty(column int) error {
	for i := range s.Rows {
		if strings.TrimSpace(s.Rows[i].Cell(column)) != "" {
			return fmt.Errorf("cell %s holds something, but its column has no heading: write one into %s",
				CellName(column, s.Rows[i].Number), CellName(column, 1))
		}
	}
	return nil
}

// taken returns an error where another column is the same field.
func taken(columns []Column, column *Column) error {
	for i := range columns {
		if columns[i].Same(column) {
			return fmt.Errorf("%q is the same field already", columns[i].Heading)
		}
	}
	return nil
}

// Same reports whether two columns are the same field.
func (c *Column) Same(other *Column) bool {
	return c.Name == other.Name && slices.Equal(c.Path, other.Path)
}

// plain returns a heading without what does not count in it.
func plain(heading string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "", ":", "").Replace(strings.ToLower(strings.TrimSpace(heading)))
}

var errUnknown = errors.New("no field is called so")

// Find returns what a heading means.
func (f *Fields) Find(heading string) (Column, error) {
	wanted := plain(heading)
	names := append([]string{KindName}, f.Names...)
	if i := slices.IndexFunc(names, func(name string) bool { return plain(name) == wanted }); i >= 0 {
		return Column{Name: names[i]}, nil
	}
	if column, ok := byPath(f.Fields, strings.Split(strings.TrimSpace(heading), "."), nil); ok {
		return column, leaf(&column)
	}
	found := f.among(func(c *Column) bool { return slices.Contains(c.titles(), wanted) })
	if len(found) == 0 {
		words := f.words(heading)
		found = f.among(func(c *Column) bool { return len(words) > 0 && slices.Equal(f.words(c.Field.Title), words) })
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return Column{}, f.unknown(heading)
	}
	var paths []string
	for _, column := range found {
		paths = append(paths, strings.Join(column.Path, "."))
	}
	return Column{}, fmt.Errorf("it can be any of %s: write which", strings.Join(paths, ", "))
}

// among returns the fields for which that is so.
func (f *Fields) among(is func(*Column) bool) []Column {
	return slices.DeleteFunc(leaves(f.Fields, nil, nil), func(c Column) bool { return !is(&c) })
}

// words returns the words of a title that tell fields apart, sorted: a partner's
// "Partner type" is its "Type of partner".
func (f *Fields) words(title string) []string {
	words := slices.DeleteFunc(strings.Fields(strings.ToLower(title)), func(word string) bool {
		return slices.Contains(smallWords, word) || slices.Contains(f.Kind, word)
	})
	slices.Sort(words)
	return words
}

var smallWords = []string{"a", "an", "at", "by", "for", "in", "of", "on", "the", "to"}

// maxHeading is how long a heading can be, in bytes, that may be meant for another.
const maxHeading = 200

// unknown says that no field is called so, and which may be meant.
func (f *Fields) unknown(heading string) error {
	var known []string
	for _, column := range leaves(f.Fields, nil, nil) {
		known = append(known, strings.Join(column.Path, "."), column.Field.Title)
	}
	if len(heading) > maxHeading {
		return errUnknown
	}
	meant := spelling.Nearest(strings.TrimSpace(heading), append(known, f.Names...), 1+len(heading)/4)
	if len(meant) == 0 {
		return errUnknown
	}
	return fmt.Errorf("%w; did you mean `%s`?", errUnknown, meant[0])
}

var isNumber = lazy.Pattern(`^[1-9][0-9]{0,2}$`)

// byPath returns the field that a heading names segment by segment: by the names or
// titles of fields, and the numbers of entries in lists.
func byPath(fields []schema.Field, segments, path []string) (Column, bool) {
	for i := range fields {
		f := &fields[i]
		if plain(f.Name) == plain(segments[0]) || plain(f.Title) == plain(segments[0]) {
			return below(f, segments[1:], append(slices.Clip(path), f.Name))
		}
	}
	return Column{}, false
}

func below(f *schema.Field, segments, path []string) (Column, bool) {
	switch {
	case len(segments) == 0:
		return Column{Path: path, Field: *f}, true
	case f.Items != nil && isNumber().MatchString(segments[0]):
		n, _ := strconv.Atoi(segments[0])
		return below(f.Items, segments[1:], append(slices.Clip(path), strconv.Itoa(n-1)))
	}
	if column, ok := byPath(f.Fields, segments, path); ok || f.Others == nil || segments[0] == "" {
		return column, ok
	}
	return below(f.Others, segments[1:], append(slices.Clip(path), strings.TrimSpace(segments[0])))
}

// leaf returns an error where a column would hold more than one value.
func leaf(c *Column) error {
	switch {
	case len(c.Field.Fields) > 0 || c.Field.Others != nil:
		return fmt.Errorf("it has parts, each with a heading of its own, such as %s", strings.Join(c.Path, ".")+"."+first(&c.Field))
	case c.Field.Items != nil && len(c.Field.Items.Fields) > 0:
		return fmt.Errorf("its entries have parts, each with a heading of its own, such as %s", strings.Join(c.Path, ".")+".1."+first(c.Field.Items))
	}
	return nil
}

func first(f *schema.Field) string {
	if len(f.Fields) == 0 {
		return "NAME"
	}
	return f.Fields[0].Name
}

// leaves returns the fields that hold one value, or a list of such.
func leaves(fields []schema.Field, path, above []string) (all []Column) {
	for i := range fields {
		f := &fields[i]
		here := append(slices.Clip(path), f.Name)
		switch {
		case len(f.Fields) > 0:
			all = append(all, leaves(f.Fields, here, append(slices.Clip(above), f.Title))...)
		case f.Others == nil && (f.Items == nil || len(f.Items.Fields) == 0):
			all = append(all, Column{Path: here, Field: *f, above: above})
		}
	}
	return all
}

// titles returns what a leaf may be called: its title, alone or behind those of what
// it belongs to.
func (c *Column) titles() []string {
	title := plain(c.Field.Title)
	titles := []string{title}
	for _, above := range slices.Backward(c.above) {
		title = plain(above) + title
		titles = append(titles, title)
	}
	return titles
}
