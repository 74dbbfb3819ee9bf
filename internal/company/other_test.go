package company

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/cli"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// another is what another company writes into the handbook's data, and into the examples
// of records, which are right by it.
var another = strings.NewReplacer(
	"https://about.gitlab.com/handbook/alliances/", "https://handbook.corp.example/alliances/",
	"https://license.gitlab.com/", "https://keys.corp.example/",
	"https://gitlab.com/gitlab-com/support/dotcom/dotcom-internal", "https://gitlab.example/corp/plans",
	"plan-change-request", "plan",
	`"#alliances"`, `"#partners"`,
	`"{partner} and GitLab"`, `"Example Corp: {partner}"`, "Example Cloud and GitLab", `"Example Corp: Example Cloud"`,
	"Handling inbound alliance requests if at GitLab", "Requests",
	"Google docs", "Papers",
	"GitLab.com", "Example Corp Online",
	"GitLab", "Example Corp",
)

// anothers returns the schemas and the policies of another company.
func anothers(t *testing.T) (ofSchemas, ofPolicies fs.FS) {
	t.Helper()
	return rewritten(t, schemas.Files, "examples/"), rewritten(t, policies.Files, "handbook/")
}

// rewritten returns files, of which another company writes those in a folder.
func rewritten(t *testing.T, fsys fs.FS, folder string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if strings.HasPrefix(name, folder) {
			text = []byte(another.Replace(string(text)))
		}
		files[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// records are right by the other company's handbook.
var records = map[string]string{
	"partners/example-cloud/partner.yaml": `kind: partner
name: Example Cloud
type: cloud
status: active
priority: critical
maintained_by: gitlab
criteria: [exposure, familiarity, strategic]
delivery_models: [gitlab.com]
documents:
  - name: "Example Corp: Example Cloud"
    url: https://docs.example/1
    audience: internal
    sharing: gitlab
`,
	"partners/example-cloud/licenses/2026-03.yaml": `kind: license
product: gitlab.com
plan: ultimate
seats_requested: 5
seats: 5
starts_at: 2026-03-02
expires_at: 2026-09-02
purpose: Build and test the runner integration
namespace: example-cloud
issue: https://gitlab.example/corp/plans/-/issues/1
`,
	"partners/example-cloud/licenses/2026-04.yaml": `kind: license
product: self-managed
plan: ultimate
seats_requested: 5
seats: 5
starts_at: 2026-04-02
expires_at: 2026-10-02
purpose: Build and test the deployment integration
`,
	"partners/example-cloud/requests/2026-03.yaml": `kind: request
type: other
received_on: 2026-03-02
description: Wants to train its own people
announcement: https://chat.example/1
status: new
`,
	"partners/_program/kpis/2026-03.yaml": `kind: kpi
month: 2026-03
active_installations: { example-cloud: 7, total: 7 }
active_smau: { example-cloud: 7, total: 7 }
downloads: { omnibus: 7, total: 7 }
`,
}

// A repository is one of another company.
type repository struct {
	*testing.T
	dir               string
	schemas, policies fs.FS
}

func newRepository(t *testing.T) *repository {
	t.Helper()
	r := &repository{T: t, dir: t.TempDir()}
	r.schemas, r.policies = anothers(t)
	for name, text := range records {
		file := filepath.Join(r.dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// run runs the program, and returns its exit status and all that it says.
func (r *repository) run(args ...string) (status int, said string) {
	r.Helper()
	var out bytes.Buffer
	program := &cli.Program{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Env: func(string) string { return "" },
		Now:     func() time.Time { return time.Date(2026, time.June, 15, 0, 0, 0, 0, time.UTC) },
		Schemas: r.schemas, Policies: r.policies,
	}
	status = program.Main(append(args, "-C", r.dir))
	return status, out.String()
}

// TestAnotherCompany makes sure that the program judges by another company's handbook,
// and speaks of that company alone.
func TestAnotherCompany(t *testing.T) {
	r, c := newRepository(t), ours(t)
	for _, args := range [][]string{
		{"validate"}, {"validate", "--format", "sarif"},
		{"rules"}, {"rules", "--format", "json"}, {"rules", "--format", "markdown"},
		{"agenda", "--within", "400"},
		{"show", "partners/example-cloud"}, {"show", "partners/example-cloud/licenses/2026-03.yaml"},
		{"show", "partners/example-cloud/licenses/2026-04.yaml"}, {"show", "partners/example-cloud/requests/2026-03.yaml"},
		{"site", "--out", filepath.Join(r.dir, "public")},
		{"site", "--private", "--out", filepath.Join(r.dir, "private")},
		{"new", "partner", "--dry-run"}, {"new", "license", "--dry-run"}, {"new", "request", "--dry-run"}, {"new", "proposal", "--dry-run"},
		{"new", "partner", "--help"}, {"new", "license", "--help"}, {"new", "request", "--help"}, {"new", "proposal", "--help"},
		{"new", "campaign", "--help"}, {"new", "kpi", "--help"}, {"new", "waiver", "--help"},
		{"import", "--template", "partner"}, {"import", "--template", "license"}, {"import", "--template", "proposal"},
	} {
		status, said := r.run(args...)
		if status != cli.ExitOK && !slices.Contains(args, "--dry-run") {
			t.Errorf("%s: %d: %s", args, status, said)
		}
		for _, line := range c.in(said) {
			t.Errorf("%s: %s", args, line)
		}
	}
	for _, folder := range []string{"public", "private"} {
		r.search(c, folder)
	}
}

// search looks for what is the company's own in all files of a folder.
func (r *repository) search(c company, folder string) {
	r.Helper()
	searched := 0
	err := filepath.WalkDir(filepath.Join(r.dir, folder), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		searched++
		for _, line := range c.in(string(text)) {
			r.Errorf("%s: %s", name, line)
		}
		return err
	})
	if err != nil || searched < 50 {
		r.Errorf("%d files of %s were searched: %v", searched, folder, err)
	}
}

// TestAnotherCompanyIsNamed makes sure that people are told of the other company where
// they were told of this one.
func TestAnotherCompanyIsNamed(t *testing.T) {
	r := newRepository(t)
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"show", "partners/example-cloud/licenses/2026-04.yaml"}, "Go to https://keys.corp.example/ and sign in with your Example Corp credentials."},
		{[]string{"show", "partners/example-cloud/requests/2026-03.yaml"}, "(handbook: Requests)"},
		{[]string{"agenda"}, "(handbook: Requests)"},
		{[]string{"rules", "request/lead"}, "https://handbook.corp.example/alliances/#requests"},
		{[]string{"rules", "partner/document_name"}, `name: "Example Corp: Example CI"`},
		{[]string{"rules", "license/plan_change_issue"}, "issue: https://gitlab.example/corp/plans/-/issues/1"},
		{[]string{"new", "request", "--help"}, "It is posted to #partners."},
		{[]string{"new", "license", "--help"}, "Plan changes are asked for in https://gitlab.example/corp/plans."},
		{[]string{"new", "proposal", "--help"}, "A document is called Example Corp: {partner}."},
	} {
		if _, said := r.run(test.args...); !strings.Contains(strings.Join(strings.Fields(said), " "), test.want) {
			t.Errorf("%s does not say %q:\n%s", test.args, test.want, said)
		}
	}
	if status, said := r.run("site", "--out", filepath.Join(r.dir, "public")); status != cli.ExitOK {
		t.Fatal(said)
	}
	page, err := os.ReadFile(filepath.Join(r.dir, "public/partners/example-cloud.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Example Corp alone", "Example Corp Online"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the partner's page does not say %q", want)
		}
	}
}

// TestExamplesAreAnybodys makes sure that the examples of the rules are as wrong and as
// right by another company's handbook, and that findings speak of that company alone.
func TestExamplesAreAnybodys(t *testing.T) {
	rules, err := check.Load(anothers(t))
	if err != nil {
		t.Fatal(err)
	}
	c := ours(t)
	for _, rule := range rules.Policies.Rules() {
		found := false
		for _, f := range judged(t, rules, rule.Before, rule.Wrong) {
			found = found || f.Rule == rule.ID
			for _, line := range c.in(f.Message + "\n" + f.Help + "\n" + f.Handbook) {
				t.Errorf("%s: %s", rule.ID, line)
			}
		}
		if !found {
			t.Errorf("%s: the wrong example is not found", rule.ID)
		}
		for _, f := range judged(t, rules, rule.Before, rule.Right) {
			t.Errorf("%s: of the right example it is said: %s", rule.ID, f.Message)
		}
	}
}

// judged returns what is found in an example, against what was before it.
func judged(t *testing.T, rules *check.Rulebook, before, after policy.Example) []finding.Finding {
	t.Helper()
	options := check.Options{Jobs: 1}
	if before != nil {
		options.Base = &check.Base{Tree: repo.New(tree(before)), Paths: changed(before, after)}
	}
	loaded := func() (*check.Rulebook, error) { return rules, nil }
	result, err := check.Run(t.Context(), repo.New(tree(after)), loaded, options)
	if err != nil {
		t.Fatal(err)
	}
	return result.Findings
}

func tree(files policy.Example) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return fsys
}

// changed returns the files that are not the same in both.
func changed(before, after policy.Example) (names repo.Paths) {
	both := maps.Clone(before)
	maps.Copy(both, after)
	for _, name := range slices.Sorted(maps.Keys(both)) {
		was, there := before[name]
		if is, stays := after[name]; was != is || there != stays {
			names = append(names, name)
		}
	}
	return names
}
