package schema

import (
	"strings"
	"testing"
	"testing/fstest"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// TestNotesWhereThereAre holds that nobody is told to write notes where a kind has
// none.
func TestNotesWhereThereAre(t *testing.T) {
	for properties, want := range map[string]bool{`"kind": {}, "notes": {}`: true, `"kind": {}, "name": {}`: false} {
		text := `{"x-place": "partners/{partner}/things/{id}.yaml", "properties": {` + properties + `}, "additionalProperties": false}`
		set, err := Load(fstest.MapFS{"thing.schema.json": {Data: []byte(text)}})
		if err != nil {
			t.Fatal(err)
		}
		rec, problems := record.Load("partners/p/things/a.yaml", []byte("kind: thing\nzebra: 1\n"))
		if rec == nil {
			t.Fatal(problems)
		}
		if help := set.Judge(rec).Findings[0].Help; strings.Contains(help, "into notes") != want {
			t.Errorf("%s: %s", properties, help)
		}
	}
}
