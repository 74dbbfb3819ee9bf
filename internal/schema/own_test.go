package schema

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"gitlab.com/gitlab-com/alliances/internal/corpus"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// ownRecords are those of the repository, its schemas, rules and tests, and of a
// corpus.
func ownRecords(t testing.TB) (records []*record.Record) {
	t.Helper()
	add := func(name, text string) {
		if r, _ := record.Load(name, []byte(text)); r != nil {
			records = append(records, r)
		}
	}
	for name, text := range corpus.Files(1000) {
		add(name, text)
	}
	for _, rule := range ownRules(t) {
		for _, example := range []policy.Example{rule.Before, rule.Wrong, rule.Right} {
			for _, name := range slices.Sorted(maps.Keys(example)) {
				add(name, example[name])
			}
		}
	}
	for _, pattern := range []string{"partners/*/*.yaml", "partners/*/*/*.yaml", "schemas/examples/*.yaml", "internal/check/testdata/*.txtar", "cmd/alliances/testdata/script/*.txtar"} {
		eachText(t, pattern, add)
	}
	return records
}

func ownRules(t testing.TB) []*policy.Rule {
	t.Helper()
	kinds, err := Parse(schemas.Files)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := policy.Parse(policies.Files)
	if err != nil {
		t.Fatal(err)
	}
	set, err := parsed.Compile(kinds.Types)
	if err != nil {
		t.Fatal(err)
	}
	return set.Rules()
}

// eachText calls a function with the name and the text of each file that a pattern
// names, or of each in an archive of them.
func eachText(t testing.TB, pattern string, call func(name, text string)) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("../..", pattern))
	if err != nil || len(names) == 0 {
		t.Fatalf("%s names no file: %v", pattern, err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(name) == ".yaml" {
			call(strings.TrimPrefix(filepath.ToSlash(name), "../../"), string(text))
			continue
		}
		for _, file := range txtar.Parse(text).Files {
			call(file.Name, string(file.Data))
		}
	}
}
