package issue

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/table"
)

// TestTemplates makes sure that the forms in .gitlab/issue_templates ask for what the
// schemas want, in their words, and say nothing before somebody fills them in.
func TestTemplates(t *testing.T) {
	set, err := kinds()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../../.gitlab/issue_templates/*.md")
	if err != nil || len(files) < 4 {
		t.Fatalf("%v %v", files, err)
	}
	for _, file := range files {
		title := strings.TrimSuffix(path.Base(filepath.ToSlash(file)), ".md")
		t.Run(title, func(t *testing.T) {
			at := slices.IndexFunc(set.Kinds(), func(kind string) bool { return set.Title(kind, nil) == title })
			if at < 0 {
				t.Fatal("no kind has this title")
			}
			kind := set.Kinds()[at]
			fields := fieldsOf(t, kind)
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if found, err := Read(data, fields); !errors.Is(err, ErrNoField) || len(found.Lost) > 0 {
				t.Errorf("it says %v, and loses %v (%v)", said(found), found.Lost, err)
			}
			asked := askedIn(t, data, fields)
			for _, path := range wanted(set.Fields(kind), nil) {
				if !slices.Contains(asked, path) {
					t.Errorf("it does not ask for %s", path)
				}
			}
			if slices.Contains(set.Placeholders(kind), "partner") && kind != "partner" && !slices.Contains(asked, "partner") {
				t.Error("it does not ask for the partner")
			}
		})
	}
}

// askedIn returns the paths of the fields that a form asks for.
func askedIn(t *testing.T, data []byte, fields *table.Fields) (asked []string) {
	t.Helper()
	lines, err := decode(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sections(lines, fields.IsHeading)[1:] {
		column, err := fields.Find(s.heading)
		if err != nil {
			t.Errorf("line %d, %s: %v", s.line, s.heading, err)
			continue
		}
		if title := column.Field.Title; s.heading != title && !strings.HasSuffix(s.heading, "."+title) && s.heading != "Partner" {
			t.Errorf("line %d: %s is called %s", s.line, s.heading, title)
		}
		asked = append(asked, strings.ToLower(column.Name)+strings.Join(column.Path, "."))
		checkBoxes(t, &s, &column)
	}
	return asked
}

// checkBoxes makes sure that a form has a box for each value that a field takes, and
// no other.
func checkBoxes(t *testing.T, s *section, column *table.Column) {
	t.Helper()
	values := column.Field.Choices
	if column.Field.Items != nil {
		values = column.Field.Items.Choices
	}
	boxes := 0
	for i, line := range s.lines {
		if !strings.HasPrefix(line, "- [ ] ") {
			continue
		}
		boxes++
		ticked := *s
		ticked.lines = []string{strings.Replace(s.lines[i], "[ ]", "[x]", 1)}
		answer, err := ticked.answer(column)
		got, _, problems := table.NewReading(&table.Sheet{}, nil).Answers([]table.Answer{answer})
		if err != nil || len(problems) > 0 || !isChoice(values, got[0]) {
			t.Errorf("line %d: %q is no value of %s (%v %v)", s.line, line, column.Heading, err, problems)
		}
	}
	if boxes > 0 && boxes != len(values) {
		t.Errorf("line %d: %s takes %d values, and has %d boxes", s.line, s.heading, len(values), boxes)
	}
}

func isChoice(values []schema.Choice, got table.Value) bool {
	node := got.Value
	if len(node.Items) > 0 {
		node = node.Items[0]
	}
	return slices.ContainsFunc(values, func(c schema.Choice) bool { return c.Text == node.Text })
}

// wanted returns the paths of what a record cannot be without and has no default:
// of a list of objects, what its first entry cannot be without.
func wanted(fields []schema.Field, above []string) (paths []string) {
	for _, f := range fields {
		path := append(slices.Clip(above), f.Name)
		switch {
		case !f.Required || len(f.Defaults) > 0:
		case len(f.Fields) > 0:
			paths = append(paths, wanted(f.Fields, path)...)
		case f.Items != nil && len(f.Items.Fields) > 0:
			paths = append(paths, wanted(f.Items.Fields, append(path, strconv.Itoa(0)))...)
		default:
			paths = append(paths, strings.Join(path, "."))
		}
	}
	return paths
}
