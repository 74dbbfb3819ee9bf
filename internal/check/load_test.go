package check

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// TestWrongSchemasAreToldFirst makes sure that policies, which are compiled at the same
// time, do not say of a schema that is wrong that it is missing, or lacks a field.
func TestWrongSchemasAreToldFirst(t *testing.T) {
	for wrong, want := range map[string]string{
		`{`: "schemas/kpi.schema.json: line 1, column 2: no JSON",
		`{"x-place": "partners/_program/kpis/{month}.yaml", "type": 5}`: "schemas/kpi.schema.json: no JSON Schema: at /type",
	} {
		dir := t.TempDir()
		if err := os.CopyFS(dir, schemas.Files); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(dir+"/kpi.schema.json", []byte(wrong), 0o666); err != nil {
			t.Fatal(err)
		}
		for _, rules := range []fs.FS{policies.Files, os.DirFS(t.TempDir())} { // right ones, and none
			if _, err := Load(os.DirFS(dir), rules); err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%s: %v, not %s", wrong, err, want)
			}
		}
	}
}
