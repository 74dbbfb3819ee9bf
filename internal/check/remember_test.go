package check

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/memory"
	"gitlab.com/gitlab-com/alliances/internal/policy"
)

// identified are files whose folders have ids, as those of a commit have. It counts
// how many records are opened.
type identified struct {
	fstest.MapFS
	opened *atomic.Int64
}

func (fsys identified) Open(name string) (fs.File, error) {
	if layout.IsRecord(name) {
		fsys.opened.Add(1)
	}
	return fsys.MapFS.Open(name)
}

func (fsys identified) ID(dir string) (string, bool) {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(fsys.MapFS)) {
		if strings.HasPrefix(name, dir+"/") {
			fmt.Fprintf(h, "%q%q", name, fsys.MapFS[name].Data)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), true
}

// A mutation changes records.
type mutation struct {
	random *rand.Rand
	files  map[string]string
}

func (m mutation) pick(wanted func(name string) bool) string {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(m.files)), func(name string) bool { return !wanted(name) })
	if len(names) == 0 {
		return ""
	}
	return names[m.random.IntN(len(names))]
}

func anyFile(string) bool        { return true }
func isPartner(name string) bool { return path.Base(name) == layout.PartnerFile }
func isLicense(name string) bool { return strings.Contains(name, "/licenses/") }

// mutations are what may happen to records.
var mutations = []func(m mutation){
	func(m mutation) { m.files[m.pick(anyFile)] += "# edited\n" },
	func(m mutation) {
		name := m.pick(anyFile)
		m.files[name] = strings.Replace(m.files[name], "5", "11", 1)
	},
	func(m mutation) { delete(m.files, m.pick(anyFile)) },
	func(m mutation) { // renamed
		name := m.pick(anyFile)
		text := m.files[name]
		delete(m.files, name)
		m.files[path.Join(path.Dir(name), "renamed-"+path.Base(name))] = text
	},
	func(m mutation) { // a similar partner
		if name := m.pick(isPartner); name != "" {
			m.files[fmt.Sprintf("partners/copy-%d/partner.yaml", m.random.IntN(1000))] = strings.Replace(m.files[name], "name: ", "name: The ", 1)
		}
	},
	func(m mutation) { // a copied licence
		if from, to := m.pick(isLicense), m.pick(isPartner); from != "" && to != "" {
			m.files[path.Join(path.Dir(to), "licenses", path.Base(from))] = m.files[from]
		}
	},
	func(m mutation) { // a partner that others may be part of
		if name := m.pick(isPartner); name != "" {
			m.files[name] = strings.Replace(m.files[name], "status: active", "status: former", 1)
		}
	},
	func(m mutation) { // a whole folder
		folder, _ := layout.FolderOf(m.pick(anyFile))
		maps.DeleteFunc(m.files, func(name, _ string) bool { return folder != "" && strings.HasPrefix(name, "partners/"+folder+"/") })
	},
	func(m mutation) { m.files[path.Join(path.Dir(m.pick(anyFile)), "notes.txt")] = "notes" },
	func(m mutation) { m.files[path.Join(path.Dir(m.pick(anyFile)), "README.md")] = "notes" },
}

// rightAndWrong returns records of which most are right.
func rightAndWrong(t *testing.T) map[string]string {
	t.Helper()
	rules, err := realRules()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for i, rule := range rules.Policies.Rules() {
		examples := rule.Right
		if i%9 == 0 {
			examples = rule.Wrong
		}
		for name, text := range examples {
			folder, _ := layout.FolderOf(name)
			text = strings.ReplaceAll(text, "name: Example", fmt.Sprintf("name: Number %d", i))
			if layout.IsPartners(folder) {
				name = strings.Replace(name, folder, fmt.Sprintf("%s-%d", folder, i), 1)
			}
			files[name] = text
		}
	}
	return files
}

// TestMemory holds that a run that remembers finds what a fresh one does, whatever
// happens to the records in between, and that it judges less.
func TestMemory(t *testing.T) {
	original := rightAndWrong(t)
	dirs := map[string]string{"files": t.TempDir(), "commits": t.TempDir()}
	var opened atomic.Int64
	records := 0
	random := rand.New(rand.NewPCG(1, 2))
	files := maps.Clone(original)
	for step := range 60 {
		if step%20 == 19 {
			files = maps.Clone(original)
		}
		mutations[random.IntN(len(mutations))](mutation{random, files})
		want := judged(t, tree(files), Options{Jobs: 2})
		records += len(want.Records)
		for name, dir := range dirs {
			options := Options{Jobs: 2, Memory: memory.Open(dir, memory.Key{})}
			var got Result
			if name == "files" {
				got = judged(t, tree(files), options)
			} else {
				got = judged(t, identified{tree(files), &opened}, options)
			}
			if err := options.Memory.Save(); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want.Findings, got.Findings, cmp.AllowUnexported(finding.Value{})); diff != "" {
				t.Fatalf("%s, step %d: something else is found (-want +got):\n%s", name, step, diff)
			}
			if got.Partners != want.Partners || !slices.Equal(got.Records, want.Records) {
				t.Fatalf("%s, step %d: %d records of %d partners, want %d of %d", name, step, len(got.Records), got.Partners, len(want.Records), want.Partners)
			}
		}
	}
	if opened.Load() > int64(records) {
		t.Errorf("%d of %d records were opened", opened.Load(), records)
	}
}

// What was remembered of a folder serves whoever looks at another one.
func TestMemoryOfOthers(t *testing.T) {
	files, dir := everySort(t), t.TempDir()
	whole := judged(t, tree(files), Options{Jobs: 2, Digest: true})
	for range 2 {
		var sum []finding.Finding
		for index := 1; index <= 3; index++ {
			m := memory.Open(dir, memory.Key{})
			part := judged(t, tree(files), Options{Jobs: 2, Digest: true, Memory: m, Shard: Shard{index, 3}})
			if err := m.Save(); err != nil || part.Digest != whole.Digest {
				t.Fatal(err, part.Digest, whole.Digest)
			}
			sum = append(sum, part.Findings...)
		}
		finding.Sort(sum)
		if diff := cmp.Diff(whole.Findings, sum, cmp.AllowUnexported(finding.Value{})); diff != "" {
			t.Errorf("something else is found (-want +got):\n%s", diff)
		}
	}
}

// everything is a clean folder of which all is known.
func everything() *clean {
	c := &clean{
		records: []string{"partners/a/partner.yaml"}, listed: true, partner: &policy.Partner{Aliases: []string{"B"}},
		licenses: []policy.License{{Path: "partners/a/licenses/b.yaml", Issue: 1, Purpose: 1 << 63}}, others: []byte{1, 2},
	}
	partner := reflect.ValueOf(c.partner).Elem()
	for i := range partner.NumField() {
		if field := partner.Field(i); field.Kind() == reflect.String {
			field.SetString(fmt.Sprint("field ", i))
		}
	}
	return c
}

// TestDecodeClean holds that whatever is known of a partner is remembered.
func TestDecodeClean(t *testing.T) {
	if diff := cmp.Diff(everything(), decodeClean(everything().encode()), cmp.AllowUnexported(clean{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzDecodeClean(f *testing.F) {
	f.Add((&clean{}).encode())
	f.Add(everything().encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		c := decodeClean(data)
		if c == nil {
			return
		}
		again := decodeClean(c.encode())
		if diff := cmp.Diff(c, again, cmp.AllowUnexported(clean{})); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}
