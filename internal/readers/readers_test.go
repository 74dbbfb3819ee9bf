// Package readers holds tests alone: that the programs which others read records
// with, validators of JSON Schema and whatever writes YAML, read them as this one
// does.
package readers

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// program returns the path that a variable names, and skips the test without it.
func program(t *testing.T, variable string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped: it takes a while")
	}
	path := os.Getenv(variable)
	if path == "" {
		t.Skipf("the variable %s is not set, as .ci/run sets it", variable)
	}
	return path
}

// output runs a program and returns what it prints.
func output(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	var complaint strings.Builder
	cmd := exec.Command(name, args...)
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, complaint.String())
	}
	return out
}

func kinds(t *testing.T) *schema.Set {
	t.Helper()
	set, err := schema.Load(schemas.Files)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// examples returns the examples of all kinds, each where such a record lives.
func examples(t *testing.T, set *schema.Set) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, kind := range set.Kinds() {
		name := "examples/" + kind + ".yaml"
		text, err := fs.ReadFile(schemas.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		root := load(t, name, string(text)).Root
		place, _ := set.Document(kind)["x-place"].(string)
		texts[placeholder.ReplaceAllStringFunc(place, func(name string) string {
			if field := root.Field(strings.Trim(name, "{}")); field != nil {
				return field.Text
			}
			return "example-cloud"
		})] = string(text)
	}
	return texts
}

// ownRecords returns the records of the repository, by their paths.
func ownRecords(t *testing.T) map[string]string {
	t.Helper()
	root := os.DirFS("../..")
	names, err := repo.New(root).Files(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, name := range names {
		if filepath.Ext(name) == ".yaml" {
			text, err := fs.ReadFile(root, name)
			if err != nil {
				t.Fatal(err)
			}
			texts[name] = string(text)
		}
	}
	if len(texts) == 0 {
		t.Fatal("there are no records")
	}
	return texts
}

func load(t *testing.T, name, text string) *record.Record {
	t.Helper()
	r, findings := record.Load(name, []byte(text))
	if r == nil {
		t.Fatalf("%s: %s\n%s", name, findings[0].Message, text)
	}
	return r
}

// writeFile writes a JSON or YAML file into a temporary folder, and returns its
// path.
func writeFile(t *testing.T, name string, data []byte) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

func toJSON(t *testing.T, value any) []byte {
	t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
