package policy

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/policies"
)

func TestAlike(t *testing.T) {
	handbook, err := ReadHandbook(policies.Files)
	if err != nil {
		t.Fatal(err)
	}
	named := func(website string, names ...string) *Partner {
		return &Partner{Name: names[0], Aliases: names[1:], Website: website}
	}
	data, err := (&Set{Handbook: handbook}).Data(map[string]*Partner{
		"a": named("https://a.example", "Example", "Straße"), "b": named("https://www.A.example/b", "EXAMPLE "),
		"c": named("", "STRASSE", "Exarnple"), "d": named("https://d.example", "Example, Inc.", "Example, Inc."),
		"e": named("https://e.example", "Еxample"), "f": named("", "Another", "another"), "g": {},
	})
	if err != nil {
		t.Fatal(err)
	}
	type object = map[string]any
	want := object{
		"licenses": object{},
		"names": object{
			"Example":       object{"same": object{"b": "EXAMPLE "}, "looks": object{"c": "Exarnple", "e": "Еxample"}, "bare": object{"d": "Example, Inc."}},
			"EXAMPLE ":      object{"same": object{"a": "Example"}, "looks": object{"c": "Exarnple", "e": "Еxample"}, "bare": object{"d": "Example, Inc."}},
			"Straße":        object{"same": object{"c": "STRASSE"}},
			"STRASSE":       object{"same": object{"a": "Straße"}},
			"Exarnple":      object{"looks": object{"a": "Example", "b": "EXAMPLE "}},
			"Example, Inc.": object{"bare": object{"a": "Example", "b": "EXAMPLE "}},
			"Еxample":       object{"looks": object{"a": "Example", "b": "EXAMPLE "}},
		},
		"websites": object{
			"https://a.example":       object{"host": object{"b": "https://www.A.example/b"}},
			"https://www.A.example/b": object{"host": object{"a": "https://a.example"}},
		},
	}
	if diff := cmp.Diff(want, data.(object)["alike"]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// However many partners go by one name, each is told of another one, and the time
// that takes grows with their number alone.
func TestAlikeOfMany(t *testing.T) {
	partners := map[string]*Partner{}
	const many = 20_000
	for i := range many {
		name := []byte("example company of many names")
		for bit := range 15 { // in as many spellings
			if i>>bit&1 == 1 && name[bit] != ' ' {
				name[bit] -= 'a' - 'A'
			}
		}
		partners[fmt.Sprintf("p%05d", i)] = &Partner{Name: string(name), Website: "https://www.example/"}
	}
	data, err := new(Set).Data(partners)
	if err != nil {
		t.Fatal(err)
	}
	alike := data.(map[string]any)["alike"].(map[string]any)["names"].(map[string]any)
	for slug, partner := range partners {
		others, _ := alike[partner.Name].(map[string]any)["same"].(map[string]any)
		delete(others, slug)
		if len(others) == 0 {
			t.Fatalf("%s: nobody else goes by %s", slug, partner.Name)
		}
	}
}

func BenchmarkAlike(b *testing.B) {
	partners := map[string]*Partner{}
	for i := range 25_000 {
		partners[fmt.Sprintf("p%05d", i)] = &Partner{Name: fmt.Sprintf("Example %05d", i), Aliases: []string{fmt.Sprintf("EX%d", i)}}
	}
	for b.Loop() {
		new(Set).alikeTerms(partners, nil)
	}
}
