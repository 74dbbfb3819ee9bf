package policy

import (
	"fmt"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

// What rules get of data.partners is the same whether they ask for one partner, for
// a part of one, or for all.
func TestData(t *testing.T) {
	set := new(Set)
	set.handbook = ast.StringTerm("the handbook")
	d := set.newData(map[string]*Partner{
		"a": {Name: "A", Type: "cloud", Status: "active", MergedInto: "b", Aliases: []string{"AA", "AAA"}},
		"b": {Aliases: []string{}, Website: "https://b.example"}, "c": {},
	}, nil)
	want := map[string]string{
		`data.partners`:                `{"a": {"aliases": ["AA", "AAA"], "merged_into": "b", "name": "A", "status": "active", "type": "cloud"}, "b": {"aliases": []}, "c": {}}`,
		`data.partners.a.type`:         `"cloud"`,
		`data.partners.a.aliases[1]`:   `"AAA"`,
		`data.partners.a.aliases[2]`:   `<nil>`,
		`data.partners.a.website`:      `<nil>`,
		`data.partners.a.type.further`: `<nil>`,
		`data.partners.b`:              `{"aliases": []}`,
		`data.partners.c`:              `{}`,
		`data.partners.d`:              `<nil>`,
		`data.partners[1]`:             `<nil>`,
		`data.handbook`:                `"the handbook"`,
		`data.elsewhere`:               `<nil>`,
	}
	for path, want := range want {
		if got := fmt.Sprint(d.Get(ast.MustParseRef(path))); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
	whole := d.Get(ast.MustParseRef("data"))
	for path := range want {
		ref := ast.MustParseRef(path)
		if got, want := d.Get(ref), find(whole, ref[1:]); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s is %v, and %v in all of data", path, got, want)
		}
	}
}
