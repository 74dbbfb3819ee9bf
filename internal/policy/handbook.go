package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A Handbook is the handbook's numbers and tables through time. Whoever reads it
// says for which day.
type Handbook struct {
	editions []Edition      // by day, the first one in front
	days     []record.Field // what each day's folder holds
}

// An Edition is the handbook as it is in force from a day on.
type Edition struct {
	Since string // YYYY-MM-DD; "" of the first, which has always been in force
	Root  *record.Node
}

// Editions returns all editions, by day.
func (h Handbook) Editions() []Edition { return h.editions }

// Newest returns the edition that no later one follows, which is in force for
// what has no day.
func (h Handbook) Newest() Edition { return h.On("") }

// On returns the edition in force on a day: the newest for what is no day, as
// data.lib.handbook.on does.
func (h Handbook) On(day string) Edition {
	for _, edition := range slices.Backward(h.editions) {
		if !record.IsDay(day) || edition.Since <= day {
			return edition
		}
	}
	return Edition{}
}

// Data returns data.handbook: the handbook as it was first, and beside its
// sections the days with what is different from then on.
func (h Handbook) Data() *record.Node {
	return &record.Node{Kind: record.Map, Fields: slices.Concat(h.editions[0].Root.Fields, h.days)}
}

// At returns what stands under the names, one below the other, as decoded from
// JSON with numbers as json.Number; nil where there is nothing.
func (e Edition) At(names ...string) any {
	if value := e.Root.At(names); value != nil {
		return value.JSON()
	}
	return nil
}

// Whole returns the whole number under the names, and 0 where there is none.
func (e Edition) Whole(names ...string) int {
	number, _ := e.At(names...).(json.Number)
	n, err := strconv.Atoi(number.String())
	if err != nil {
		return 0
	}
	return n
}

// Text returns the text under the names, and "" where there is none.
func (e Edition) Text(names ...string) string {
	text, _ := e.At(names...).(string)
	return text
}

// Scalar returns the text, number or truth value under the names as it is written, and
// "" where there is none.
func (e Edition) Scalar(names ...string) string {
	if value := e.Root.At(names); value != nil && value.IsScalar() {
		return value.Text
	}
	return ""
}

// handbookFolder holds the handbook, and in it a folder for each day from which
// on something is different.
const handbookFolder = "handbook"

// ReadHandbook merges the top-level keys of every data file in handbook/, as
// OPA does when it loads the folder, and those in each day's folder below it. The
// files are read as strictly as records: a number that stands twice would change
// in silence.
func ReadHandbook(fsys fs.FS) (Handbook, error) {
	entries, err := fs.ReadDir(fsys, handbookFolder)
	if errors.Is(err, fs.ErrNotExist) {
		return Handbook{}, errors.New("policies/handbook/ is missing: it holds the numbers and tables that rules read")
	}
	if err != nil {
		return Handbook{}, err
	}
	first, err := readTables(fsys, handbookFolder, entries)
	if err != nil {
		return Handbook{}, err
	}
	h := Handbook{editions: []Edition{{Root: first.root()}}}
	for _, entry := range entries { // by name, which is by day
		if !entry.IsDir() {
			continue
		}
		if err := h.readDay(fsys, entry.Name()); err != nil {
			return Handbook{}, err
		}
	}
	return h, nil
}

// readDay adds the edition that the folder of a day makes of the one before.
func (h *Handbook) readDay(fsys fs.FS, day string) error {
	folder := path.Join(handbookFolder, day)
	if !record.IsDay(day) {
		return fmt.Errorf("%s%s/: a folder in the handbook is named by the day from which on it is in force, such as 2027-01-01; %q is no day",
			root, folder, day)
	}
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return err
	}
	changes, err := readTables(fsys, folder, entries)
	if err != nil {
		return err
	}
	if len(changes) == 0 {
		return fmt.Errorf("%s%s/ holds no data: write what is different from that day on, in files like those in %s%s/",
			root, folder, root, handbookFolder)
	}
	amended, err := h.Newest().amend(day, changes)
	if err != nil {
		return err
	}
	h.editions = append(h.editions, amended)
	h.days = append(h.days, record.Field{Key: day, Value: changes.root()})
	return nil
}

// tables are the data files of one folder, of which each gives other keys.
type tables []*record.Record

// root returns what the files hold together.
func (t tables) root() *record.Node {
	all := &record.Node{Kind: record.Map}
	for _, file := range t {
		all.Fields = append(all.Fields, file.Root.Fields...)
	}
	return all
}

// readTables reads the data files in a folder of the handbook.
func readTables(fsys fs.FS, folder string, entries []fs.DirEntry) (tables, error) {
	var files tables
	given := map[string]bool{}
	for _, entry := range entries {
		name := path.Join(folder, entry.Name())
		if err := checkEntry(name, entry); err != nil {
			return nil, err
		}
		if entry.IsDir() || !isData(name) {
			continue
		}
		file, err := readTable(fsys, name)
		if err != nil {
			return nil, err
		}
		for _, field := range file.Root.Fields {
			if given[field.Key] {
				return nil, fmt.Errorf("%s: another file in %s%s/ gives `%s` too", file.Path, root, folder, field.Key)
			}
			given[field.Key] = true
		}
		files = append(files, file)
	}
	return files, nil
}

func isData(name string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(name))
}

// checkEntry refuses what would be taken for a day's folder, or not be read.
func checkEntry(name string, entry fs.DirEntry) error {
	day := strings.TrimSuffix(entry.Name(), path.Ext(name))
	switch {
	case entry.Type()&^fs.ModeDir != 0:
		return fmt.Errorf("%s%s: it is a link or another thing that is no plain file or folder, and is not followed", root, name)
	case !entry.IsDir() && record.IsDay(day):
		return fmt.Errorf("%s%s: what is different from a day on stands in a folder of that name, %s%s/%s/",
			root, name, root, handbookFolder, day)
	case entry.IsDir() && path.Dir(name) != handbookFolder:
		return fmt.Errorf("%s%s/: the folder of a day holds files alone", root, name)
	}
	return nil
}

// readTable reads a data file, which is a table of values by their names.
func readTable(fsys fs.FS, name string) (*record.Record, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	file, findings := record.Load(root+name, data)
	switch {
	case file == nil:
		return nil, fmt.Errorf("%s:%d: %s", root+name, findings[0].Span.Start.Line, findings[0].Message)
	case file.Root.Kind != record.Map:
		return nil, fmt.Errorf("%s: it holds no table: write `name: value`", root+name)
	}
	for _, field := range file.Root.Fields {
		if record.IsDay(field.Key) {
			return nil, fmt.Errorf("%s:%d: what is different from a day on stands in a folder of that name, %s%s/%s/",
				root+name, file.Locate([]string{field.Key}, true).Span.Start.Line, root, handbookFolder, field.Key)
		}
	}
	return file, nil
}
