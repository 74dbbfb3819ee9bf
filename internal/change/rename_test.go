package change

import (
	"fmt"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

func partnerOf(lines ...string) string {
	return "kind: partner\ntype: cloud\nstatus: active\n" + strings.Join(lines, "\n") + "\n"
}

// treeOf returns a tree of records by their paths from partners/.
func treeOf(files map[string]string) *repo.Tree {
	fsys := fstest.MapFS{"partners": {Mode: 0o755 | 1<<31}}
	for name, text := range files {
		fsys[path.Join("partners", name)] = &fstest.MapFile{Data: []byte(text)}
	}
	return repo.New(fsys)
}

func TestRenames(t *testing.T) {
	type files = map[string]string
	a, b := partnerOf("name: A"), partnerOf("name: B")
	for _, test := range []struct {
		name          string
		before, after files
		want          map[string]string
	}{
		{"with its records", files{"a/partner.yaml": a, "a/l/1.yaml": plugin, "a/l/2.yaml": runner},
			files{"b/partner.yaml": b, "b/l/1.yaml": plugin, "b/l/2.yaml": runner}, map[string]string{"b": "a"}},
		{"and more", files{"a/partner.yaml": a, "a/l/1.yaml": plugin},
			files{"b/partner.yaml": b, "b/l/1.yaml": plugin, "b/l/2.yaml": runner}, map[string]string{"b": "a"}},
		{"a record is lost", files{"a/partner.yaml": a, "a/l/1.yaml": plugin, "a/l/2.yaml": runner},
			files{"b/partner.yaml": a, "b/l/1.yaml": plugin}, nil},
		{"a record is elsewhere", files{"a/partner.yaml": a, "a/l/1.yaml": plugin},
			files{"b/partner.yaml": a, "b/l/2.yaml": plugin}, nil},
		{"half of them are others", files{"a/partner.yaml": a, "a/l/1.yaml": plugin, "a/l/2.yaml": runner},
			files{"b/partner.yaml": b, "b/l/1.yaml": plugin, "b/l/2.yaml": plugin}, nil},
		{"half of them are others, but the name", files{"a/partner.yaml": a, "a/l/1.yaml": plugin, "a/l/2.yaml": runner},
			files{"b/partner.yaml": a, "b/l/1.yaml": plugin, "b/l/2.yaml": plugin}, map[string]string{"b": "a"}},
		{"the old one stays", files{"a/partner.yaml": a, "a/l/1.yaml": plugin},
			files{"a/partner.yaml": a, "b/partner.yaml": a, "b/l/1.yaml": plugin}, nil},
		{"the new one was there", files{"a/partner.yaml": a, "b/l/2.yaml": runner},
			files{"b/partner.yaml": a, "b/l/2.yaml": runner}, nil},
		{"both change places", files{"a/partner.yaml": a, "b/partner.yaml": b}, files{"a/partner.yaml": b, "b/partner.yaml": a}, nil},
		{"no partner", files{"a/l/1.yaml": plugin}, files{"b/l/1.yaml": plugin}, nil},
		{"the program", files{"a/partner.yaml": a}, files{"_program/partner.yaml": a}, nil},

		{"alone, by its name", files{"a/partner.yaml": a}, files{"b/partner.yaml": a}, map[string]string{"b": "a"}},
		{"alone, by an alias", files{"a/partner.yaml": a}, files{"b/partner.yaml": partnerOf("name: B", "aliases: [C, A]")}, map[string]string{"b": "a"}},
		{"alone, by its website", files{"a/partner.yaml": partnerOf("name: A", "website: https://a.example")},
			files{"b/partner.yaml": partnerOf("name: B", "website: https://a.example")}, map[string]string{"b": "a"}},
		{"alone, another one", files{"a/partner.yaml": a}, files{"b/partner.yaml": b}, nil},
		{"alone, without a name", files{"a/partner.yaml": partnerOf("name:", "website: ''")}, files{"b/partner.yaml": partnerOf("name:", "website: ''")}, nil},
		{"alone, otherwise another one", files{"a/partner.yaml": a},
			files{"b/partner.yaml": "kind: partner\nname: A\ntype: training\nstatus: former\n"}, map[string]string{"b": "a"}},
		{"alone, unreadable", files{"a/partner.yaml": "a: 1\na: 2\n"}, files{"b/partner.yaml": "a: 1\na: 2\n"}, map[string]string{"b": "a"}},
		{"alone, and unreadable now", files{"a/partner.yaml": a}, files{"b/partner.yaml": a + "name: A\n"}, nil},

		{"the likest of two", files{"a/partner.yaml": a, "a/l/1.yaml": plugin, "c/partner.yaml": b, "c/l/1.yaml": plugin, "c/l/2.yaml": runner},
			files{"d/partner.yaml": b, "d/l/1.yaml": plugin, "d/l/2.yaml": runner, "e/partner.yaml": a, "e/l/1.yaml": plugin},
			map[string]string{"d": "c", "e": "a"}},
		{"one for two", files{"a/partner.yaml": a}, files{"b/partner.yaml": a, "c/partner.yaml": a}, map[string]string{"b": "a"}},
		{"two for one", files{"a/partner.yaml": a, "b/partner.yaml": a}, files{"c/partner.yaml": a}, map[string]string{"c": "a"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			read := func(rec *record.Record) (string, *record.Record) { return rec.Root.Field("kind").Text, rec }
			got, err := Renames(treeOf(test.before), treeOf(test.after), []string{"_program", "a", "b", "c", "d", "e"}, read)
			if err != nil {
				t.Fatal(err)
			}
			if len(got)+len(test.want) > 0 && !cmp.Equal(test.want, got) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// Of very many folders that come and go at once, none is another one: to compare
// all would take too long.
func TestRenamesOfVeryMany(t *testing.T) {
	folders := func(name string) (all []Contents) {
		for i := range 300 {
			folder := fmt.Sprint(name, i)
			all = append(all, Contents{folder, []Item{thing(path.Join("partners", folder, "partner.yaml"), partnerOf("name: A"))}})
		}
		return all
	}
	gone, added := folders("a"), folders("b")
	if got := MatchFolders(gone, added); len(got) > 0 {
		t.Errorf("%d are others", len(got))
	}
	if got := MatchFolders(gone[:200], added[:300]); len(got) != 200 {
		t.Errorf("%d are others", len(got))
	}
}
