// Package internal holds no code: its test keeps the picture of the packages
// as it is meant to be.
package internal

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "gitlab.com/gitlab-com/alliances/"

// allowed are the packages of this module that each may import. Imports point
// one way: what stands further down knows what stands above.
var allowed = map[string][]string{
	"schemas":           {},
	"policies":          {},
	"internal/source":   {},
	"internal/parallel": {},
	"internal/corpus":   {},
	"internal/fill":     {},
	"internal/gitfs":    {},
	"internal/overlay":  {},
	"internal/spelling": {},
	"internal/terminal": {},
	"internal/format":   {"internal/spelling"},
	"internal/markdown": {"internal/source"},

	"internal/markdown/markdowntest": {},

	"internal/finding": {"internal/source"},
	"internal/record":  {"internal/source", "internal/finding"},
	"internal/schema":  {"internal/fill", "internal/spelling", "internal/source", "internal/finding", "internal/record"},
	"internal/policy":  {"internal/parallel", "internal/source", "internal/finding", "internal/record"},
	"internal/repo":    {"internal/parallel", "internal/source", "internal/finding", "internal/record"},
	"internal/change":  {"internal/record", "internal/repo"},
	"internal/state":   {"internal/source", "internal/gitfs", "internal/record", "internal/repo"},
	"internal/check": {"internal/parallel", "internal/finding", "internal/record", "internal/schema",
		"internal/policy", "internal/repo", "internal/change"},
	"internal/fix":    {"internal/overlay", "internal/finding", "internal/record"},
	"internal/draft":  {"internal/fill", "internal/record", "internal/schema"},
	"internal/form":   {},
	"internal/report": {"internal/terminal", "internal/format", "internal/source", "internal/markdown", "internal/finding", "internal/record"},

	"internal/catalogue": {"internal/terminal", "internal/format", "internal/source", "internal/markdown", "internal/finding",
		"internal/policy", "internal/check"},

	"internal/grant": {"internal/record"},
	"internal/profile": {"internal/format", "internal/fill", "internal/source", "internal/finding", "internal/record", "internal/schema", "internal/policy",
		"internal/repo", "internal/grant"},
	"internal/ledger": {"internal/source", "internal/record", "internal/schema", "internal/repo", "internal/change"},
	"internal/review": {"internal/format", "internal/parallel", "internal/source", "internal/markdown", "internal/finding", "internal/record",
		"internal/gitfs", "internal/schema", "internal/policy", "internal/repo", "internal/state", "internal/change", "internal/check", "internal/grant", "internal/ledger"},
	"internal/history": {"internal/format", "internal/parallel", "internal/source", "internal/schema", "internal/repo", "internal/gitfs",
		"internal/change", "internal/ledger"},
	"internal/privacy": {"internal/source", "internal/finding", "internal/record", "internal/schema"},
	"internal/site": {"internal/source", "internal/finding", "internal/record", "internal/schema", "internal/policy",
		"internal/repo", "internal/change", "internal/check", "internal/catalogue", "internal/grant", "internal/profile", "internal/ledger",
		"internal/history", "internal/privacy"},
	"internal/site/page": {"internal/parallel", "internal/source", "internal/finding", "internal/catalogue", "internal/site"},
	"internal/site/feed": {"internal/parallel", "internal/source", "internal/record", "internal/site"},

	"internal/site/sitetest": {"internal/finding", "internal/repo", "internal/check", "internal/history", "internal/site", "policies", "schemas"},

	"internal/cli": {"internal/terminal", "internal/spelling", "internal/format",
		"internal/site", "internal/site/page", "internal/site/feed", "internal/draft", "internal/form", "internal/grant", "internal/profile", "internal/source", "internal/gitfs", "internal/finding", "internal/record", "internal/schema",
		"internal/policy", "internal/repo", "internal/overlay", "internal/state", "internal/check", "internal/fix", "internal/report", "internal/catalogue",
		"internal/review", "internal/history"},
	"cmd/alliances": {"internal/cli", "policies", "schemas"},
}

// alone are the modules that one package alone imports, so that each could be
// replaced there.
var alone = map[string]string{
	"gopkg.in/yaml.v3":                         "internal/record",
	"github.com/santhosh-tekuri/jsonschema/v5": "internal/schema",
	"github.com/open-policy-agent/opa":         "internal/policy",
	"github.com/mattn/go-runewidth":            "internal/source",
	"github.com/spf13/cobra":                   "internal/cli",
	"golang.org/x/term":                        "internal/cli",
	"charm.land/huh/v2":                        "internal/form",
	"github.com/arran4/golang-ical":            "internal/site/feed",
}

func TestImports(t *testing.T) {
	used := map[string]bool{}
	for file, imports := range importsByFile(t) {
		folder := path.Dir(file)
		test := strings.HasSuffix(file, "_test.go")
		if _, known := allowed[folder]; !known && !test {
			t.Errorf("%s: the package %s has no row in this test", file, folder)
		}
		for _, name := range imports {
			own, isOwn := strings.CutPrefix(name, module)
			used[folder+" "+own] = used[folder+" "+own] || isOwn && !test
			if isOwn && !test && !slices.Contains(allowed[folder], own) {
				t.Errorf("%s: %s may not import %s", file, folder, own)
			}
			for dependency, owner := range alone {
				if (name == dependency || strings.HasPrefix(name, dependency+"/")) && folder != owner {
					t.Errorf("%s imports %s; %s alone may", file, name, owner)
				}
			}
		}
	}
	for folder, names := range allowed {
		for _, name := range names {
			if !used[folder+" "+name] {
				t.Errorf("%s may import %s and does not: take it out of this test", folder, name)
			}
		}
	}
}

// TestPure makes sure that the clock, the environment and chance are the command
// line's business: the same records get the same verdict.
func TestPure(t *testing.T) {
	outside := []string{"os", "os/exec", "net", "net/http", "math/rand", "math/rand/v2", "crypto/rand"}
	clock := regexp.MustCompile(`\btime\.(Now|Since|Until|Tick|After|NewTicker|Sleep)\(`)
	for file, imports := range importsByFile(t) {
		folder := path.Dir(file)
		if strings.HasSuffix(file, "_test.go") || slices.Contains([]string{"internal/cli", "internal/corpus", "internal/gitfs", "internal/state", "cmd/alliances"}, folder) {
			continue
		}
		for _, name := range outside {
			if slices.Contains(imports, name) {
				t.Errorf("%s imports %s", file, name)
			}
		}
		text, err := os.ReadFile(filepath.Join("..", file))
		if err != nil {
			t.Fatal(err)
		}
		if call := clock.Find(text); call != nil {
			t.Errorf("%s asks the clock: %s", file, call)
		}
	}
}

// importsByFile returns what each Go file of the repository imports, by its
// path from the root.
func importsByFile(t *testing.T) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	for _, folder := range []string{"cmd", "internal", "policies", "schemas"} {
		err := filepath.WalkDir(filepath.Join("..", folder), func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(name) != ".go" {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			key := strings.TrimPrefix(filepath.ToSlash(name), "../")
			imports[key] = nil
			for _, spec := range file.Imports {
				imported, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					return err
				}
				imports[key] = append(imports[key], imported)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(imports) == 0 {
		t.Fatal("no Go files found")
	}
	return imports
}
