package schema

import (
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
