package policy

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A small set of policies, complete but for what a test takes away.
const (
	ruleFile = "rules/thing/size/size.rego"

	goodRule = `# METADATA
# title: Things are small
# description: Large things do not fit.
# schemas:
#   - input.record: schema.thing
# custom:
#   severity: error
#   handbook: Things
#   help: Take a smaller one.
#   examples:
#     wrong:
#       partners/example/things/a.yaml: "size: 9"
#     right:
#       partners/example/things/a.yaml: "size: 1"
package rules.thing.size

violation contains {"path": ["size"], "message": "too large", "expected": data.handbook.largest} if {
	input.record.size > data.handbook.largest
}
`
)

var thingSchema = map[string]map[string]any{"thing": {
	"type":                 "object",
	"additionalProperties": false,
	"properties": map[string]any{
		"size": map[string]any{"type": "integer"},
		"name": map[string]any{"type": "string"},
	},
}}

func goodPolicies() fstest.MapFS {
	return fstest.MapFS{
		"handbook/things.yaml":            {Data: []byte("largest: 5\n")},
		ruleFile:                          {Data: []byte(goodRule)},
		"rules/thing/size/size_test.rego": {Data: []byte("package rules.thing.size_test\n\ntest_size if true\n")},
	}
}

// judgeThing judges one thing by a set of policies.
func judgeThing(t *testing.T, fsys fstest.MapFS, text string, valid bool) (messages []string, err error) {
	t.Helper()
	return judgeThingBy(t, load(t, fsys), text, valid)
}

func load(t *testing.T, fsys fstest.MapFS) *Set {
	t.Helper()
	set, err := parseAndCompile(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func judgeThingBy(t *testing.T, set *Set, text string, valid bool) (messages []string, err error) {
	t.Helper()
	rec, findings := record.Load("partners/example/things/a.yaml", []byte(text))
	if rec == nil {
		t.Fatal(findings)
	}
	records := []TypedRecord{{rec, "thing", valid}}
	folder := set.Judge(map[string]*Partner{}).Folder(Contents{Records: records})
	found, err := folder.Judge(context.Background(), Case{Now: &records[0]})
	for _, f := range found {
		messages = append(messages, f.Rule+" "+f.Pointer()+" "+f.Message)
	}
	return messages, err
}

func parseAndCompile(fsys fstest.MapFS) (*Set, error) {
	parsed, err := Parse(fsys)
	if err != nil {
		return nil, err
	}
	return parsed.Compile(func() map[string]map[string]any { return thingSchema })
}

func TestGoodPoliciesJudge(t *testing.T) {
	for text, want := range map[string]string{"size: 5": "", "size: 6": "thing/size /size too large"} {
		found, err := judgeThing(t, goodPolicies(), text, true)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(found, "; "); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	replace := func(old, new string) func(fstest.MapFS) {
		return func(fsys fstest.MapFS) {
			if !strings.Contains(goodRule, old) {
				panic("the rule does not hold " + old)
			}
			fsys[ruleFile] = &fstest.MapFile{Data: []byte(strings.Replace(goodRule, old, new, 1))}
		}
	}
	remove := func(name string) func(fstest.MapFS) { return func(fsys fstest.MapFS) { delete(fsys, name) } }
	add := func(name, text string) func(fstest.MapFS) {
		return func(fsys fstest.MapFS) { fsys[name] = &fstest.MapFile{Data: []byte(text)} }
	}
	tests := []struct {
		name   string
		change func(fstest.MapFS)
		want   []string
	}{
		{"syntax", replace("violation contains", "violation contains contains"), []string{"policies/rules/thing/size/size.rego:17: unexpected"}},
		{"unknown field", replace("input.record.size", "input.record.sise"), []string{"size.rego:18", "undefined ref", `(input.record.sise, have: "sise", want (one of): [`}},
		{"unknown function", replace("input.record.size >", "ask(input.record.size) >"), []string{"size.rego:18", "undefined function ask"}},
		{"clock", replace("input.record.size >", "time.now_ns() >"), []string{"size.rego:18", "undefined function time.now_ns"}},
		{"network", replace("input.record.size >", "http.send({}).status_code >"), []string{"size.rego:18", "undefined function http.send"}},
		{"environment", replace("input.record.size >", "opa.runtime().env.HOME >"), []string{"size.rego:18", "undefined function opa.runtime"}},
		{"randomness", replace("input.record.size >", `rand.intn("x", 5) >`), []string{"size.rego:18", "undefined function rand.intn"}},
		{"no function for rules", replace("input.record.size >", "bits.lsh(input.record.size, 1) >"), []string{"size.rego:18", "undefined function bits.lsh: rules cannot call it: calculate with", "policies/README.md"}},
		{"no function of anybody's", replace("input.record.size >", "uri.parse(input.record.size).port >"), []string{"size.rego:18", "undefined function uri.parse: rules cannot call it; policies/README.md"}},
		{"strict: unused variable", replace("input.record.size >", "x := 1\n\tinput.record.size >"), []string{"size.rego:18", "unused"}},
		{"verdict of all rules", replace("input.record.size >", "data.verdict.thing.violation\n\tinput.record.size >"), []string{"size.rego:18", "data.verdict is what all rules find"}},
		{"package is not the folder", replace("package rules.thing.size", "package rules.thing.sise"), []string{"size.rego:15", "rules.thing.sise", "rules.thing.size"}},
		{"no METADATA", replace("# METADATA", "# metadata"), []string{"size.rego", "METADATA"}},
		{"no title", replace("# title: Things are small\n", ""), []string{"size.rego", "title is missing"}},
		{"no description", replace("# description: Large things do not fit.\n", ""), []string{"description is missing"}},
		{"no severity", replace("#   severity: error\n", ""), []string{"custom.severity is missing"}},
		{"odd severity", replace("severity: error", "severity: fatal"), []string{`custom.severity is "fatal"`}},
		{"waivable is no boolean", replace("severity: error", "severity: error\n#   waivable: perhaps"), []string{"custom.waivable is true or false, not perhaps"}},
		{"no help", replace("#   help: Take a smaller one.\n", ""), []string{"custom.help is missing"}},
		{"no handbook", replace("#   handbook: Things\n", ""), []string{"custom.handbook is missing"}},
		{"no schema", replace("# schemas:\n#   - input.record: schema.thing\n", ""), []string{"schemas must hold `input.record: schema.thing`"}},
		{"schema of another kind", replace("schema.thing", "schema.thong"), []string{"size.rego", "schemas must hold `input.record: schema.thing`"}},
		{"unknown schema", replace("input.record: schema.thing", "input.record: schema.thing\n#   - input.partner: schema.thong"), []string{"size.rego", "schema.thong"}},
		{"no wrong example", replace("#     wrong:\n#       partners/example/things/a.yaml: \"size: 9\"\n", ""), []string{"custom.examples.wrong is missing"}},
		{"no right example", replace("#     right:\n#       partners/example/things/a.yaml: \"size: 1\"\n", ""), []string{"custom.examples.right is missing"}},
		{"no test", remove("rules/thing/size/size_test.rego"), []string{"size_test.rego is missing"}},
		{"empty test", add("rules/thing/size/size_test.rego", "package rules.thing.size_test\n"), []string{"size_test.rego holds none"}},
		{"folder without a rule", add("rules/thing/weight/weight_test.rego", "package rules.thing.weight_test\n"), []string{"policies/rules/thing/weight: it is no folder with a rule, weight.rego, in it"}},
		{"no violation", replace("violation contains", "violations contains"), []string{"finds nothing"}},
		{"violation is no set", replace(`violation contains {"path": ["size"], "message": "too large", "expected": data.handbook.largest}`, "violation := true"), []string{"violation is no set"}},
		{"rule in the wrong place", add("rules/thing/other.rego", "package rules.thing\n\nx := 1\n"), []string{"rules/thing/other.rego", "<kind>/<rule>/<rule>.rego"}},
		{"kind without rules", remove(ruleFile), []string{"holds no rule"}},
		{"rules without a kind", add("rules/widget/size/size.rego", strings.ReplaceAll(goodRule, "rules.thing.", "rules.widget.")), []string{"widget"}},
		{"no handbook data", remove("handbook/things.yaml"), []string{"policies/handbook/ is missing"}},
		{"broken handbook data", add("handbook/more.yaml", "a: [1"), []string{"policies/handbook/more.yaml"}},
		{"handbook data twice", add("handbook/more.yaml", "largest: 6"), []string{"policies/handbook/", "`largest` too"}},
		{"handbook data twice in a file", add("handbook/things.yaml", "largest: 5\nlargest: 6\n"), []string{"policies/handbook/things.yaml:2: `largest` is already given on line 1"}},
		{"handbook data is misspelt", add("handbook/things.yaml", "larges: 5\n"), []string{"the handbook's data has no", "largest"}},
		{"handbook data is no table", add("handbook/things.yaml", "- largest: 5\n"), []string{"policies/handbook/things.yaml: it holds no table"}},
		{"empty file", add("lib/empty/empty.rego", ""), []string{"lib/empty/empty.rego"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fsys := goodPolicies()
			test.change(fsys)
			if test.name == "rules without a kind" {
				fsys["rules/widget/size/size_test.rego"] = fsys["rules/thing/size/size_test.rego"]
			}
			_, err := parseAndCompile(fsys)
			if err == nil {
				t.Fatal("it loads")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
		})
	}
}

func TestJudgeRefuses(t *testing.T) {
	const body = `violation contains {"path": ["size"], "message": "too large", "expected": data.handbook.largest} if {
	input.record.size > data.handbook.largest
}
`
	tests := []struct {
		name, rule, want string
	}{
		{"builtin error", `violation contains {"path": [], "message": "m"} if to_number(input.record.name) > 0`, "rule thing/size on partners/example/things/a.yaml: "},
		{"conflict", "violation contains {\"path\": [], \"message\": x} if x := f(input.record.size)\n\nf(_) := \"a\"\n\nf(n) := \"b\" if n > 0", "rule thing/size on partners/example/things/a.yaml: "},
		{"no message", `violation contains {"path": []} if input.record.size > 0`, `has no "message"`},
		{"no path", `violation contains {"message": "m"} if input.record.size > 0`, `has no "path"`},
		{"path is text", `violation contains {"path": "size", "message": "m"} if input.record.size > 0`, `"path" is a list`},
		{"no object", `violation contains "m" if input.record.size > 0`, "a violation is"},
		{"unknown field", `violation contains {"path": [], "message": "m", "line": 1} if input.record.size > 0`, `no field "line"`},
		{"related is an object", violating(`{}`), `"related" is a list`},
		{"related place is text", violating(`["size"]`), "a related place is"},
		{"related place without a path", violating(`[{"message": "m"}]`), `has no "path"`},
		{"related place without a message", violating(`[{"path": ["size"], "message": " "}]`), `has no "message"`},
		{"related place with an odd path", violating(`[{"path": "size", "message": "m"}]`), `"path" is a list`},
		{"related place with an unknown field", violating(`[{"path": [], "message": "m", "at": "key"}]`), `no field "at"`},
		{"related place in no record", violating(`[{"record": 5, "path": [], "message": "m"}]`), `"record" of a related place is the path`},
		{"related place in an unknown record", violating(`[{"record": "b.yaml", "path": [], "message": "m"}]`), "no record of the folder"},
		{"odd at", `violation contains {"path": [], "message": "m", "at": "value"} if input.record.size > 0`, `"at" is "key"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fsys := goodPolicies()
			fsys[ruleFile] = &fstest.MapFile{Data: []byte(strings.Replace(goodRule, body, test.rule+"\n", 1))}
			found, err := judgeThing(t, fsys, "size: 9\nname: Example", true)
			if err == nil {
				t.Fatalf("it judges: %v", found)
			}
			if !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "thing/size") {
				t.Errorf("%q does not say %q", err, test.want)
			}
		})
	}
}

// violating returns a rule whose violation has these related places.
func violating(related string) string {
	return fmt.Sprintf(`violation contains {"path": [], "message": "m", "related": %s} if input.record.size > 0`, related)
}

func TestRelatedPlaces(t *testing.T) {
	fsys := goodPolicies()
	i := strings.Index(goodRule, "violation contains")
	fsys[ruleFile] = &fstest.MapFile{Data: []byte(goodRule[:i] + violating(`[
		{"record": "partners/example/things/b.yaml", "path": ["size"], "message": "there"},
		{"path": ["name"], "message": "here"},
	]`) + "\n")}
	var records []TypedRecord
	for path, text := range map[string]string{"partners/example/things/a.yaml": "size: 1\nname: x\n", "partners/example/things/b.yaml": "\n\nsize: 2\n"} {
		rec, _ := record.Load(path, []byte(text))
		records = append(records, TypedRecord{rec, "thing", true})
	}
	slices.SortFunc(records, func(a, b TypedRecord) int { return strings.Compare(a.Path, b.Path) })
	found, err := load(t, fsys).Judge(map[string]*Partner{}).Folder(Contents{Records: records}).Judge(t.Context(), Case{Now: &records[0]})
	if err != nil || len(found) != 1 {
		t.Fatalf("found %v, error %v", found, err)
	}
	want := []finding.Related{
		{Place: records[0].Locate([]string{"name"}, false), Message: "here"},
		{Place: records[1].Locate([]string{"size"}, false), Message: "there"},
	}
	if diff := cmp.Diff(want, found[0].Related); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A builtin that fails on a value that the schema has already refused is no
// fault of the rule.
func TestBuiltinErrorOnInvalidRecord(t *testing.T) {
	fsys := goodPolicies()
	rule := `violation contains {"path": [], "message": "m"} if to_number(input.record.name) > 0`
	i := strings.Index(goodRule, "violation contains")
	fsys[ruleFile] = &fstest.MapFile{Data: []byte(goodRule[:i] + rule + "\n")}
	found, err := judgeThing(t, fsys, "name: Example", false)
	if err != nil || len(found) > 0 {
		t.Errorf("found %v, error %v; want neither", found, err)
	}
}
