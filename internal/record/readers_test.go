package record_test

import (
	"encoding/json"
	"os"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// TestReaders is for testdata/readers/compare.py. It reads a JSON list of texts from
// the file in READERS_TEXTS, and writes into the one in READERS_VALUES for each a
// list: with the value of the record that it is, or with nothing where it is none. Of
// what is no group of fields every schema says that it is none.
func TestReaders(t *testing.T) {
	from, to := os.Getenv("READERS_TEXTS"), os.Getenv("READERS_VALUES")
	if from == "" || to == "" {
		t.Skip("run by hand")
	}
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	if err := json.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	values := make([][]any, len(texts))
	for i, text := range texts {
		values[i] = []any{}
		if r, _ := record.Load(path, []byte(text)); r != nil && r.Root.Kind == record.Map {
			values[i] = append(values[i], r.Root.JSON())
		}
	}
	if data, err = json.Marshal(values); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o666); err != nil {
		t.Fatal(err)
	}
}
