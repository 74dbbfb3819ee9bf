package history

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// renamed returns a repository in which a partner gets another name twice, the
// second time by a merge request, with a grant before, between and after.
func renamed(t *testing.T) *repository {
	r := newRepository(t)
	r.Write("partners/a/partner.yaml", "kind: partner\nname: A\ntype: cloud\n")
	r.Write("partners/a/licenses/1.yaml", "kind: license\nseats: 1\n")
	r.Write("partners/z/partner.yaml", "kind: partner\nname: Z\ntype: cloud\n")
	r.commit("Begin")
	r.Git("mv", "partners/a", "partners/b")
	r.Write("partners/b/partner.yaml", "kind: partner\nname: B\ntype: cloud\naliases: [A]\n")
	r.commit("Rename")
	r.Write("partners/b/licenses/2.yaml", "kind: license\nseats: 2\n")
	r.commit("Grant")
	r.Git("checkout", "-q", "-b", "again")
	r.Git("mv", "partners/b", "partners/c")
	r.commit("Rename again")
	r.Write("partners/c/licenses/2.yaml", "kind: license\nseats: 3\n")
	r.commit("Correct")
	r.Git("checkout", "-q", "main")
	r.Write("partners/a/partner.yaml", "kind: partner\nname: Another\ntype: cloud\n")
	r.commit("Add another one")
	r.now += 60
	r.Git("merge", "-q", "--no-ff", "-m", "Merge", "again")
	return r
}

// lines returns what is told, a line for each event.
func lines(entries []Entry) []string {
	var all []string
	for _, e := range entries {
		for _, event := range e.Events {
			all = append(all, fmt.Sprintf("%s %s: %s", e.Path, event.Verb, event.Text))
		}
	}
	return all
}

// A partner's folder that gets another name is told of once, and its history is
// that of all its names.
func TestRenamedFolder(t *testing.T) {
	r := renamed(t)
	third := []string{
		"partners/c/licenses/2.yaml changed: Seats granted: 2 → 3",
		"partners/c/partner.yaml renamed: with all its records, from the folder b",
	}
	second := []string{
		"partners/b/licenses/2.yaml granted: 2 seats of …, …, … to …: …",
	}
	first := []string{
		"partners/b/partner.yaml renamed: with all its records, from the folder a",
		"partners/b/partner.yaml changed: Name: A → B; Other names: none → A",
	}
	begin := []string{
		"partners/a/licenses/1.yaml granted: 1 seats of …, …, … to …: …",
		"partners/a/partner.yaml added: A: cloud, …",
	}
	join := func(parts ...[]string) (all []string) {
		for _, part := range parts {
			all = append(all, part...)
		}
		return all
	}
	for _, test := range []struct {
		name    string
		options Options
		want    []string
	}{
		{"the folder", Options{Paths: []string{"partners/c"}}, join(third, second, first, begin)},
		{"a former name", Options{Paths: []string{"partners/b"}}, join(third, second, first, begin)},
		{"a folder in it", Options{Paths: []string{"partners/c/licenses"}}, join(third[:1], second, begin[:1])},
		{"a record that moved along", Options{Paths: []string{"partners/c/licenses/1.yaml"}}, begin[:1]},
		{"a record that changed", Options{Paths: []string{"partners/c/licenses/2.yaml"}}, join(third[:1], second)},
		{"until it had another name", Options{Paths: []string{"partners/c"}, Until: time.Unix(1_700_000_100, 0)}, begin},
		{"another partner", Options{Paths: []string{"partners/z"}}, []string{"partners/z/partner.yaml added: Z: cloud, …"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, lines(r.read(test.options))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if diff := cmp.Diff(r.records(), replay(t, r.read(Options{}))); diff != "" {
		t.Errorf("the records (-there +replayed):\n%s", diff)
	}
}
