package policy

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// policiesWith returns the good policies with another body in the place of the
// rule's own.
func policiesWith(body string) fstest.MapFS {
	fsys := goodPolicies()
	head, _, _ := strings.Cut(goodRule, "violation contains")
	fsys[ruleFile] = &fstest.MapFile{Data: []byte(head + body)}
	return fsys
}

// judgeThings judges things of one folder, of these names, and returns what is
// found in each, as its messages.
func judgeThings(t *testing.T, set *Set, names ...string) ([]string, error) {
	t.Helper()
	var records []TypedRecord
	for i, name := range names {
		rec, unreadable := record.Load(fmt.Sprintf("partners/example/things/%d.yaml", i), []byte("size: 1\nname: "+name))
		if rec == nil {
			t.Fatal(unreadable)
		}
		records = append(records, TypedRecord{rec, "thing", true})
	}
	partners := map[string]*Partner{"example": {Name: "Example"}}
	folder := set.Judge(partners).Folder(Contents{Records: records})
	all := make([]string, len(records))
	for i := range records {
		found, err := folder.Judge(context.Background(), Case{Now: &records[i]})
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			all[i] += f.Message
		}
	}
	return all, nil
}

// What queries share must not depend on the record that was judged first, and
// gathering the rules must not change what they find.
func TestSharedValues(t *testing.T) {
	tests := []struct{ name, body string }{
		{"the record", "_name := input.record.name"},
		{"the record, behind a helper", "_name := _deep\n\n_deep := input.record.name"},
		{"the record, in an else", "_name := 1 if false\n\nelse := _deep\n\n_deep := input.record.name"},
		{"the record, in a function's else", "_name := _f(1)\n\n_f(x) := x if x > 1\n\nelse := input.record.name"},
		{"the record, beside a default", "default _name := 1\n\n_name := input.record.name"},
		{"the whole input", "_name := x.record.name if x := input"},
		{"a computed field of the input", `_name := input[concat("", ["rec", "ord"])].name`},
		{"the folder at the record's path", "_name := input.folder.thing[input.path].name"},
		{"the record, in a function", `_name := _f("a")` + "\n\n_f(_) := input.record.name"},
		{"the record, behind a function", `_name := _f("a")` + "\n\n_f(x) := _g(x)\n\n_g(_) := input.record.name"},
		{"the record, as an argument", "_name := _f(input.record.name, 1)\n\n_f(x, _) := x"},
		{"the record, as a whole", "_name := _f(input.record)\n\n_f(x) := x.name"},
		{"the record, instead of data", `_name := x if x := _f("a") with data.partners.example.name as input.record.name` + "\n\n_f(_) := data.partners.example.name"},
		{"a name that a local has, too", "_name := _g\n\n_g := message if message := input.record.name"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			body := "violation contains {\"path\": [], \"message\": message} if message := _name\n\n" + test.body + "\n"
			got, err := judgeThings(t, load(t, policiesWith(body)), "One", "Two", "One")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"One", "Two", "One"}, got); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFolderValues(t *testing.T) {
	body := `violation contains {"path": [], "message": concat(",", _names)} if true

_names := sort([thing.name | some thing in input.folder.thing])
`
	set := load(t, policiesWith(body))
	for _, names := range [][]string{{"One", "Two"}, {"Three"}} {
		got, err := judgeThings(t, set, names...)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range got {
			if want := strings.Join(names, ","); found != want {
				t.Errorf("found %q, want %q", found, want)
			}
		}
	}
}

// A local may have the name of a helper or an import that another helper uses.
func TestLocalNames(t *testing.T) {
	body := `import data.lib.words

violation contains {"path": [], "message": _say(words)} if {
	words := input.record.name
	message := words
	message != ""
}

_say(name) := concat("", [words.dot, message, name])

message := "-"
`
	fsys := policiesWith(body)
	fsys["lib/words/words.rego"] = &fstest.MapFile{Data: []byte("package lib.words\n\ndot := \".\"\n")}
	got, err := judgeThings(t, load(t, fsys), "One")
	if err != nil || got[0] != ".-One" {
		t.Errorf("found %q, %v", got, err)
	}
}

// A builtin that fails where queries share the value is no silent pass.
func TestBuiltinErrorInSharedValue(t *testing.T) {
	for name, value := range map[string]string{
		"of the run":    "to_number(data.partners.example.name)",
		"of the folder": `to_number(input.folder.thing["partners/example/things/0.yaml"].name)`,
	} {
		body := "violation contains {\"path\": [], \"message\": \"m\"} if _number > 0\n\n_number := " + value + "\n"
		got, err := judgeThings(t, load(t, policiesWith(body)), "One", "Two")
		if err == nil || !strings.Contains(err.Error(), "rule thing/size on partners/example/things/0.yaml") {
			t.Errorf("%s: found %q, error %v", name, got, err)
		}
	}
}

// A query finds each value that it put into its cache, however many there are and
// whether or not their hashes differ.
func TestCacheOfMany(t *testing.T) {
	c := newCache(&sharedDocuments{}, newValues(), newValues())
	ref := func(i int) ast.Ref {
		return ast.Ref{ast.VarTerm("data"), ast.StringTerm("f"), ast.InternedTerm(i), ast.StringTerm("x"), ast.StringTerm("y")}
	}
	const many = 3 * few
	for i := range many {
		c.Put(ref(i), ast.InternedTerm(i))
	}
	for i := range many {
		if term, _ := c.Get(ref(i)); term == nil || !term.Equal(ast.InternedTerm(i)) {
			t.Fatalf("%d is %v", i, term)
		}
	}
	if term, undefined := c.Get(ref(many)); term != nil || undefined {
		t.Errorf("what nobody put is %v", term)
	}
	if n := len(c.Keys()); n != many {
		t.Errorf("%d keys, want %d", n, many)
	}
	c.reset()
	if term, _ := c.Get(ref(1)); term != nil {
		t.Errorf("what the last query put is %v", term)
	}
}
