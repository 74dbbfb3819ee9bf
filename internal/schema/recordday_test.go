package schema

import (
	"strings"
	"testing"
	"testing/fstest"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// withDay is a kind whose records are of a day that is written there.
func withDay(day string) fstest.MapFS {
	return fstest.MapFS{"event.schema.json": {Data: []byte(`{
		"x-place": "partners/{partner}/events/{id}.yaml", ` + day + `
		"properties": {"month": {"type": "string"}, "time": {"$ref": "#/$defs/time"}},
		"$defs": {"time": {"properties": {"held_on": {"type": "string"}}}}
	}`)}}
}

func TestDay(t *testing.T) {
	for _, test := range []struct{ day, text, want string }{
		{`"x-day": "time.held_on",`, "time: {held_on: 2026-03-02}", "2026-03-02"},
		{`"x-day": "time.held_on",`, "time: {held_on: soon}", "soon"},
		{`"x-day": "time.held_on",`, "time: {held_on: 5}", ""},
		{`"x-day": "time.held_on",`, "time: 2026-03-02", ""},
		{`"x-day": "time.held_on",`, "{}", ""},
		{`"x-day": "month",`, "month: 2026-03", "2026-03-01"},
		{"", "month: 2026-03", ""},
	} {
		set, err := Load(withDay(test.day))
		if err != nil {
			t.Fatal(err)
		}
		rec, _ := record.Load("partners/a/events/b.yaml", []byte(test.text))
		if got := set.Day("event", rec.Root); got != test.want {
			t.Errorf("%s %s: the day is %q, want %q", test.day, test.text, got, test.want)
		}
		if got := set.Day("party", rec.Root); got != "" {
			t.Errorf("a kind that there is not has the day %q", got)
		}
	}
}

func TestDayOfNoField(t *testing.T) {
	for _, day := range []string{`"held_on"`, `"time.held_off"`, `""`, "true"} {
		_, err := Load(withDay(`"x-day": ` + day + ","))
		if err == nil || !strings.HasPrefix(err.Error(), `schemas/event.schema.json: "x-day": `) {
			t.Errorf("x-day %s: %v", day, err)
		}
	}
}
