// Package company holds tests alone: that what is one company's own is in the
// handbook's data, and that another company's handbook does as well.
package company

import (
	"go/scanner"
	"go/token"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// The company has the name of the platform that everybody's records live on. These
// are the words in which the platform is spoken of.
var platform = regexp.MustCompile(strings.Join([]string{
	`GitLab handles?`, `GitLab CI`, `merge request in GitLab`, `editor in\s+GitLab`, `New in GitLab`, `In GitLab:`, `in GitLab</span>`,
	`GitLab shows to whoever pushes`, `GitLab is asked for a merge request`, `name GitLab's with`, `git and GitLab treat`,
}, "|"))

// A company is what a handbook's data says of its own.
type company struct {
	own   *regexp.Regexp // its name, addresses, projects, templates, channels and headings
	asked []string       // what rules ask of the examples of records
}

// companyOf returns what is a company's own by its handbook.
func companyOf(book policy.Edition) company {
	var all []string
	add := func(text string) { all = append(all, regexp.QuoteMeta(text)) }
	project := book.Text("license", "plan_change", "project")
	add(path.Base(project))
	add(book.Text("license", "plan_change", "template"))
	add(book.Text("request", "channel"))
	for _, text := range texts(book.Root) {
		if address, err := url.Parse(text); err == nil && address.Scheme == "https" {
			add(address.Host + strings.TrimSuffix(address.Path, "/"))
			if address.Host != "gitlab.com" { // which is the platform's
				add(address.Host)
			}
		}
	}
	for _, heading := range book.Root.Field("sections").Fields {
		add(heading.Value.Text)
	}
	own := `\b` + regexp.QuoteMeta(book.Text("company")) + `\b|(?i:` + strings.Join(all, "|") + `)(?:[^-\w]|$)`
	return company{regexp.MustCompile(own), []string{
		"name: " + strings.ReplaceAll(book.Text("document", "name"), "{partner}", "Example Cloud") + "\n",
		"issue: " + project + "/-/issues/1\n",
	}}
}

// texts returns all texts below a value.
func texts(n *record.Node) (all []string) {
	for _, field := range n.Fields {
		all = append(all, texts(field.Value)...)
	}
	for _, item := range n.Items {
		all = append(all, texts(item)...)
	}
	if n.Kind == record.String {
		all = append(all, n.Text)
	}
	return all
}

// in returns the lines of a text that hold what is the company's own.
func (c company) in(text string) (lines []string) {
	for line := range strings.Lines(platform.ReplaceAllString(text, "")) {
		if c.own.MatchString(line) {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

// ours is what is the company's own by the handbook of this repository.
func ours(t *testing.T) company {
	t.Helper()
	book, err := policy.ReadHandbook(policies.Files)
	if err != nil {
		t.Fatal(err)
	}
	return companyOf(book.Newest())
}

// TestOwnIsData makes sure that what is the company's own is in the handbook's data
// alone, and not in what judges and renders.
func TestOwnIsData(t *testing.T) {
	c, searched := ours(t), 0
	for _, root := range []string{"cmd", "internal", "schemas", "policies"} {
		err := fs.WalkDir(os.DirFS("../.."), root, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || !speaks(name) || entry.IsDir() {
				return err
			}
			text, err := os.ReadFile(path.Join("../..", name))
			if err != nil {
				return err
			}
			searched++
			for _, line := range c.in(c.said(name, string(text))) {
				t.Errorf("%s: %s\n\tit is the company's own: write it into policies/handbook/, or speak of us", name, line)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if searched < 200 {
		t.Errorf("only %d files were searched", searched)
	}
}

// TestOwnIsFound makes sure that what is the company's own would be found, and the
// platform would not.
func TestOwnIsFound(t *testing.T) {
	c := ours(t)
	for name, text := range map[string]string{
		"a.go":                    `const hint = "Whoever asks GitLab for a licence waits."`,
		"b.go":                    "var x = `\n\tgoes to https://about.gitlab.com/handbook/alliances/`",
		"c.go":                    "// See https://license.gitlab.com for the form.",
		"d.go":                    `fmt.Print("posted in #Alliances")`,
		"a.rego":                  "# description: Documents that GitLab keeps.",
		"b.rego":                  `	message := "a plan change on GitLab.com needs its issue"`,
		"c.rego":                  "#   handbook: Handling inbound alliance requests if at GitLab",
		"d.rego":                  "#         issue: https://gitlab.com/gitlab-com/support/dotcom/dotcom-internal/-/issues/1",
		"a.schema.json":           `"description": "The issue in the dotcom-internal project."`,
		"b.schema.json":           `"x-titles": { "gitlab": "GitLab alone" }`,
		"c.schema.json":           `"description": "Use the template plan-change-request."`,
		"page.html":               `<p>The ways in which customers get GitLab.</p>`,
		"schemas/examples/a.yaml": "# Called \"<the partner's name> and GitLab\".",
		"schemas/examples/b.yaml": "  - name: Notes of GitLab",
	} {
		if len(c.in(c.said(name, text))) != 1 {
			t.Errorf("%s: what is the company's own in it is not found: %s", name, text)
		}
	}
	for name, text := range map[string]string{
		"a.go":                    `// GitLab reads no more than that.`,
		"b.go":                    `import "gitlab.com/gitlab-com/alliances/internal/policy"`,
		"c.go":                    `const help = "in GitLab CI, set GIT_DEPTH to 0"`,
		"d.go":                    `const folder = ".gitlab/merge_request_templates"`,
		"a.rego":                  `	input.record.product == "gitlab.com"`,
		"b.rego":                  "#         issue: https://gitlab.example/alliances/campaigns/-/issues/1",
		"a.schema.json":           `"enum": ["self-managed", "gitlab_hosted", "gitlab.com"], "x-titles": { "gitlab": "{handbook.company}" }`,
		"b.schema.json":           `"x-expects": "a GitLab handle, such as @alliance-manager"`,
		"page.html":               `<p>New in GitLab: <a href="…">a licence</a></p>`,
		"schemas/examples/a.yaml": "  - name: Example Cloud and GitLab\n",
	} {
		if lines := c.in(c.said(name, text)); lines != nil {
			t.Errorf("%s: what is anybody's is found: %s", name, lines)
		}
	}
}

// TestNamesAreKnown makes sure that the handbook has what rules and schemas name of it
// to people: of a misspelt name they would show the braces, or nothing.
func TestNamesAreKnown(t *testing.T) {
	rules, err := check.Load(schemas.Files, policies.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range rules.Policies.Rules() {
		told := []string{rule.Title, rule.Description, rule.Help}
		for _, example := range []policy.Example{rule.Before, rule.Wrong, rule.Right} {
			told = slices.AppendSeq(told, maps.Values(example))
		}
		if strings.Contains(strings.Join(told, "\n"), "{handbook.") {
			t.Errorf("%s names what the handbook does not have", rule.ID)
		}
	}
	named := 0
	for _, kind := range rules.Schemas.Kinds() {
		for _, text := range texts(record.FromJSON(rules.Schemas.Document(kind))) {
			for _, name := range ofHandbook.FindAllStringSubmatch(text, -1) {
				named++
				if rules.Policies.Handbook.Newest().At(strings.Split(name[1], ".")...) == nil {
					t.Errorf("%s: the handbook has no %s", kind, name[1])
				}
			}
		}
	}
	if named == 0 {
		t.Error("no schema names anything")
	}
}

// ofHandbook is a name that is filled in.
var ofHandbook = regexp.MustCompile(`\{handbook\.([^{}]+)\}`)

// speaks reports whether a file is one that judges or renders. What only tests import
// holds records that are right by the handbook, as they do.
func speaks(name string) bool {
	folder := path.Dir(name)
	switch {
	case strings.HasPrefix(name, "policies/handbook/"), strings.HasSuffix(folder, "test"), folder == "internal/corpus":
		return false
	case strings.HasSuffix(name, "_test.go"), strings.HasSuffix(name, "_test.rego"), strings.Contains(name, "/testdata/"):
		return false
	}
	return slices.Contains([]string{".go", ".rego", ".json", ".yaml", ".html", ".js", ".css"}, path.Ext(name))
}

// said returns of a file what could be the company's own: of Go what the program says,
// as comments may speak of the platform as they like, and the addresses in them; of an
// example of a record, which is right by the handbook, what rules do not ask of it.
func (c company) said(name, text string) string {
	switch {
	case path.Ext(name) == ".go":
		return literals(text)
	case path.Dir(name) == "schemas/examples":
		for _, asked := range c.asked {
			text = strings.ReplaceAll(text, asked, "\n")
		}
	}
	return text
}

// literals returns the texts of a Go file, and its comments without the platform's name.
func literals(text string) string {
	var all strings.Builder
	var s scanner.Scanner
	files := token.NewFileSet()
	s.Init(files.AddFile("", -1, len(text)), []byte(text), nil, scanner.ScanComments)
	for {
		switch _, kind, literal := s.Scan(); kind {
		case token.EOF:
			return all.String()
		case token.STRING:
			all.WriteString(literal + "\n")
		case token.COMMENT:
			all.WriteString(strings.ReplaceAll(literal, "GitLab", "") + "\n")
		}
	}
}
