// Package internal holds no code: its test keeps the picture of the packages
// as it is meant to be.
package internal

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
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

// A room is a package, as the table in README.md has it.
type room struct {
	path    string
	imports []string            // the packages of this module that it may import
	alone   map[string][]string // the modules that it alone may import, or some files of it, so that each could be replaced there
}

var (
	rowPattern  = regexp.MustCompile("^\\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$")
	quoted      = regexp.MustCompile("`([^`]+)`")
	moduleInRow = regexp.MustCompile("`([^` ]+)`(?: in (`[^`]+`(?: and `[^`]+`)*))?")
)

// house returns the rooms of the table, from the first to the last.
func house(t *testing.T) []room {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var rooms []room
	for line := range strings.Lines(string(text)) {
		row := rowPattern.FindStringSubmatch(strings.TrimRight(line, "\n"))
		if row == nil {
			continue
		}
		r := room{path: row[1], alone: map[string][]string{}}
		for _, name := range quoted.FindAllStringSubmatch(row[3], -1) {
			r.imports = append(r.imports, name[1])
		}
		for _, module := range moduleInRow.FindAllStringSubmatch(row[4], -1) {
			for file := range strings.SplitSeq(strings.Trim(module[2], "`"), "` and `") { // "" is the package
				r.alone[module[1]] = append(r.alone[module[1]], path.Join(r.path, file))
			}
		}
		rooms = append(rooms, r)
	}
	if len(rooms) == 0 {
		t.Fatal("README.md has no table of packages")
	}
	return rooms
}

// TestHouse makes sure that the table in README.md is a picture of the house:
// imports point up in it, each that it allows is there, and there are no others.
func TestHouse(t *testing.T) {
	rooms := house(t)
	used := map[string]bool{}
	above := map[string]bool{}
	imports := importsByFile(t)
	for file, names := range imports {
		for _, name := range names {
			if own, isOwn := strings.CutPrefix(name, module); isOwn && !strings.HasSuffix(file, "_test.go") {
				used[path.Dir(file)+" imports "+own] = true
			}
		}
	}
	for _, r := range rooms {
		for _, name := range r.imports {
			if use := r.path + " imports " + name; !used[use] {
				t.Errorf("%s no more: take it out of the table in README.md", use)
			} else {
				delete(used, use)
			}
			if !above[name] {
				t.Errorf("%s imports %s, which stands below it in README.md", r.path, name)
			}
		}
		above[r.path] = true
	}
	for _, use := range slices.Sorted(maps.Keys(used)) {
		t.Errorf("%s: the table in README.md does not allow it", use)
	}
	for file := range imports {
		if folder := path.Dir(file); !above[folder] && !strings.HasSuffix(file, "_test.go") {
			t.Errorf("%s: the package %s has no row in README.md", file, folder)
		}
	}
}

// TestAlone makes sure that each module that one package, or some files of it, alone
// may import is imported there, and nowhere else.
func TestAlone(t *testing.T) {
	imports := importsByFile(t)
	for _, r := range house(t) {
		for dependency, owners := range r.alone {
			there := map[string]bool{}
			for file, names := range imports {
				if !slices.ContainsFunc(names, func(name string) bool {
					return name == dependency || strings.HasPrefix(name, dependency+"/")
				}) {
					continue
				}
				i := slices.IndexFunc(owners, func(owner string) bool { return owns(owner, file) })
				if i < 0 {
					t.Errorf("%s imports %s; %s alone may", file, dependency, strings.Join(owners, " and "))
				} else {
					there[owners[i]] = true
				}
			}
			for _, owner := range owners {
				if !there[owner] {
					t.Errorf("%s does not import %s: take it out of the table in README.md", owner, dependency)
				}
			}
		}
	}
}

// owns reports whether owner, a package or a file, is or holds a file.
func owns(owner, file string) bool {
	if path.Ext(owner) == "" {
		return path.Dir(file) == owner
	}
	return file == owner || strings.HasSuffix(file, "_test.go") && path.Dir(file) == path.Dir(owner)
}

func TestOwns(t *testing.T) {
	for _, test := range []struct {
		owner, file string
		want        bool
	}{
		{"internal/record", "internal/record/load.go", true},
		{"internal/record", "internal/schema/load.go", false},
		{"internal/record/yaml.go", "internal/record/yaml.go", true},
		{"internal/record/yaml.go", "internal/record/fuzz_test.go", true},
		{"internal/record/yaml.go", "internal/record/load.go", false},
		{"internal/record/yaml.go", "internal/schema/fuzz_test.go", false},
	} {
		if got := owns(test.owner, test.file); got != test.want {
			t.Errorf("%s owns %s: %v", test.owner, test.file, got)
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
		if strings.HasSuffix(file, "_test.go") || slices.Contains([]string{"internal/cli", "internal/corpus", "internal/dirfs", "internal/gitfs", "internal/gitfs/gittest", "internal/memory", "internal/mergerequest", "internal/state", "cmd/alliances"}, folder) {
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
	for _, folder := range []string{".gitlab", "cmd", "internal", "policies", "schemas"} {
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
