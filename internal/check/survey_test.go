package check

import (
	"io/fs"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/memory"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// TestFailsOnce makes sure that a rule which fails, whatever others there are, is not
// asked again before that is told: it may have taken all the time that it had.
func TestFailsOnce(t *testing.T) {
	files := fstest.MapFS{}
	rules := withRule(t, `violation contains {"path": ["name"], "message": 1} if input.record.name`)
	for _, slug := range []string{"a", "b", "c"} {
		files["partners/"+slug+"/partner.yaml"] = &fstest.MapFile{Data: []byte("kind: partner\nname: " + slug + "\n")}
	}
	tree := &opened{FS: files, name: "partners/a/partner.yaml"}
	_, err := Run(t.Context(), repo.New(tree), func() (*Rulebook, error) { return rules, nil }, Options{Jobs: 1})
	if err == nil || !strings.HasPrefix(err.Error(), "rule partner/own on partners/a/partner.yaml:") {
		t.Errorf("the error is %v", err)
	}
	if n := tree.times.Load(); n != 1 {
		t.Errorf("%s was read %d times", tree.name, n)
	}
}

// TestMemoryOfLikeLicenses makes sure that what is clean for what other licences there are
// is judged again once these are others.
func TestMemoryOfLikeLicenses(t *testing.T) {
	rules := withRule(t, `violation contains {"path": ["name"], "message": "no two are alike"} if count(data.alike.licenses) == 0`)
	license := func(issue string) string { return "kind: license\nissue: https://issues.example/" + issue + "\n" }
	dir := t.TempDir()
	find := func(issue string) int {
		t.Helper()
		files := tree(map[string]string{
			"partners/a/partner.yaml":    cleanPartner,
			"partners/b/licenses/1.yaml": license("1"), "partners/c/licenses/1.yaml": license(issue),
		})
		options := Options{Jobs: 1, Memory: memory.Open(dir, memory.Key{})}
		result, err := Run(t.Context(), repo.New(files), func() (*Rulebook, error) { return rules, nil }, options)
		if err != nil {
			t.Fatal(err)
		}
		if err := options.Memory.Save(); err != nil {
			t.Fatal(err)
		}
		return len(slices.DeleteFunc(result.Findings, func(f finding.Finding) bool { return f.Rule != "partner/own" }))
	}
	if n := find("1"); n != 0 {
		t.Errorf("two are alike, and %d findings say that none are", n)
	}
	if n := find("2"); n != 1 {
		t.Errorf("no two are alike, and %d findings say so", n)
	}
}

const cleanPartner = "kind: partner\nname: A\ntype: integrated\nstatus: prospective\n"

// opened are files of which it is counted how often one is opened.
type opened struct {
	fs.FS
	name  string
	times atomic.Int64
}

// Open implements fs.FS.
func (o *opened) Open(name string) (fs.File, error) {
	if name == o.name {
		o.times.Add(1)
	}
	return o.FS.Open(name)
}

// withRule returns the repository's own rules, and one more on partners.
func withRule(t *testing.T, body string) *Rulebook {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(policies.Files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(policies.Files, path)
		files[path] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	const metadata = `# METADATA
# title: A rule of one's own
# description: It is here to be tested.
# schemas:
#   - input.record: schema.partner
# custom:
#   severity: warning
#   handbook: Partner definitions
#   help: Nothing helps.
#   examples:
#     wrong: {partners/a/partner.yaml: "kind: partner"}
#     right: {partners/a/partner.yaml: "kind: partner"}
package rules.partner.own

`
	files["rules/partner/own/own.rego"] = &fstest.MapFile{Data: []byte(metadata + body + "\n")}
	files["rules/partner/own/own_test.rego"] = &fstest.MapFile{Data: []byte("package rules.partner.own_test\n\ntest_own if true\n")}
	rules, err := Load(schemas.Files, files)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}
