package history

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/gitfs/gittest"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// A repository is one in which a test says what time it is.
type repository struct {
	gittest.Repo
	now int // seconds since 1970
}

func newRepository(t *testing.T) *repository {
	t.Helper()
	return &repository{gittest.New(t), 1_700_000_000}
}

// Git runs a git command as of now.
func (r *repository) Git(args ...string) string {
	r.Helper()
	date := fmt.Sprintf("%d +0100", r.now)
	r.Env = []string{"GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=Alex Example", "GIT_AUTHOR_EMAIL=alex@company.example", "GIT_AUTHOR_DATE=" + date,
		"GIT_COMMITTER_NAME=Sam Example", "GIT_COMMITTER_EMAIL=sam@company.example", "GIT_COMMITTER_DATE=" + date}
	return r.Repo.Git(args...)
}

func (r *repository) commit(message string) {
	r.Helper()
	r.now += 60
	r.Git("add", "-A")
	r.Git("commit", "-q", "--allow-empty", "-m", message)
}

func (r *repository) read(options Options) []Entry {
	r.Helper()
	git, err := gitfs.Open(context.Background(), r.Dir)
	if err != nil {
		r.Fatal(err)
	}
	defer git.Close()
	kinds, err := schema.Load(schemas.Files)
	if err != nil {
		r.Fatal(err)
	}
	head, err := git.Commit(context.Background(), "HEAD")
	if err != nil {
		r.Fatal(err)
	}
	var entries []Entry
	err = Read(context.Background(), git, head, kinds, options, func(e Entry) error {
		entries = append(entries, e)
		return nil
	})
	if err != nil {
		r.Fatal(err)
	}
	return entries
}

// TestReplay makes sure that the log accounts for every record: its entries,
// from the last to the first, lead from nothing to what there is.
func TestReplay(t *testing.T) {
	lives := uint64(6)
	if testing.Short() {
		lives = 1
	}
	for seed := range lives {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := newRepository(t)
			live := &life{r, rand.New(rand.NewPCG(seed, 0)), 0}
			live.grow(40)
			got := replay(t, r.read(Options{}))
			if diff := cmp.Diff(r.records(), got); diff != "" {
				t.Errorf("the records (-there +replayed):\n%s", diff)
			}
			if len(got) < 3 {
				t.Errorf("only %d records came of it", len(got))
			}
		})
	}
}

// unreadable stands for a record that cannot be read.
const unreadable = "unreadable"

// records returns what every record holds.
func (r *repository) records() map[string]any {
	all := map[string]any{}
	tree := os.DirFS(r.Dir)
	err := fs.WalkDir(tree, "partners", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(tree, name)
		all[name] = unreadable
		if rec, _ := record.Load(name, text); rec != nil {
			all[name] = throughJSON(r.T, rec.Root.JSON())
		}
		return err
	})
	if err != nil {
		r.Fatal(err)
	}
	return all
}

// replay does what the entries tell, as a program would that reads the JSON.
func replay(t *testing.T, entries []Entry) map[string]any {
	all := map[string]any{}
	for _, e := range slices.Backward(entries) {
		var told struct {
			Path, Was string
			Events    []struct{ Verb string }
			Changes   []struct {
				Path          string
				Before, After json.RawMessage
			}
		}
		if err := json.Unmarshal([]byte(jsonText(t, e.JSON())), &told); err != nil {
			t.Fatal(err)
		}
		if value, there := all[told.Was]; there { // its folder may have moved already
			all[told.Path] = value
			delete(all, told.Was)
		}
		if is, was := path.Dir(told.Path), path.Dir(told.Was); isPartner(told.Path) && isPartner(told.Was) {
			for name, value := range maps.Clone(all) {
				if below, ok := strings.CutPrefix(name, was+"/"); ok {
					delete(all, name)
					all[path.Join(is, below)] = value
				}
			}
		}
		verbs := fmt.Sprint(told.Events)
		switch {
		case strings.Contains(verbs, "deleted"):
			delete(all, told.Path)
			continue
		case strings.Contains(verbs, "became unreadable"):
			all[told.Path] = unreadable
			continue
		}
		for _, c := range told.Changes {
			all[told.Path] = apply(t, all[told.Path], strings.Split(c.Path, "/")[1:], c.After)
		}
	}
	return all
}

// apply puts a value in its place, or takes it away.
func apply(t *testing.T, value any, path []string, after json.RawMessage) any {
	if len(path) == 0 {
		var whole any
		if err := json.Unmarshal(after, &whole); err != nil {
			t.Fatal(err)
		}
		return whole
	}
	object := value.(map[string]any)
	if len(path) == 1 && after == nil {
		delete(object, path[0])
		return object
	}
	object[path[0]] = apply(t, object[path[0]], path[1:], after)
	return object
}

func throughJSON(t *testing.T, value any) any {
	var whole any
	if err := json.Unmarshal([]byte(jsonText(t, value)), &whole); err != nil {
		t.Fatal(err)
	}
	return whole
}

func jsonText(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A life is what a repository goes through, by chance.
type life struct {
	*repository
	random *rand.Rand
	branch int
}

func (l *life) grow(commits int) {
	l.Write("partners/a/partner.yaml", "kind: partner\nname: A\n")
	l.commit("Begin")
	for range commits {
		if l.random.IntN(5) == 0 {
			l.mergeRequest()
		} else {
			l.step()
		}
	}
}

// mergeRequest makes commits on a branch, and one beside it, and merges both.
func (l *life) mergeRequest() {
	l.branch++
	name := fmt.Sprintf("branch-%d", l.branch)
	l.Git("checkout", "-q", "-b", name)
	l.Write(fmt.Sprintf("partners/%s/partner.yaml", name), "kind: partner\nname: "+name+"\n")
	l.commit("Add a partner")
	for range l.random.IntN(3) {
		l.step()
	}
	l.Git("checkout", "-q", "main")
	l.Write("partners/a/licenses/beside.yaml", fmt.Sprintf("kind: license\nseats: %d\n", l.now))
	l.commit("Beside it")
	l.now += 60
	strategy := []string{"-Xours", "-Xtheirs"}[l.random.IntN(2)]
	l.Git("merge", "-q", "--no-ff", strategy, "-m", "Merge", name)
}

func (l *life) step() {
	names := strings.Fields(l.Git("ls-files", "partners/*/licenses", "partners/*/requests"))
	pick := func() string { return names[l.random.IntN(len(names))] }
	partner := []string{"a", "b", "c"}[l.random.IntN(3)]
	fresh := fmt.Sprintf("partners/%s/licenses/%d.yaml", partner, l.random.IntN(1000))
	switch what := l.random.IntN(7); {
	case what < 2 || len(names) == 0:
		l.Write(fresh, fmt.Sprintf("kind: license\nseats: %d\npurpose: %d of %s\nlist: [1, {a: 2}]\n", l.random.IntN(9), l.random.IntN(1000), fresh))
	case what == 2:
		l.Write(pick(), fmt.Sprintf("# again\nseats: %d\nkind: license\nrevoked: {date: 2026-05-01}\n", l.random.IntN(9)))
	case what == 3:
		l.Write(pick(), "kind: license\nkind: license\n")
	case what == 4:
		l.Git("rm", "-q", "-f", pick())
	default:
		l.Git("mv", pick(), filepath.ToSlash(filepath.Join(filepath.Dir(pick()), fmt.Sprintf("moved-%d.yaml", l.now))))
	}
	l.commit("Go on")
}

// Who made a change is told from the commit that made it; when, and by which
// merge request, from the one that brought it to the branch.
func TestMergeRequest(t *testing.T) {
	r := newRepository(t)
	r.Write("partners/a/partner.yaml", "kind: partner\nname: A\n")
	r.commit("Begin")
	r.Git("checkout", "-q", "-b", "grant")
	r.Write("partners/a/licenses/1.yaml", "kind: license\nseats: 1\n")
	r.commit("Grant")
	r.Write("partners/a/licenses/1.yaml", "kind: license\nseats: 2\n")
	r.commit("Correct")
	last := r.Git("rev-parse", "HEAD")
	r.Write("README.md", "something else\n")
	r.commit("Something else")
	r.Git("checkout", "-q", "main")
	r.now += 3600
	r.Git("merge", "-q", "--no-ff", "-m", "Merge branch 'grant'", "-m", "See merge request alliances/records!7", "grant")
	merge := r.Git("rev-parse", "HEAD")
	entries := r.read(Options{})
	if len(entries) != 2 {
		t.Fatalf("%d entries", len(entries))
	}
	e := entries[0]
	if string(e.Commit.ID) != last || e.Merge == nil || string(e.Merge.ID) != merge || e.Reference != "alliances/records!7" || e.Time.Unix() != int64(r.now) {
		t.Errorf("%+v", e)
	}
	if entries[1].Merge != nil || entries[1].Reference != "" {
		t.Errorf("%+v", entries[1])
	}
}

// What a merge makes of the records itself is its author's doing, and a
// reference counts where GitLab writes it.
func TestMergeEdits(t *testing.T) {
	r := newRepository(t)
	r.Write("partners/a/partner.yaml", "kind: partner\nname: A\n")
	r.commit("See merge request alliances/records!1")
	r.Git("checkout", "-q", "-b", "grant")
	r.Write("partners/a/licenses/1.yaml", "kind: license\nseats: 2\n")
	r.commit("Grant")
	r.Git("checkout", "-q", "main")
	r.Git("merge", "-q", "--no-ff", "--no-commit", "grant")
	r.Write("partners/a/licenses/1.yaml", "kind: license\nseats: 9\n")
	r.commit("See merge request forged/one!1\n\nSee merge request alliances/records!7")
	merge := r.Git("rev-parse", "HEAD")
	entries := r.read(Options{})
	if e := entries[0]; string(e.Commit.ID) != merge || e.Merge != nil || e.Reference != "alliances/records!7" {
		t.Errorf("%+v", e)
	}
	if e := entries[1]; e.Reference != "" {
		t.Errorf("%+v", e)
	}
}

// TestFollow tells of files and folders whose records were elsewhere before.
func TestFollow(t *testing.T) {
	r := newRepository(t)
	r.Write("partners/a/partner.yaml", "kind: partner\nname: A\n")
	r.Write("partners/a/old/x.yaml", "kind: license\nseats: 2\n")
	r.commit("Begin")
	early := r.now
	r.now += 86400
	r.Write("partners/a/licenses/.keep", "")
	r.Git("mv", "partners/a/old/x.yaml", "partners/a/licenses/y.yaml")
	r.commit("Rename")
	r.Write("partners/a/old/x.yaml", "kind: request\nstatus: new\n")
	r.commit("Another one")
	for _, test := range []struct {
		name    string
		options Options
		want    []string
	}{
		{"a file", Options{Paths: []string{"partners/a/licenses/y.yaml"}}, []string{"licenses/y.yaml renamed", "old/x.yaml granted"}},
		{"until then", Options{Paths: []string{"partners/a/licenses/y.yaml"}, Until: time.Unix(int64(early)+1, 0)}, []string{"old/x.yaml granted"}},
		{"a former name", Options{Paths: []string{"partners/a/old/x.yaml"}}, []string{"old/x.yaml received", "licenses/y.yaml renamed", "old/x.yaml granted"}},
		{"a folder", Options{Paths: []string{"partners/a/licenses"}}, []string{"licenses/y.yaml renamed"}},
		{"the other folder", Options{Paths: []string{"partners/a/old"}}, []string{"old/x.yaml received", "licenses/y.yaml renamed", "old/x.yaml granted"}},
		{"a file and a folder", Options{Paths: []string{"partners/a/partner.yaml", "partners/a/licenses"}}, []string{"licenses/y.yaml renamed", "partner.yaml added"}},
		{"a kind", Options{Kind: "request"}, []string{"old/x.yaml received"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, e := range r.read(test.options) {
				got = append(got, strings.TrimPrefix(e.Path, "partners/a/")+" "+e.Events[0].Verb)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
