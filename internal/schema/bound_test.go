package schema

import (
	"fmt"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// TestBound holds that of many findings those are told that come first in the record,
// with the number of the others.
func TestBound(t *testing.T) {
	set := load(t, `"properties": {"kind": {}, "last": {"type": "integer"}, "list": {"type": "array", "items": {
		"additionalProperties": false, "required": ["x", "y"], "properties": {"x": {"type": "integer"}, "y": {}, "z": {}}}}}`)
	for _, entries := range []int{20, 30, 100, 900} {
		text := "list:\n" + strings.Repeat("  - {x: b, unknown: 1, other: 2}\n", entries) + "last: none\n"
		found := set.Judge(recordOf(t, text)).Findings
		if len(found) != min(4*entries+1, record.MaxFindings+1) {
			t.Fatalf("%d findings in %d entries", len(found), entries)
		}
		if entries == 20 {
			continue
		}
		for i, f := range found[:record.MaxFindings] {
			if want := 3 + i/4; f.Span.Start.Line != want {
				t.Errorf("in %d entries finding %d is on line %d, not %d: %s", entries, i+1, f.Span.Start.Line, want, f.Message)
			}
		}
		rest := fmt.Sprintf("%d more findings, from here on, are not told", 4*entries+1-record.MaxFindings)
		if last := found[record.MaxFindings]; last.Rule != "yaml/limit" || last.Message != rest {
			t.Errorf("%s: %s, want %s", last.Rule, last.Message, rest)
		}
	}
}
