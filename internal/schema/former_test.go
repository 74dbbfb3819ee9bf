package schema

import (
	"strings"
	"testing"
	"testing/fstest"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

const renamedFields = `{
	"x-place": "partners/{partner}/things/{id}.yaml",
	"properties": {
		"kind": {},
		"name": {"x-was": ["title", "label"]},
		"at": {"$ref": "#/$defs/event"},
		"all": {"items": {"$ref": "#/$defs/event"}}
	},
	"additionalProperties": false,
	"$defs": {"event": {"properties": {"date": {"x-was": ["on"]}, "next": {"$ref": "#/$defs/event"}}, "additionalProperties": false}}
}`

func TestFormerNames(t *testing.T) {
	set, err := Load(fstest.MapFS{"thing.schema.json": {Data: []byte(renamedFields)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ text, value, found string }{
		{"name: a", "name=a", ""},
		{"title: a", "name=a", "schema/x-was title:name"},
		{"at: {\"on\": 1, next: {\"on\": 2}}", "at=date=1,next=date=2", "schema/x-was on:date schema/x-was on:date"},
		{"all: [{\"on\": 1}, {date: 2}]", "all=[date=1 date=2]", "schema/x-was on:date"},
		{"title: a\nname: b", "title=a,name=b", "schema/additionalProperties title:"},
		{"label: a\ntitle: b", "name=a,title=b", "schema/additionalProperties title: schema/x-was label:name"},
	} {
		rec, problems := record.Load("partners/p/things/a.yaml", []byte("kind: thing\n"+test.text))
		if rec == nil {
			t.Fatal(problems)
		}
		verdict := set.Judge(rec)
		if got := strings.TrimPrefix(outline(verdict.Record.Root), "kind=thing,"); got != test.value {
			t.Errorf("%q reads as %s, want %s", test.text, got, test.value)
		}
		var found []string
		for _, f := range verdict.Findings {
			expected, _ := f.Expected.JSON().(string)
			found = append(found, f.Rule+" "+f.Path[len(f.Path)-1]+":"+expected)
		}
		if got := strings.Join(found, " "); got != test.found {
			t.Errorf("%q: %s, want %s", test.text, got, test.found)
		}
	}
}

// outline writes a value down on one line.
func outline(n *record.Node) string {
	var parts []string
	switch n.Kind {
	case record.List:
		for _, item := range n.Items {
			parts = append(parts, outline(item))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case record.Map:
		for i := range n.Fields {
			parts = append(parts, n.Fields[i].Key+"="+outline(n.Fields[i].Value))
		}
		return strings.Join(parts, ",")
	}
	return n.Text
}
