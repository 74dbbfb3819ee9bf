package schema

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestEventRefuses(t *testing.T) {
	for event, want := range map[string]string{
		`"held"`:                              `"x-event" of the record: it is an object`,
		`{}`:                                  `"x-event" of the record: it has "verb", a text, or "values"`,
		`{"verb": "a", "values": {"b": "c"}}`: `"x-event" of the record: it has "verb", a text, or "values"`,
		`{"verb": "| @all <b>"}`:              `"x-event" of the record: "| @all <b>" is no verb`,
		`{"values": {"b": 5}}`:                `"x-event" of the record: the verb of "b" is no text`,
		`{"verb": "a", "summary": "{b.c}"}`:   `"x-event" of the record: the summary has {b.c}, which is no field`,
	} {
		text := `{"x-place": "partners/{partner}/things/{id}.yaml", "x-event": ` + event + `, "properties": {"b": {}}}`
		_, err := Load(fstest.MapFS{"thing.schema.json": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", event, err, want)
		}
	}
}
