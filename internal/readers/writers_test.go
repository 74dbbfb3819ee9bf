package readers

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/fix"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// hard is a right record of texts which look like something else to one program
// or another, and with a field that every one of them would write with less room.
const hard = `kind: partner
name: "On"
type:   integrated
status: active
aliases:
  - "yes"
  - "NO"
  - "null"
  - "~"
  - "12"
  - "1.50"
  - "1e3"
  - "0x1F"
  - "017"
  - "1_000"
  - "1,000"
  - "12:30:45"
  - "2026-03-01"
  - 2026-03-02
  - "2026-03-01T00:00:00Z"
  - "true"
  - "=cmd"
  - "a: b"
  - "a #b"
  - "# a"
  - ":a"
  - "- a"
  - "[a]"
  - "!a"
  - "&a"
  - "*a"
  - "%a"
  - '"a" ''b'''
  - "a\\b"
  - Ångström
  - 株式会社
  - 👍🏽
lead: "@alliance-manager"
website: https://partner.example/a?b=c#d
notes: |
  A first line that is long enough to be folded by whoever takes eighty columns for the end of a line of text, as many do.
    A second one, set in.

  A last one: "with" 'quotes' and # signs.
`

// collections are the trees of records that programs write anew, with what they
// are called.
func collections(t *testing.T) map[string]map[string]string {
	t.Helper()
	return map[string]map[string]string{
		"the repository": ownRecords(t),
		"the examples":   examples(t, kinds(t)),
		"a hard record":  {"partners/on/partner.yaml": hard},
	}
}

// TestDumpers makes sure that what PyYAML and Ruby make of records is as right
// as the records are, if need be once it has been put right.
func TestDumpers(t *testing.T) {
	for name, dumper := range map[string][]string{
		"ALLIANCES_PYTHON": {"testdata/dump.py"},
		"ALLIANCES_RUBY":   {"testdata/dump.rb"},
	} {
		t.Run(name, func(t *testing.T) {
			path := program(t, name)
			testWriter(t, true, func(files []string) { output(t, path, slices.Concat(dumper, files)...) })
		})
	}
}

// TestFormatters makes sure that programs which format YAML change nothing that
// records say.
func TestFormatters(t *testing.T) {
	t.Run("prettier", func(t *testing.T) {
		path := filepath.Join(program(t, "ALLIANCES_NODE_MODULES"), ".bin", "prettier")
		testWriter(t, false, func(files []string) { output(t, path, append([]string{"--log-level=warn", "--write"}, files...)...) })
	})
	t.Run("yamlfmt", func(t *testing.T) {
		path := program(t, "ALLIANCES_YAMLFMT")
		testWriter(t, false, func(files []string) { output(t, path, append([]string{"-no_global_conf"}, files...)...) })
	})
	t.Run("yq", func(t *testing.T) {
		path := program(t, "ALLIANCES_YQ")
		testWriter(t, false, func(files []string) {
			for _, file := range files {
				output(t, path, "--inplace", ".", file)
			}
		})
	})
}

// testWriter has a program write all records anew, puts right what can be where
// that is allowed, and makes sure that they say the same and get the same verdict.
func testWriter(t *testing.T, mayFix bool, rewrite func(files []string)) {
	for name, before := range collections(t) {
		after := rewritten(t, before, rewrite)
		if maps.Equal(before, after) && name == "a hard record" {
			t.Errorf("%s is as it was", name)
		}
		if mayFix {
			after = fixed(t, after)
		}
		if diff := cmp.Diff(findings(t, before), findings(t, after)); diff != "" {
			t.Errorf("%s is judged otherwise (-before +after):\n%s", name, diff)
		}
		for path, text := range before {
			if _, problems := record.Load(path, []byte(after[path])); len(problems) > 0 {
				continue // which has been told
			}
			if diff := cmp.Diff(load(t, path, text).Root.JSON(), load(t, path, after[path]).Root.JSON()); diff != "" {
				t.Errorf("%s says something else (-before +after):\n%s", path, diff)
			}
		}
	}
}

// rewritten returns texts as a program has written them anew in a folder.
func rewritten(t *testing.T, texts map[string]string, rewrite func(files []string)) map[string]string {
	t.Helper()
	dir := t.TempDir()
	var files []string
	for _, path := range slices.Sorted(maps.Keys(texts)) {
		files = append(files, writeFile(t, filepath.Join(dir, filepath.FromSlash(path)), []byte(texts[path])))
	}
	rewrite(files)
	after := map[string]string{}
	for path := range texts {
		text, err := fs.ReadFile(os.DirFS(dir), path)
		if err != nil {
			t.Fatal(err)
		}
		after[path] = string(text)
	}
	return after
}

func tree(texts map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for path, text := range texts {
		fsys[path] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// rules are the repository's own schemas and policies.
var rules = sync.OnceValues(func() (*check.Rulebook, error) { return check.Load(schemas.Files, policies.Files) })

// judgedTree returns what is found in a tree of records.
func judgedTree(fsys fs.FS) ([]finding.Finding, error) {
	result, err := check.Run(context.Background(), repo.New(fsys), rules, check.Options{Jobs: 1})
	return result.Findings, err
}

// findings returns what is found in records, whatever the line.
func findings(t *testing.T, texts map[string]string) []string {
	t.Helper()
	found, err := judgedTree(tree(texts))
	if err != nil {
		t.Fatal(err)
	}
	told := make([]string, len(found))
	for i, f := range found {
		told[i] = fmt.Sprintf("%s %s %s %s", f.File, f.Pointer(), f.Rule, f.Message)
	}
	slices.Sort(told)
	return told
}

// fixed returns texts with what is known to be right put right.
func fixed(t *testing.T, texts map[string]string) map[string]string {
	t.Helper()
	mended := map[string]string{}
	for path, text := range texts {
		if better, places := record.Mend(path, []byte(text)); len(places) > 0 {
			text = string(better)
		}
		mended[path] = text
	}
	put := fix.New(tree(mended))
	if err := put.Run(func([]string) ([]finding.Finding, error) { return judgedTree(put) }); err != nil {
		t.Fatal(err)
	}
	for path := range mended {
		text, err := put.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		mended[path] = string(text)
	}
	return mended
}

// TestYAMLLint makes sure that all records pass by the settings that yamllint
// finds in the repository.
func TestYAMLLint(t *testing.T) {
	cmd := exec.Command(program(t, "ALLIANCES_YAMLLINT"), "--strict", "partners", "schemas/examples")
	cmd.Dir = "../.."
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
