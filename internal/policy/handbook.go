package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"

	"github.com/open-policy-agent/opa/v1/ast"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A Handbook is the handbook's numbers and tables: data.handbook.
type Handbook struct{ Root *record.Node }

// At returns what stands under the names, one below the other, as decoded from
// JSON with numbers as json.Number; nil where there is nothing.
func (h Handbook) At(names ...string) any {
	if value := h.Root.At(names); value != nil {
		return value.JSON()
	}
	return nil
}

// Whole returns the whole number under the names, and 0 where there is none.
func (h Handbook) Whole(names ...string) int {
	number, _ := h.At(names...).(json.Number)
	n, err := strconv.Atoi(number.String())
	if err != nil {
		return 0
	}
	return n
}

// Text returns the text under the names, and "" where there is none.
func (h Handbook) Text(names ...string) string {
	text, _ := h.At(names...).(string)
	return text
}

// ReadHandbook merges the top-level keys of every data file in handbook/, as
// OPA does when it loads the folder. The files are read as strictly as records:
// a number that stands twice would change in silence.
func ReadHandbook(fsys fs.FS) (Handbook, error) {
	handbook := Handbook{&record.Node{Kind: record.Map}}
	err := fs.WalkDir(fsys, "handbook", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(name)) {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		document, findings := record.Load(root+name, data)
		if document == nil {
			return fmt.Errorf("%s:%d: %s", root+name, findings[0].Span.Start.Line, findings[0].Message)
		}
		if document.Root.Kind != record.Map {
			return fmt.Errorf("%s: it holds no table: write `name: value`", root+name)
		}
		for _, field := range document.Root.Fields {
			if handbook.Root.Field(field.Key) != nil {
				return fmt.Errorf("%s: another file in policies/handbook/ gives `%s` too", root+name, field.Key)
			}
			handbook.Root.Fields = append(handbook.Root.Fields, field)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return Handbook{}, errors.New("policies/handbook/ is missing: it holds the numbers and tables that rules read")
	}
	return handbook, err
}

var handbookRef = ast.MustParseRef("data.handbook")

// checkHandbookRef makes sure that what policies read of the handbook is there: a
// rule that reads a name which nobody gives would find nothing, ever.
func checkHandbookRef(ref ast.Ref, handbook ast.Value) error {
	if !ref.HasPrefix(handbookRef) {
		return nil
	}
	known := ref[len(handbookRef):]
	for i, name := range known {
		if !name.IsGround() {
			known = known[:i]
			break
		}
	}
	if _, missing := handbook.Find(known); missing != nil {
		return fmt.Errorf("the handbook's data has no %v", ref[1:])
	}
	return nil
}
