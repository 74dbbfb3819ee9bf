package policy

import (
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"gitlab.com/gitlab-com/alliances/policies"
)

// handbookFiles are a handbook with two days, by the files' paths in handbook/.
var handbookFiles = map[string]string{
	"license.yaml":            "license: {seats: 10, term: 6, plan: {name: usual, address: there}}\n",
	"tables.yaml":             "types:\n  cloud: {title: Cloud, platform: true, sells: [a]}\n  training: {title: Training, platform: false, sells: any}\nnames: [AB, AG]\nlabels: {one: One, two: Two}\n",
	"README.md":               "About the numbers.\n",
	"2027-01-01/license.yaml": "license: {seats: 8, plan: {name: other}}\nnames: [SE]\n",
	"2028-07-01/tables.yml":   "types: {broker: {title: Broker, platform: false, sells: any}, cloud: {platform: false}}\n",
	"2028-07-01/license.json": `{"license": {"seats": 10}}`,
}

// handbookOf returns a folder of policies with these files of the handbook; those
// without a text are not there.
func handbookOf(changes map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for _, files := range []map[string]string{handbookFiles, changes} {
		for name, text := range files {
			fsys["handbook/"+name] = &fstest.MapFile{Data: []byte(text)}
			if text == "" {
				delete(fsys, "handbook/"+name)
			}
		}
	}
	return fsys
}

func TestHandbookOn(t *testing.T) {
	handbook, err := ReadHandbook(handbookOf(nil))
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]string{
		"1990-01-01": `{"license":{"plan":{"address":"there","name":"usual"},"seats":10,"term":6},"names":["AB","AG"],` +
			`"platform":true}`,
		"2026-12-31": `{"license":{"plan":{"address":"there","name":"usual"},"seats":10,"term":6},"names":["AB","AG"],` +
			`"platform":true}`,
		"2027-01-01": `{"license":{"plan":{"address":"there","name":"other"},"seats":8,"term":6},"names":["SE"],"platform":true}`,
		"2028-07-01": `{"license":{"plan":{"address":"there","name":"other"},"seats":10,"term":6},"names":["SE"],"platform":false}`,
		"2027-02-30": `{"license":{"plan":{"address":"there","name":"other"},"seats":10,"term":6},"names":["SE"],"platform":false}`,
		"":           `{"license":{"plan":{"address":"there","name":"other"},"seats":10,"term":6},"names":["SE"],"platform":false}`,
	} {
		edition := handbook.On(day)
		got, err := json.Marshal(map[string]any{
			"license": edition.At("license"), "names": edition.At("names"), "platform": edition.At("types", "cloud", "platform"),
		})
		if err != nil || string(got) != want {
			t.Errorf("%q: %s, want %s (%v)", day, got, want, err)
		}
	}
	if got := handbook.Newest().Text("types", "broker", "title"); got != "Broker" {
		t.Errorf("the new row's title is %q", got)
	}
}

// TestHandbookOnIsRegos makes sure that the program and the rules go by the same
// handbook on each day.
func TestHandbookOnIsRegos(t *testing.T) {
	handbook, err := ReadHandbook(handbookOf(nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, day := range []string{"2026-12-31", "2027-01-01", "2027-12-31", "2028-06-30", "2028-07-01", "2100-12-31", "2027-02-30", "", "soon"} {
		got := evalHandbook(t, handbook, "on(input)", day)
		if diff := cmp.Diff(handbook.On(day).Root.JSON(), got); diff != "" {
			t.Errorf("%q (-Go +Rego):\n%s", day, diff)
		}
	}
}

// evalHandbook returns what Rego has for a name of the handbook's library.
func evalHandbook(t *testing.T, handbook Handbook, name string, input any) any {
	t.Helper()
	options := []func(*rego.Rego){
		rego.Query("data.lib.handbook." + name), rego.Input(input),
		rego.Store(inmem.NewFromObject(map[string]any{"handbook": handbook.Data().JSON()})),
	}
	for file, text := range handbookLibrary(t) {
		options = append(options, rego.Module(file, text))
	}
	results, err := rego.New(options...).Eval(t.Context())
	if err != nil || len(results) != 1 {
		t.Fatalf("%s of %v: %v, %v", name, input, results, err)
	}
	return results[0].Expressions[0].Value
}

// handbookLibrary returns the files of the handbook's library, and of what it uses.
func handbookLibrary(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, name := range []string{"lib/handbook/handbook.rego", "lib/dates/dates.rego"} {
		text, err := fs.ReadFile(policies.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(text)
	}
	return files
}

// TestInForceIsOfTheDay makes sure that the rules find a record's day in the field
// that its schema names in x-day.
func TestInForceIsOfTheDay(t *testing.T) {
	handbook, err := ReadHandbook(handbookOf(nil))
	if err != nil {
		t.Fatal(err)
	}
	schemas := realSchemas(t)
	for _, kind := range []string{"license", "campaign", "request", "kpi"} {
		field, _ := schemas[kind]["x-day"].(string)
		for day, seats := range map[string]string{"2026-03-01": "10", "2027-03-01": "8", "2028-08-01": "10"} {
			if field == "month" {
				day = day[:len("2026-03")]
			}
			var value any = day
			for _, name := range slices.Backward(strings.Split(field, ".")) {
				value = map[string]any{name: value}
			}
			got := evalHandbook(t, handbook, "in_force.license.seats", map[string]any{"record": value})
			if got != json.Number(seats) {
				t.Errorf("%s of %s: %v seats, want %s", kind, day, got, seats)
			}
		}
	}
}

func TestReadHandbookRefuses(t *testing.T) {
	tests := []struct {
		name    string
		changes map[string]string
		want    string
	}{
		{"a folder that is no day", map[string]string{"next/license.yaml": "license: {seats: 8}"},
			`policies/handbook/next/: a folder in the handbook is named by the day from which on it is in force, such as 2027-01-01; "next" is no day`},
		{"a day that there is not", map[string]string{"2027-02-30/license.yaml": "license: {seats: 8}"}, `policies/handbook/2027-02-30/: `},
		{"a day in another form", map[string]string{"2027-1-1/license.yaml": "license: {seats: 8}"}, `"2027-1-1" is no day`},
		{"a month", map[string]string{"2027-01/license.yaml": "license: {seats: 8}"}, `"2027-01" is no day`},
		{"an unknown key", map[string]string{"2027-03-01/license.yaml": "license:\n  term: 3\n  seets: 8\n"},
			"policies/handbook/2027-03-01/license.yaml:3: `license.seets` is not in the handbook as it was before"},
		{"an unknown section", map[string]string{"2027-03-01/license.yaml": "\nlicence: {seats: 8}"}, "license.yaml:2: `licence` is not in"},
		{"an unknown label", map[string]string{"2027-03-01/tables.yaml": "labels: {three: Three}"}, "`labels.three` is not in"},
		{"a text for a number", map[string]string{"2027-03-01/license.yaml": "license:\n  seats: \"8\"\n"},
			"policies/handbook/2027-03-01/license.yaml:2: `license.seats` is a text, and a whole number before"},
		{"a fraction for a whole number", map[string]string{"2027-03-01/license.yaml": "license: {seats: 8.5}"}, "`license.seats` is a number with a fraction, and a whole number before"},
		{"a list for a mapping", map[string]string{"2027-03-01/license.yaml": "license: [seats]"}, "`license` is a list, and a mapping before"},
		{"a mapping for a list", map[string]string{"2027-03-01/tables.yaml": "names: {AB: true}"}, "`names` is a mapping, and a list before"},
		{"a mapping for a number", map[string]string{"2027-03-01/license.yaml": "license: {seats: {cap: 8}}"}, "`license.seats` is a mapping, and a whole number before"},
		{"a number for a mapping", map[string]string{"2027-03-01/license.yaml": "license: 8"}, "`license` is a whole number, and a mapping before"},
		{"nothing for a number", map[string]string{"2027-03-01/license.yaml": "license: {seats: null}"}, "`license.seats` is empty, and a whole number before"},
		{"nothing for a section", map[string]string{"2027-03-01/license.yaml": "license:\n"}, "`license` is empty, and a mapping before"},
		{"a row without all that rows have", map[string]string{"2027-03-01/tables.yaml": "types:\n  cload: {platform: false}\n"},
			"policies/handbook/2027-03-01/tables.yaml:2: `types.cload` is new, and lacks `title`, which every other entry there has"},
		{"a row with more than rows have", map[string]string{"2027-03-01/tables.yaml": "types: {broker: {title: Broker, platform: false, sells: any, fee: 5}}"},
			"`types.broker.fee` is a whole number, as in no other entry there"},
		{"a row of another type", map[string]string{"2027-03-01/tables.yaml": "types: {broker: {title: Broker, platform: \"no\", sells: any}}"},
			"`types.broker.platform` is a text, as in no other entry there"},
		{"a row that is a text", map[string]string{"2027-03-01/tables.yaml": "types: {broker: Broker}"},
			"`types.broker` is a text, and every other entry there is a mapping"},
		{"what only a later day has", map[string]string{"2027-03-01/tables.yaml": "types: {broker: {platform: true}}"}, "`types.broker` is new, and lacks `title`"},
		{"no data", map[string]string{"2027-03-01/README.md": "Later."}, "policies/handbook/2027-03-01/ holds no data"},
		{"an empty file", map[string]string{"2027-03-01/license.yaml": "# later\n"}, "policies/handbook/2027-03-01/license.yaml:1: "},
		{"an empty table", map[string]string{"2027-03-01/license.yaml": "{}\n"}, "policies/handbook/2027-03-01/license.yaml: it holds nothing"},
		{"a folder in a day's folder", map[string]string{"2027-01-01/2027-03-01/license.yaml": "license: {seats: 8}"},
			"policies/handbook/2027-01-01/2027-03-01/: the folder of a day holds files alone"},
		{"a file in the place of a folder", map[string]string{"2027-03-01.yaml": "license: {seats: 8}"},
			"policies/handbook/2027-03-01.yaml: what is different from a day on stands in a folder of that name, policies/handbook/2027-03-01/"},
		{"a day in a file", map[string]string{"later.yaml": "\n\"2027-03-01\": {license: {seats: 8}}"},
			"policies/handbook/later.yaml:2: what is different from a day on stands in a folder of that name"},
		{"a key in two files", map[string]string{"2027-01-01/more.yaml": "license: {term: 3}"},
			"policies/handbook/2027-01-01/more.yaml: another file in policies/handbook/2027-01-01/ gives `license` too"},
		{"a key twice", map[string]string{"2027-03-01/license.yaml": "license: {seats: 8, seats: 7}"}, "policies/handbook/2027-03-01/license.yaml:1: "},
		{"a list in the place of tables", map[string]string{"2027-03-01/license.yaml": "[license]"}, "policies/handbook/2027-03-01/license.yaml: it holds no table"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := ReadHandbook(handbookOf(test.changes))
			if err == nil {
				t.Fatal("it loads")
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("%q does not say %q", err, test.want)
			}
		})
	}
}

// TestReadHandbookRefusesLinks makes sure that nobody is sent elsewhere for the
// numbers, nor left without them in silence.
func TestReadHandbookRefusesLinks(t *testing.T) {
	for _, name := range []string{"2027-03-01", "more.yaml", "2027-01-01/more.yaml"} {
		fsys := handbookOf(nil)
		fsys["handbook/"+name] = &fstest.MapFile{Data: []byte("license.yaml"), Mode: fs.ModeSymlink | 0o777}
		if _, err := ReadHandbook(fsys); err == nil || !strings.Contains(err.Error(), "policies/handbook/"+name+": it is a link") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestReadHandbookTakes takes what is no mistake: what changes nothing, and rows
// that are changed after they appeared.
func TestReadHandbookTakes(t *testing.T) {
	for name, changes := range map[string]map[string]string{
		"what was so before":      {"2027-03-01/license.yaml": handbookFiles["license.yaml"]},
		"a row of an earlier day": {"2028-08-01/tables.yaml": "types: {broker: {platform: true}}"},
		"a shorter list":          {"2027-03-01/tables.yaml": "names: []"},
		"no days":                 {"2027-01-01/license.yaml": "", "2028-07-01/tables.yml": "", "2028-07-01/license.json": ""},
	} {
		if _, err := ReadHandbook(handbookOf(changes)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRulesAskForADay makes sure that no rule takes a number from the first
// handbook, whatever the record's day.
func TestRulesAskForADay(t *testing.T) {
	for file, module := range newSuite(t, policies.Files, nil).modules {
		if strings.HasPrefix(file, root+"lib/handbook/") || isTest(file) {
			continue
		}
		ast.WalkRefs(module, func(ref ast.Ref) bool {
			if ref.HasPrefix(handbookRef) {
				t.Errorf("%s: it reads %v; ask data.lib.handbook for the handbook in force", ref[0].Location, ref)
			}
			return false
		})
	}
}

// TestHandbookReads makes sure that a misspelt name of the handbook does not
// load, however a rule comes to the handbook.
func TestHandbookReads(t *testing.T) {
	for _, read := range []string{
		"data.handbook.%s", "handbook.newest.%s", "handbook.in_force.%s", "handbook.on(input.record.name).%s",
		"handbook.on(input.record.name)[\"%s\"]",
	} {
		for name, ok := range map[string]bool{"largest": true, "largesd": false} {
			value := strings.Replace(read, "%s", name, 1)
			checkReads(t, "input.record.size > "+value, ok)
			checkReads(t, "book := "+strings.NewReplacer("."+name, "", `["`+name+`"]`, "").Replace(value)+"\n\tinput.record.size > book."+name, ok)
		}
	}
	checkReads(t, `handbook.in_force_since(["largest"]) != "?"`, true)
	checkReads(t, `handbook.in_force_since(["largesd"]) != "?"`, false)
}

func checkReads(t *testing.T, condition string, ok bool) {
	t.Helper()
	fsys := policiesWith("import data.lib.handbook\n\nviolation contains {\"path\": [], \"message\": \"m\"} if {\n\t" + condition + "\n}\n")
	if strings.Contains(condition, "data.handbook") {
		fsys[ruleFile].Data = []byte(strings.Replace(string(fsys[ruleFile].Data), "import data.lib.handbook\n\n", "", 1))
	}
	for name, text := range handbookLibrary(t) {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	_, err := parseAndCompile(fsys)
	switch {
	case ok && err != nil:
		t.Errorf("%s: %v", condition, err)
	case !ok && (err == nil || !strings.Contains(err.Error(), "the handbook's data has no largesd")):
		t.Errorf("%s loads, or else: %v", condition, err)
	}
}
