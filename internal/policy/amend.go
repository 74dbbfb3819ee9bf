package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// What a day's folder holds overrides what was in force before, key by key, all
// the way down; a list or a scalar is replaced. So that a slip of the finger is no
// silent change, a key must be there before, with a value of the same type. What
// may be new is a row of a table: a mapping of which every entry has the same
// names, such as the partner types. It has to have what all its rows have.

// amend returns the edition that a day's changes make of this one.
func (e Edition) amend(day string, changes tables) (Edition, error) {
	amended := Edition{Since: day, Root: e.Root}
	for _, file := range changes {
		if len(file.Root.Fields) == 0 {
			return e, fmt.Errorf("%s: it holds nothing: write what is different from %s on", file.Path, day)
		}
		if err := (&amendment{file}).check(e.Root, file.Root, nil); err != nil {
			return e, err
		}
		amended.Root = merge(amended.Root, file.Root)
	}
	return amended, nil
}

// merge returns a value with another laid over it, as Rego's object.union does.
func merge(under, over *record.Node) *record.Node {
	if under == nil || under.Kind != record.Map || over.Kind != record.Map {
		return over
	}
	merged := &record.Node{Kind: record.Map, Fields: slices.Clone(under.Fields)}
	for _, field := range over.Fields {
		i := slices.IndexFunc(merged.Fields, func(f record.Field) bool { return f.Key == field.Key })
		if i < 0 {
			merged.Fields = append(merged.Fields, field)
			continue
		}
		merged.Fields[i].Value = merge(merged.Fields[i].Value, field.Value)
	}
	return merged
}

// An amendment is a file in the folder of a day.
type amendment struct{ file *record.Record }

// check refuses what does not fit the handbook as it was before.
func (a *amendment) check(was, is *record.Node, path []string) error {
	if wanted := typeOf(was); typeOf(is) != wanted {
		return a.refuse(path, "is %s, and %s before: a later handbook has another value, not one of another type", typeOf(is), wanted)
	}
	if is.Kind != record.Map {
		return nil
	}
	for _, field := range is.Fields {
		below := append(path[:len(path):len(path)], field.Key)
		if before := was.Field(field.Key); before != nil {
			if err := a.check(before, field.Value, below); err != nil {
				return err
			}
			continue
		}
		rows := rowsOf(was)
		if rows == nil || len(path) == 0 {
			return a.refuse(below, "is not in the handbook as it was before: a day's folder gives what is there another value")
		}
		if err := a.checkRow(rows, field.Value, below); err != nil {
			return err
		}
	}
	return nil
}

// checkRow refuses a new row that is unlike the other rows of its table.
func (a *amendment) checkRow(rows []*record.Node, row *record.Node, path []string) error {
	if row.Kind != record.Map {
		return a.refuse(path, "is %s, and every other entry there is %s", typeOf(row), typeOf(rows[0]))
	}
	for _, name := range sharedNames(rows) {
		if row.Field(name) == nil {
			return a.refuse(path, "is new, and lacks `%s`, which every other entry there has", name)
		}
	}
	for _, field := range row.Fields {
		sameType := func(r *record.Node) bool {
			v := r.Field(field.Key)
			return v != nil && typeOf(v) == typeOf(field.Value)
		}
		if !slices.ContainsFunc(rows, sameType) {
			return a.refuse(append(path[:len(path):len(path)], field.Key), "is %s, as in no other entry there", typeOf(field.Value))
		}
	}
	return nil
}

func (a *amendment) refuse(path []string, problem string, values ...any) error {
	line := a.file.Locate(path, true).Span.Start.Line
	return fmt.Errorf("%s:%d: `%s` %s", a.file.Path, line, strings.Join(path, "."), fmt.Sprintf(problem, values...))
}

// rowsOf returns the rows of a table, and nil of what is none.
func rowsOf(n *record.Node) (rows []*record.Node) {
	for _, field := range n.Fields {
		rows = append(rows, field.Value)
	}
	if len(sharedNames(rows)) == 0 {
		return nil
	}
	return rows
}

// sharedNames returns the names that all of the rows have, in their order.
func sharedNames(rows []*record.Node) (names []string) {
	if len(rows) == 0 {
		return nil
	}
	for _, field := range rows[0].Fields {
		lacks := func(row *record.Node) bool { return row.Field(field.Key) == nil }
		if !slices.ContainsFunc(rows, lacks) {
			names = append(names, field.Key)
		}
	}
	return names
}

// typeOf says of which type a value is. A number of seats or months that was a
// whole one stays one.
func typeOf(n *record.Node) string {
	switch n.Kind {
	case record.Bool:
		return "true or false"
	case record.Number:
		if _, err := strconv.ParseInt(n.Text, 10, 64); err == nil {
			return "a whole number"
		}
		return "a number with a fraction"
	case record.String:
		return "a text"
	case record.List:
		return "a list"
	case record.Map:
		return "a mapping"
	}
	return "empty"
}
