package check

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// TestOPAFindsTheSame makes sure that what Inspect and Data return is all that
// policies are judged with: given that, the command opa finds in every record of
// the repository, and of the rules' wrong examples, what the validator does.
func TestOPAFindsTheSame(t *testing.T) {
	opa := os.Getenv("ALLIANCES_OPA")
	switch {
	case opa == "":
		t.Skip("the variable ALLIANCES_OPA does not name the command opa, as .ci/run has it do")
	case testing.Short():
		t.Skip("left out by -short")
	}
	rules, err := realRules()
	if err != nil {
		t.Fatal(err)
	}
	t.Run("repository", func(t *testing.T) {
		t.Parallel()
		(&parity{opa: opa, policies: "../../policies", rules: rules, tree: repo.New(os.DirFS("../.."))}).compare(t)
	})
	t.Run("odd records", func(t *testing.T) {
		t.Parallel()
		if found := (&parity{opa: opa, policies: "../../policies", rules: rules, tree: repo.New(tree(oddRecords))}).compare(t); len(found) == 0 {
			t.Error("opa finds nothing in them")
		}
	})
	t.Run("dated handbook", func(t *testing.T) {
		t.Parallel()
		dir := datedPolicies(t)
		rules, err := Load(schemas.Files, os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		p := &parity{opa: opa, policies: dir, rules: rules, tree: repo.New(tree(datedRecords))}
		p.compareHandbook(t)
		if found := ruleIDs(p.compare(t)); !slices.Equal(found, []string{"license/seat_cap"}) {
			t.Errorf("opa finds %v", found)
		}
	})
	for _, rule := range rules.Policies.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			t.Parallel()
			p := &parity{opa, "../../policies", rules, repo.New(tree(rule.Wrong)), base(rule.Before, rule.Wrong)}
			if found := ruleIDs(p.compare(t)); !slices.Contains(found, rule.ID) {
				t.Errorf("of what is wrong in the example, opa finds but %v", found)
			}
		})
	}
}

// oddRecords hold what is easily lost between one program and the next: numbers
// with many digits, characters that JSON may escape, and values of a wrong type.
var oddRecords = map[string]string{
	"partners/example-odd/partner.yaml": `kind: partner
name: "<Odd> & \u2028 日本"
aliases: [Other, 7]
type: cloud
status: active
documents:
  - {name: 10000000000000000000000001, audience: partner, sharing: "<gitlab>", url: 1}
`,
	"partners/example-odd/licenses/2026-03.yaml": `kind: license
product: self-managed
plan: [premium]
seats_requested: 99999999999999999999999999
seats: 100000000000000000000000000
starts_at: 2026-03-02
expires_at: 2026-03-02
purpose: "<>"
`,
	"partners/example-odd/licenses/2026-04.yaml": `kind: license
product: gitlab.com
plan: ultimate
seats_requested: unknown
seats: 1e2
starts_at: 2026-04-31
expires_at: "yes"
issue: null
`,
	"partners/other/partner.yaml": `kind: partner
name: other
status: true
`,
	"partners/no-partner/campaigns/2026-03.yaml": `kind: campaign
budget: {amount: 12.50, currency: USD}
spend_approval: {amount: 12.500000000000000001}
`,
}

// A parity is a tree of which opa and the validator are to find the same.
type parity struct {
	opa      string
	policies string // the folder that the rules are of
	rules    *Rulebook
	tree     *repo.Tree
	base     *Base
}

// datedPolicies returns a folder of the policies whose handbook changes twice.
func datedPolicies(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, policies.Files); err != nil {
		t.Fatal(err)
	}
	for day, text := range map[string]string{
		"2027-01-01": "license: {seat_cap: 2}\nkpi: {example_platforms: [AWS]}\n",
		"2028-01-01": "license: {plan: premium}\npartner_types: {cloud: {platform: false}}\n",
	} {
		folder := filepath.Join(dir, "handbook", day)
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "later.yaml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// datedRecords are licences of the days before a change and of the change.
var datedRecords = map[string]string{
	"partners/example-ci/partner.yaml":         "kind: partner\nname: Example CI\ntype: upstream\nstatus: prospective\n",
	"partners/example-ci/licenses/before.yaml": datedLicense("2026-12-31", "2027-06-30", "ultimate"),
	"partners/example-ci/licenses/after.yaml":  datedLicense("2027-07-01", "2028-01-01", "ultimate"),
	"partners/example-ci/licenses/later.yaml":  datedLicense("2028-01-01", "2028-07-01", "premium"),
}

func datedLicense(starts, expires, plan string) string {
	return fmt.Sprintf("kind: license\nproduct: self-managed\nplan: %s\nseats_requested: 3\nseats: 3\nstarts_at: %s\nexpires_at: %s\n"+
		"purpose: Build and test the integration\n", plan, starts, expires)
}

// compareHandbook makes sure that opa reads the handbook's folders as the
// validator does.
func (p *parity) compareHandbook(t *testing.T) {
	t.Helper()
	answer, err := exec.CommandContext(t.Context(), p.opa, "eval", "--format", "raw", "--data", p.policies, "data.handbook").Output()
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(answer))
	decoder.UseNumber()
	var handbook any
	if err := decoder.Decode(&handbook); err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(p.rules.Policies.Handbook.Data().JSON(), handbook); diff != "" {
		t.Errorf("the validator and opa differ (-validator +opa):\n%s", diff)
	}
}

// compare compares what they find in each record, and returns what opa does.
func (p *parity) compare(t *testing.T) (all []finding.Finding) {
	result, err := Run(t.Context(), p.tree, func() (*Rulebook, error) { return p.rules, nil }, Options{Jobs: 1, Base: p.base})
	if err != nil {
		t.Fatal(err)
	}
	data, err := Data(t.Context(), p.tree, p.rules, 1)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	writeJSON(t, filepath.Join(dir, "data.json"), data)
	paths := result.Records
	if p.base != nil { // what is gone is judged, too
		paths = slices.Concat(paths, p.base.Paths)
	}
	slices.Sort(paths)
	for _, path := range slices.Compact(paths) {
		input, err := Inspect(p.tree, p.rules, path, p.base)
		if err != nil && strings.HasPrefix(err.Error(), "the change moves "+path+" to ") {
			continue // and it is judged there
		}
		if err != nil {
			t.Fatal(err)
		}
		writeJSON(t, filepath.Join(dir, "input.json"), input)
		found := p.locate(path, p.ask(t, dir, kindOf(t, input)))
		if diff := gocmp.Diff(p.byPolicies(result.Findings, path), found); diff != "" {
			t.Errorf("%s: the validator and opa differ (-validator +opa):\n%s", path, diff)
		}
		all = append(all, found...)
	}
	return all
}

func writeJSON(t *testing.T, name string, value any) {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// kindOf returns the kind of the record that an input is about.
func kindOf(t *testing.T, input any) string {
	t.Helper()
	for _, name := range []string{"record", "before"} {
		rec, _ := input.(map[string]any)[name].(map[string]any)
		if kind, ok := rec["kind"].(string); ok {
			return kind
		}
	}
	t.Fatalf("the input has no record with a kind: %v", input)
	return ""
}

// violations are what rules say of a record, by the rule's id.
type violations map[string][]struct {
	Path     []any
	Message  string
	Expected any
	At       string
	Related  []struct {
		Record  string
		Path    []any
		Message string
	}
}

// ask asks opa about the input and the data in dir.
func (p *parity) ask(t *testing.T, dir, kind string) (found violations) {
	t.Helper()
	command := exec.CommandContext(t.Context(), p.opa, "eval", "--format", "raw", "--data", p.policies,
		"--data", filepath.Join(dir, "data.json"), "--input", filepath.Join(dir, "input.json"),
		fmt.Sprintf(`{id: found | found := data.rules[%[1]q][name].violation; id := concat("/", [%[1]q, name])}`, kind))
	var problem bytes.Buffer
	command.Stderr = &problem
	answer, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %s%s", err, answer, &problem)
	}
	decoder := json.NewDecoder(bytes.NewReader(answer))
	decoder.UseNumber()
	if err := decoder.Decode(&found); err != nil {
		t.Fatal(err)
	}
	return found
}

// locate turns violations into findings.
func (p *parity) locate(file string, found violations) (findings []finding.Finding) {
	for _, rule := range p.rules.Policies.Rules() {
		for _, v := range found[rule.ID] {
			place := p.place(file, v.Path, v.At == "key")
			if v.Expected != nil && len(place.Path) == len(v.Path)-1 {
				place.Path = textsOf(v.Path) // of a field that is missing, and expected
			}
			f := finding.New(&rule.Rule, place, v.Message).WithExpected(v.Expected)
			var related []finding.Related
			for _, r := range v.Related {
				related = append(related, finding.Related{Place: p.place(cmp.Or(r.Record, file), r.Path, false), Message: r.Message})
			}
			findings = append(findings, f.WithRelated(related...))
		}
	}
	finding.Sort(findings)
	return findings
}

// place returns the place of a value in a file: its beginning where the change
// deletes it.
func (p *parity) place(file string, path []any, atKey bool) finding.Place {
	if data, err := p.tree.Text(file); err == nil {
		if rec, _ := record.Load(file, data); rec != nil {
			return rec.Locate(textsOf(path), atKey)
		}
	}
	return finding.Place{File: file, Span: source.Start}
}

func textsOf(values []any) []string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = fmt.Sprint(value)
	}
	return texts
}

// byPolicies returns those of all findings that are about a file and come of a
// policy.
func (p *parity) byPolicies(all []finding.Finding, file string) (findings []finding.Finding) {
	for _, f := range all {
		isPolicy := slices.ContainsFunc(p.rules.Policies.Rules(), func(r *policy.Rule) bool { return r.ID == f.Rule })
		if f.File == file && isPolicy {
			findings = append(findings, f)
		}
	}
	return findings
}
