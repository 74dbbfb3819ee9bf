package scaffold

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	gitlab "gitlab.com/gitlab-com/alliances/.gitlab"
	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

var origin = Origin{Version: "v1.2.3", Company: "Example & Söhne"}

// begun returns the files of a new repository.
func begun(t *testing.T) fstest.MapFS {
	t.Helper()
	files, err := Sources{Schemas: schemas.Files, Policies: policies.Files, Forms: gitlab.Files}.Files(origin)
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: text}
	}
	return fsys
}

func sub(t *testing.T, fsys fs.FS, folder string) fs.FS {
	t.Helper()
	below, err := fs.Sub(fsys, folder)
	if err != nil {
		t.Fatal(err)
	}
	return below
}

// findings returns what a new repository finds in records.
func findings(t *testing.T, files, records fs.FS) []finding.Finding {
	t.Helper()
	rules := func() (*check.Rulebook, error) {
		return check.Load(sub(t, files, "schemas"), sub(t, files, "policies"))
	}
	result, err := check.Run(context.Background(), repo.New(records), rules, check.Options{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	return result.Findings
}

// TestFilesAreRight has what a repository begins with judged by itself.
func TestFilesAreRight(t *testing.T) {
	files := begun(t)
	if found := findings(t, files, files); len(found) > 0 {
		t.Error(found)
	}
}

// TestExamplesAreRight has the examples of all kinds judged, each where its kind lives.
func TestExamplesAreRight(t *testing.T) {
	files := begun(t)
	judged := fstest.MapFS{}
	for kind, place := range places(t, files) {
		name := strings.NewReplacer("{partner}", "example-cloud", "{month}", "2026-03", "{id}", "2026-03").Replace(place)
		judged[name] = files["schemas/examples/"+kind+".yaml"]
	}
	for _, f := range findings(t, files, judged) {
		if f.Rule != "waiver/unused" { // none of them is wrong
			t.Errorf("%s:%d: %s", f.File, f.Span.Start.Line, f.Message)
		}
	}
}

// TestRego has OPA run the tests of the rules by the handbook that a company begins with,
// as the page of its policies says.
func TestRego(t *testing.T) {
	opa := os.Getenv("ALLIANCES_OPA")
	if opa == "" {
		t.Skip("the variable ALLIANCES_OPA does not name the command opa, as .ci/run has it do")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, begun(t)); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(opa, "test", "policies")
	command.Dir = dir
	if out, err := command.CombinedOutput(); err != nil || !strings.HasPrefix(string(out), "PASS: ") {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestFilesAreTheCompanys makes sure that no text is left that stands for any company or
// version, and that neither the handbook nor a form speaks of another company.
func TestFilesAreTheCompanys(t *testing.T) {
	files := begun(t)
	for name, file := range files {
		for _, word := range []string{anyCompany, anyVersion} {
			if strings.Contains(string(file.Data), word) {
				t.Errorf("%s holds %q", name, word)
			}
		}
	}
	theirs := regexp.MustCompile(`GitLab([^ ]| [^h])|license\.gitlab\.com|#alliances`) // not a GitLab handle
	for name, file := range files {
		if match := theirs.Find(file.Data); match != nil && (strings.HasPrefix(name, "policies/handbook/") || strings.Contains(name, "_templates/")) {
			t.Errorf("%s says %q", name, match)
		}
	}
}

// TestHandbookIsWhole makes sure that the handbook has all that rules, steps and pages can
// ask the handbook of this repository for.
func TestHandbookIsWhole(t *testing.T) {
	want, err := policy.ReadHandbook(policies.Files)
	if err != nil {
		t.Fatal(err)
	}
	got, err := policy.ReadHandbook(sub(t, begun(t), "policies"))
	if err != nil {
		t.Fatal(err)
	}
	whole(t, "", want.Editions()[0].At(), got.Editions()[0].At())
}

// companys are the tables whose entries each company has its own of.
var companys = []string{"/sections", "/kpi/distribution_methods"}

func whole(t *testing.T, at string, want, got any) {
	t.Helper()
	table, isTable := want.(map[string]any)
	if !isTable || slices.Contains(companys, at) {
		return
	}
	mine, _ := got.(map[string]any)
	for key, value := range table {
		if _, has := mine[key]; !has {
			t.Errorf("it has no %s/%s", at, key)
			continue
		}
		whole(t, at+"/"+key, value, mine[key])
	}
}

// TestFilesLead makes sure that what the pages lead to is there.
func TestFilesLead(t *testing.T) {
	files := begun(t)
	link := regexp.MustCompile(`\]\(([^():#]+)(?:#[^)]*)?\)`)
	for name, file := range files {
		if path.Ext(name) != ".md" {
			continue
		}
		for _, match := range link.FindAllStringSubmatch(string(file.Data), -1) {
			if _, err := fs.Stat(files, path.Join(path.Dir(name), match[1])); err != nil {
				t.Errorf("%s leads to %s: %v", name, match[1], err)
			}
		}
	}
}

// TestSettingsKnowAllKinds makes sure that VS Code finds the schema of each record.
func TestSettingsKnowAllKinds(t *testing.T) {
	files := begun(t)
	var settings struct {
		Schemas map[string]string `json:"yaml.schemas"`
	}
	if err := json.Unmarshal(files[".vscode/settings.json"].Data, &settings); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for kind, place := range places(t, files) {
		want["./schemas/"+kind+".schema.json"] = regexp.MustCompile(`\{\w+\}`).ReplaceAllString(place, "*")
	}
	if diff := cmp.Diff(want, settings.Schemas); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// places returns where records live, by their kinds.
func places(t *testing.T, files fs.FS) map[string]string {
	t.Helper()
	set, err := schema.Load(sub(t, files, "schemas"))
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]string{}
	for _, kind := range set.Kinds() {
		places[kind], _ = set.Document(kind)["x-place"].(string)
	}
	return places
}

func TestCheckCompany(t *testing.T) {
	for name, want := range map[string]string{
		"Example Corp": "", "O'Reilly & Söhne (Köln), S.A.": "", "株式会社例": "", "3M+": "",
		"": "has no name", " ": "has no name", " Example": "begins or ends with a blank", "Ex\nample": `holds '\n'`,
		`Ex"ample`: `holds '"'`, "{partner}": `holds '{'`, "*Example*": `holds '*'`, strings.Repeat("x", 101): "more than 100 characters",
	} {
		if err := CheckCompany(name); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestReadSum(t *testing.T) {
	s := &Sum{origin, map[string]string{"a/b c.md": "0123", "d": "4567"}}
	got, err := ReadSum(s.Text())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for line, want := range map[string]string{
		"": "does not say which version", "one": "line 3", "0123 ../outside": "line 3", "0123 /etc/passwd": "line 3",
		"0123 partners/example-ci/partner.yaml": "line 3", "0123 partners/loose.yaml": "line 3", `company "`: "line 3", "company ": "line 3",
	} {
		text := sumHeader + line + "\n"
		if line == "" {
			text = sumHeader
		}
		if _, err := ReadSum([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", line, err)
		}
	}
}
