// Package editor holds no code: its tests make sure that editors complete,
// explain and check records of every kind, and are set up for it.
package editor

import (
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// TestSchemaLine makes sure that a record's first line is all that an editor
// needs to know its schema.
func TestSchemaLine(t *testing.T) {
	settings := readSettings(t)
	delete(settings, "yaml.schemas")
	testEditor(t, settings, func(e *example) string { return e.schemaLine() })
}

// TestSchemaSettings makes sure that in VS Code a record without that line gets
// the schema of its place.
func TestSchemaSettings(t *testing.T) {
	testEditor(t, readSettings(t), func(*example) string { return "# a record" })
}

func testEditor(t *testing.T, settings settings, firstLine func(*example) string) {
	if testing.Short() {
		t.Skip("skipped: it takes a while")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	server := startServer(t, root, settings)
	for _, e := range examples(t, firstLine) {
		testCompletion(t, server, e)
		testHover(t, server, e)
		testDiagnostics(t, server, e)
		testFormatting(t, server, e)
	}
}

// testCompletion makes sure that what has been typed up to any field is
// completed with that field and all others that are still missing, and what has
// been typed up to any value with all values that can stand there.
func testCompletion(t *testing.T, s *server, e *example) {
	t.Helper()
	fields, values := 0, 0
	for _, v := range e.values {
		if v.key != "" {
			fields++
			offers(t, s, e, v.keyStart, v.missing)
		}
		if allowed := e.choices(v.schema); len(allowed) > 0 {
			values++
			offers(t, s, e, v.start, allowed)
		}
	}
	if fields == 0 || values == 0 {
		t.Errorf("%s: the example shows %d fields and %d values to choose", e.kind, fields, values)
	}
}

// offers makes sure that what an editor offers behind the first bytes of the
// example has all of want. A value that older YAML reads as another one, as NO is
// read as false, is offered in quotes.
func offers(t *testing.T, s *server, e *example, bytes int, want []string) {
	t.Helper()
	text := e.text[:bytes]
	document := e.open(s, text)
	defer document.close()
	got := document.completions(end(text))
	for _, label := range want {
		if !slices.Contains(got, label) && !slices.Contains(got, strconv.Quote(label)) {
			t.Errorf("%s: behind %q, %q is not offered, but %q", e.kind, lastLines(text), label, got)
		}
	}
}

// testHover makes sure that every field is explained with its description.
func testHover(t *testing.T, s *server, e *example) {
	t.Helper()
	document := e.open(s, e.text)
	defer document.close()
	for _, v := range e.values {
		if v.key == "" {
			continue
		}
		explanations := e.descriptions(v.schema)
		if len(explanations) == 0 {
			t.Errorf("%s: %s has no description", e.kind, v)
		}
		got := strings.ReplaceAll(document.hover(end(e.text[:v.keyStart])), `\`, "")
		if !slices.ContainsFunc(explanations, func(text string) bool { return strings.Contains(got, text) }) {
			t.Errorf("%s: %s is explained with %q, not with one of %q", e.kind, v, got, explanations)
		}
	}
}

// testDiagnostics makes sure that an editor marks the same lines as the
// validator: none of the example, and of each value one that it cannot have.
func testDiagnostics(t *testing.T, s *server, e *example) {
	t.Helper()
	if marked := agree(t, s, e, []string{e.text}); len(marked) > 0 {
		t.Errorf("%s: the lines %d of the example are wrong", e.kind, marked)
	}
	wrong := []string{
		e.text + "unknown_field: 1\n",
		e.spoil("another", func(v value) bool { return v.key == "kind" }),
		e.spoil("a word", func(v value) bool { return !v.scalar && len(v.path) == 1 }),
	}
	for _, text := range []string{"a word", "12", "-1", "true", "[]", "{}", "2026-02-30", "http://partner.example"} {
		wrong = append(wrong, e.spoil(text, func(v value) bool { return v.scalar && v.key != "kind" }))
	}
	marked := agree(t, s, e, wrong)
	for _, v := range e.values {
		if (v.scalar || len(v.path) == 1) && !slices.Contains(marked, lineOf(e.text, v.start)) {
			t.Errorf("%s: nothing is wrong as %s", e.kind, v)
		}
	}
	if !slices.Contains(marked, lineOf(e.text, len(e.text))) {
		t.Errorf("%s: a field that there is not is right", e.kind)
	}
}

// agree makes sure that an editor and the validator mark the same lines of each
// text, and returns them.
func agree(t *testing.T, s *server, e *example, texts []string) []int {
	t.Helper()
	var documents []document
	for _, text := range texts {
		// The server waits a moment before it judges: one for all, not one for
		// each.
		documents = append(documents, e.open(s, text))
	}
	var marked []int
	for i, document := range documents {
		want := e.judge(t, texts[i])
		if diff := cmp.Diff(want, lines(document.diagnostics())); diff != "" {
			t.Errorf("%s: an editor marks other lines than the validator (-want +got):\n%s%+v\n%s",
				e.kind, diff, document.diagnostics(), texts[i])
		}
		marked = append(marked, want...)
		document.close()
	}
	return distinct(marked)
}

// testFormatting makes sure that the formatter leaves a record as this
// repository writes them alone.
func testFormatting(t *testing.T, s *server, e *example) {
	t.Helper()
	document := e.open(s, e.text)
	defer document.close()
	if edits := document.edits(); len(edits) > 0 {
		t.Errorf("%s: the formatter changes the example: %s", e.kind, edits)
	}
}

// examples returns the examples of all kinds, with another first line.
func examples(t *testing.T, firstLine func(*example) string) []*example {
	t.Helper()
	set, err := schema.Load(schemas.Files)
	if err != nil {
		t.Fatal(err)
	}
	var all []*example
	for _, kind := range set.Kinds() {
		text, err := fs.ReadFile(schemas.Files, "examples/"+kind+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, newExample(t, set, kind, string(text), firstLine))
	}
	return all
}

// end returns the place behind a text.
func end(text string) position {
	line := strings.Count(text, "\n")
	// The server counts UTF-16 units, which are bytes as long as keys and what
	// is in front of them are ASCII.
	return position{line, len(text) - 1 - strings.LastIndex(text, "\n")}
}

// lineOf returns the line of an offset, counted from 1.
func lineOf(text string, offset int) int {
	return 1 + strings.Count(text[:offset], "\n")
}

func lastLines(text string) string {
	lines := strings.Split(text, "\n")
	return strings.Join(lines[max(0, len(lines)-2):], "\n")
}

// lines returns where diagnostics begin, counted from 1.
func lines(diagnostics []diagnostic) []int {
	var all []int
	for _, d := range diagnostics {
		all = append(all, d.Range.Start.Line+1)
	}
	return distinct(all)
}

// distinct returns lines in their order, each once.
func distinct(lines []int) []int {
	set := map[int]bool{}
	for _, line := range lines {
		set[line] = true
	}
	return slices.Sorted(maps.Keys(set))
}
