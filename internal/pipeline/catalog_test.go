package pipeline

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// parse returns what a file of a pipeline says.
func parse(t *testing.T, text string) *record.Node {
	t.Helper()
	parsed, findings := record.Load("pipeline.yml", []byte(text))
	if parsed == nil {
		t.Fatal(findings)
	}
	return parsed.Root
}

// documents returns the two documents of the component: what it can be given, and its
// jobs.
func documents(t *testing.T) (header *record.Node, jobs string) {
	t.Helper()
	first, second, found := strings.Cut(read(t, template), "\n---\n")
	if !found {
		t.Fatalf("%s has no header", template)
	}
	return parse(t, first), second
}

// inputs returns what the component can be given.
func inputs(t *testing.T) []record.Field {
	t.Helper()
	header, _ := documents(t)
	node := header.At([]string{"spec", "inputs"})
	if node == nil {
		t.Fatalf("%s has no inputs", template)
	}
	return node.Fields
}

// text returns the text of a field, which is "" where there is none.
func text(node *record.Node, field string) string {
	if value := node.Field(field); value != nil {
		return value.Text
	}
	return ""
}

// accepts reports whether GitLab would take a value for an input.
func accepts(input *record.Node, value string) bool {
	if options := input.Field("options"); options != nil {
		return slices.ContainsFunc(options.Items, func(option *record.Node) bool { return option.Text == value })
	}
	return regexp.MustCompile(text(input, "regex")).MatchString(value) // RE2, as in GitLab
}

// values are those that an input takes, besides its default, and those that would break
// the jobs.
var values = map[string]struct{ taken, refused []string }{
	"version": {[]string{"v1.2.3", "v10.20.30", "v1.2.3-rc.1"}, []string{"", "1.0.0", "v1.0", "main", "latest", "v1.0.0; true"}},
	"fail-on": {[]string{"error", "warning"}, []string{"", "note", "Error"}},
	"reports": {
		[]string{".reports", "out/alliances", "a-b_c.d/e"},
		[]string{"", ".", "..", "/reports", "./reports", "reports/", "a//b", "../reports", "a/../b", "my reports", "$FOLDER", "*"},
	},
	"project": {[]string{"42", "group/sub.group/my-project"}, []string{"", "/alliances", "a//b", "a b", "$(true)", `"`}},
}

// TestInputs holds that each input is explained in GitLab's catalog and has a default,
// and that none takes what would break the jobs.
func TestInputs(t *testing.T) {
	_, jobs := documents(t)
	for _, field := range inputs(t) {
		name, input := field.Key, field.Value
		if !strings.HasSuffix(text(input, "description"), ".") || text(input, "type") != "string" || input.Field("default") == nil {
			t.Errorf("%s lacks a description, a type or a default", name)
		}
		if !strings.Contains(jobs, "$[[ inputs."+name+" ]]") {
			t.Errorf("no job uses %s", name)
		}
		for _, value := range append(values[name].taken, text(input, "default")) {
			if !accepts(input, value) {
				t.Errorf("%s refuses %q", name, value)
			}
		}
		for _, value := range values[name].refused {
			if accepts(input, value) {
				t.Errorf("%s takes %q", name, value)
			}
		}
	}
}

// TestCatalog holds what GitLab's catalog asks of a component: nothing that is set for
// the jobs of others, a value of this GitLab alone, nor a job that needs a workflow to
// run in merge requests.
func TestCatalog(t *testing.T) {
	_, jobs := documents(t)
	for _, field := range parse(t, jobs).Fields {
		switch field.Key {
		case ".alliances":
			if field.Value.Field("rules") == nil {
				t.Error("the jobs have no rules")
			}
		case "validate", "changes":
			if text(field.Value, "extends") != ".alliances" {
				t.Errorf("%s does not extend .alliances", field.Key)
			}
		default:
			t.Errorf("%s is set for all jobs, or this test does not know it", field.Key)
		}
	}
	if strings.Contains(jobs, "://") {
		t.Error("an address is written out: GitLab has variables for its own")
	}
	if !strings.Contains(read(t, "README.md"), "\n## Components\n\n### validate\n") {
		t.Error("README.md has no section for the component")
	}
}

// TestInputsInReadme holds that people are told of the inputs what the catalog tells.
func TestInputsInReadme(t *testing.T) {
	var table strings.Builder
	for _, field := range inputs(t) {
		fmt.Fprintf(&table, "| `%s` | %s | `%s` |\n", field.Key, text(field.Value, "description"), text(field.Value, "default"))
	}
	if !strings.Contains(read(t, ".gitlab/README.md"), "| --- | --- | --- |\n"+table.String()+"\n") {
		t.Errorf(".gitlab/README.md has to hold a table of these rows:\n%s", table.String())
	}
}

// TestVersion holds that the component's version is the last one that was released,
// wherever it is named.
func TestVersion(t *testing.T) {
	want := version(t)
	if last := regexp.MustCompile(`(?m)^## \[(\d\S*)\]`).FindStringSubmatch(read(t, "CHANGELOG.md")); last != nil && "v"+last[1] != want {
		t.Errorf("%s has version %s; the last one in CHANGELOG.md is %s", template, want, last[1])
	}
	for name, include := range map[string]*regexp.Regexp{
		"README.md": component, ".gitlab/judge.gitlab-ci.yml": component, ".gitlab/parallel.gitlab-ci.yml": regexp.MustCompile(`ref: (\S+)`),
	} {
		if named := include.FindStringSubmatch(read(t, name)); named == nil || named[1] != want {
			t.Errorf("%s includes %q, not version %s", name, named, want)
		}
	}
}

// version returns the release that judges unless another one is named.
func version(t *testing.T) string {
	t.Helper()
	for _, field := range inputs(t) {
		if field.Key == "version" {
			return text(field.Value, "default")
		}
	}
	t.Fatal("there is no version")
	return ""
}
