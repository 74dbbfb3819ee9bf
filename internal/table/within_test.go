package table

import (
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// TestWithin gives entries that a record has the values of their own columns, and has
// new ones follow on.
func TestWithin(t *testing.T) {
	rec, _ := record.Load("partner.yaml", []byte("kind: partner\ndocuments:\n  - name: One\n  - name: Two\n"))
	for _, test := range []struct{ headings, cells, want string }{
		{"name,documents.1.name,documents.2.name", "N,,New", "name documents.1.name"},
		{"documents.2.name,documents.4.name", "One,Two", "documents.0.name documents.1.name"}, // as import writes them
		{"documents.4.name,documents.3.name", "Four,Three", "documents.2.name documents.3.name"},
		{"documents.4.name", "Four", "cell A: there is no entry 3 before it: write it there"},
	} {
		sheet, reading := read(t, "partner", test.headings+"\n"+test.cells+"\n")
		values, _, _ := reading.Row(&sheet.Rows[0])
		within, problems := Within(rec.Root, values)
		var got []string
		for _, v := range within {
			got = append(got, strings.Join(v.Path, "."))
		}
		for _, problem := range problems {
			got = []string{"cell " + CellName(problem.Column.Index, 0)[:1] + ": " + problem.Message}
		}
		if text := strings.Join(got, " "); text != test.want {
			t.Errorf("%s: %s, want %s", test.headings, text, test.want)
		}
	}
}
