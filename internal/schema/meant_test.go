package schema

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// meantFields are fields as the kinds of record have them.
const meantFields = `"properties": {"kind": {},
	"day": {"type": "string", "format": "date", "pattern": "^(199[0-9]|20[0-9][0-9]|2100)-"},
	"month": {"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$", "examples": ["2026-03"]},
	"lead": {"type": "string", "pattern": "^@[A-Za-z0-9_.-]+$", "examples": ["@alliance-manager"]},
	"website": {"type": "string", "format": "uri", "pattern": "^https://[^ /]+(/.*)?$"},
	"contact": {"type": "string", "format": "email"},
	"seats_requested": {"oneOf": [{"type": "integer", "minimum": 1}, {"const": "unknown"}]},
	"amount": {"type": "integer", "minimum": 1, "examples": [12000]},
	"share": {"type": "number"},
	"open": {"type": "boolean"},
	"currency": {"enum": ["EUR", "GBP", "USD"]},
	"status": {"enum": ["active", "former"]},
	"criteria": {"type": "array", "items": {"enum": ["adoption", "growth"]}},
	"slug": {"type": "string", "pattern": "^[a-z-]+$"}}`

var offered = regexp.MustCompile("`([^`]+)`")

// TestMeant holds that for what people write beside what is meant, the help says what
// to write, and that each line that it says puts an end to the finding.
func TestMeant(t *testing.T) {
	set := load(t, meantFields)
	for _, test := range []struct {
		line     string
		expected string   // as JSON; "" where there is doubt
		typed    []string // what the help says to type
	}{
		{"day: 12/01/2026", "", []string{"day: 2026-01-12", "day: 2026-12-01"}},
		{"day: 13/01/2026", `"2026-01-13"`, []string{"day: 2026-01-13"}},
		{"day: Dec 1, 2026", `"2026-12-01"`, []string{"day: 2026-12-01"}},
		{"day: December 1st 2026", `"2026-12-01"`, []string{"day: 2026-12-01"}},
		{"day: 1 Sept. 2026", `"2026-09-01"`, []string{"day: 2026-09-01"}},
		{"day: 1-Dec-2026", `"2026-12-01"`, []string{"day: 2026-12-01"}},
		{"day: 2026 Dec 1", `"2026-12-01"`, []string{"day: 2026-12-01"}},
		{"day: 2026-12-01T00:00:00Z", `"2026-12-01"`, []string{"day: 2026-12-01"}},
		{"day: 2026-12-01 10:00", `"2026-12-01"`, []string{"day: 2026-12-01"}},
		{"day: 2026–12–01", `"2026-12-01"`, []string{"day: 2026-12-01"}},
		{"day: 2026-12-1", `"2026-12-01"`, []string{"day: 2026-12-01"}},
		{"day: 2026-12-01,", `"2026-12-01"`, []string{"day: 2026-12-01"}},
		{"day: '\"2026-12-01'", `"2026-12-01"`, []string{"day: 2026-12-01"}},
		{"day: 1/2/3026", "", nil},
		{"day: Foo 1, 2026", "", nil},
		{"day: soon", "", nil},
		{"month: 2026–12", `"2026-12"`, []string{"month: \"2026-12\""}},
		{"month: Dec 2026", `"2026-12"`, []string{"month: \"2026-12\""}},
		{"month: 12/2026", `"2026-12"`, []string{"month: \"2026-12\""}},
		{"month: 2026-12-01", `"2026-12"`, []string{"month: \"2026-12\""}},
		{"lead: alliance-manager", `"@alliance-manager"`, []string{`lead: "@alliance-manager"`}},
		{"lead: none", "", nil},
		{"slug: ~", "", nil},
		{"lead: Alice Example", "", nil},
		{"lead:", "", []string{`lead: "@alliance-manager"`}},
		{"website: ci.example", `"https://ci.example"`, []string{"website: https://ci.example"}},
		{"website: <https://ci.example>", `"https://ci.example"`, []string{"website: https://ci.example"}},
		{"website: soon", "", nil},
		{"contact: mailto:a@ci.example", `"a@ci.example"`, []string{`contact: "a@ci.example"`}},
		{"seats_requested: four", "4", []string{"seats_requested: 4"}},
		{"seats_requested: Twenty-one", "21", []string{"seats_requested: 21"}},
		{"seats_requested: Unknown", `"unknown"`, []string{"seats_requested: unknown"}},
		{"seats_requested: 4 |", "4", []string{"seats_requested: 4"}},
		{"seats_requested: 10+", "", []string{"10"}},
		{"seats_requested: zero", "", nil},
		{"amount: 8k", "8000", []string{"amount: 8000"}},
		{"amount: 8,000", "8000", []string{"amount: 8000"}},
		{"amount: 8 000", "8000", []string{"amount: 8000"}},
		{"amount: 8\u202f000", "8000", []string{"amount: 8000"}},
		{"amount: 8'000", "8000", []string{"amount: 8000"}},
		{"amount: 1.234.567", "1234567", []string{"amount: 1234567"}},
		{"amount: 8,000.00", "8000", []string{"amount: 8000"}},
		{"amount: 8.000,00", "8000", []string{"amount: 8000"}},
		{"amount: <8000", "", nil},
		{"amount: €8000", "8000", []string{"amount: 8000"}},
		{"amount: 8000 EUR", "8000", []string{"amount: 8000"}},
		{"amount: €8.000", "", []string{"amount: 8", "amount: 8000"}},
		{"amount: 8.000", "", []string{"amount: 8", "amount: 8000"}},
		{"amount: 8.500", "", nil},
		{"amount: 4.0", "", []string{"amount: 4"}},
		{"amount: 50%", "", []string{"50"}},
		{"amount: –5", "", []string{"5"}},
		{"share: –5", "-5", []string{"share: -5"}},
		{"open: 'yes'", "true", []string{"open: true"}},
		{"currency: usd", `"USD"`, []string{"currency: USD"}},
		{"currency: €", `"EUR"`, []string{"currency: EUR"}},
		{"status: Active.", `"active"`, []string{"status: active"}},
		{"criteria:\n  -adoption\n  -growth", `["adoption","growth"]`, []string{"- adoption", "- growth"}},
		{"slug: Example-CI", `"example-ci"`, []string{"slug: example-ci"}},
	} {
		t.Run(test.line, func(t *testing.T) {
			found := set.Judge(recordOf(t, test.line)).Findings
			if len(found) != 1 {
				t.Fatalf("%+v", found)
			}
			expected := ""
			if !found[0].Expected.IsNone() {
				text, _ := json.Marshal(found[0].Expected.JSON())
				expected = string(text)
			}
			var typed []string
			for _, word := range offered.FindAllStringSubmatch(found[0].Help, -1) {
				typed = append(typed, word[1])
			}
			if expected != test.expected || test.typed != nil && fmt.Sprint(typed) != fmt.Sprint(test.typed) {
				t.Errorf("%s expects %s and says to type %q", found[0].Message, expected, typed)
			}
			for _, line := range test.typed {
				if strings.Contains(line, ": ") {
					if left := set.Judge(recordOf(t, line)).Findings; len(left) > 0 {
						t.Errorf("with %s there is still %+v", line, left)
					}
				}
			}
		})
	}
}

func recordOf(t *testing.T, text string) *record.Record {
	t.Helper()
	rec, unreadable := record.Load("partners/example/things/a.yaml", []byte("kind: thing\n"+text))
	if rec == nil {
		t.Fatal(unreadable)
	}
	return rec
}
