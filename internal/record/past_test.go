package record_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// TestLoadPast holds that the words that are refused today are read in what was
// written before they were.
func TestLoadPast(t *testing.T) {
	const text = "plan: no\nname: a\u202e\nrevoked: {on: 2026-05-01, reason: yes}\nnotes:\n  \"on\": off\n"
	r, findings := record.LoadPast(path, []byte(text))
	if r == nil {
		t.Fatal(findings)
	}
	want := object{"plan": "no", "name": "a\u202e", "revoked": object{"date": "2026-05-01", "reason": "yes"}, "notes": object{"on": "off"}}
	if diff := cmp.Diff(want, r.Root.JSON()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, findings := record.LoadPast(path, []byte("a: 012\na: no\n")); len(findings) != 2 {
		t.Errorf("%v, want what is refused for other reasons", briefs(findings))
	}
}
