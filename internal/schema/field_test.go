package schema

import (
	"strings"
	"testing"
	"testing/fstest"

	"gitlab.com/gitlab-com/alliances/schemas"
)

func TestTitleOf(t *testing.T) {
	set, err := Load(fstest.MapFS{"event.schema.json": {Data: []byte(`{
		"x-place": "partners/{partner}/events/{id}.yaml",
		"properties": {
			"kind": {"const": "event"},
			"size": {"enum": ["big_one", "small"], "x-titles": {"big_one": "A big one"}},
			"rooms": {"items": {"$ref": "#/$defs/room"}}
		},
		"$defs": {"room": {"enum": ["a"], "x-titles": {"a": "The first"}}}
	}`)}})
	if err != nil {
		t.Fatal(err)
	}
	fields := set.Fields("event")
	size, room := fields[0], fields[1].Items
	for value, want := range map[string]string{"big_one": "A big one", "small": "small", "huge": "huge"} {
		if got := size.TitleOf(value); got != want {
			t.Errorf("%s is called %q, want %q", value, got, want)
		}
	}
	if got := room.TitleOf("a"); got != "The first" {
		t.Errorf("what a schema refers to gives the title %q", got)
	}
}

// TestFillFrom makes sure that fields say what the handbook knows, and nothing in its place
// where it does not, or where nobody asked it.
func TestFillFrom(t *testing.T) {
	set, err := Load(fstest.MapFS{"event.schema.json": {Data: []byte(`{
		"x-place": "partners/{partner}/events/{id}.yaml",
		"properties": {
			"kind": {"const": "event"},
			"host": {"enum": ["us"], "description": "Who invites.", "x-titles": {"us": "{handbook.company} alone"},
				"x-handbook": "They meet in {handbook.room.name}."}
		}
	}`)}})
	if err != nil {
		t.Fatal(err)
	}
	said := func() string {
		host := set.Fields("event")[0]
		return host.Description + " " + host.TitleOf("us")
	}
	if got := said(); got != "Who invites. us" {
		t.Errorf("without a handbook it says %q", got)
	}
	handbook := map[string]string{"company": "Example Corp"}
	set.FillFrom(func(names ...string) string { return handbook[strings.Join(names, ".")] })
	if got := said(); got != "Who invites. Example Corp alone" {
		t.Errorf("without a room it says %q", got)
	}
	handbook["room.name"] = "the hall"
	if got := said(); got != "Who invites. They meet in the hall. Example Corp alone" {
		t.Errorf("it says %q", got)
	}
}

// TestTitles makes sure that a schema that gives values titles gives every one
// its own, and none to what is no value.
func TestTitles(t *testing.T) {
	set, err := Load(schemas.Files)
	if err != nil {
		t.Fatal(err)
	}
	titled := 0
	for _, kind := range set.Kinds() {
		eachObject(set.Document(kind), func(schema map[string]any) {
			titles, ok := schema["x-titles"].(map[string]any)
			if !ok {
				return
			}
			titled++
			values := Texts(schema["enum"])
			taken := map[any]bool{}
			for _, value := range values {
				if title, _ := titles[value].(string); title == "" || taken[title] {
					t.Errorf("%s: %s has the title %q", kind, value, title)
				}
				taken[titles[value]] = true
			}
			if len(titles) != len(values) {
				t.Errorf("%s: %d titles for %d values", kind, len(titles), len(values))
			}
		})
	}
	if titled == 0 {
		t.Error("no schema has titles")
	}
}
