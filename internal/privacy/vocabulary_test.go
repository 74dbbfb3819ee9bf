package privacy

import (
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/finding"
)

// A private text is told by a message that has all of it, however short its
// words are and whoever else has some of them.
func TestQuotation(t *testing.T) {
	words := newVocabulary(newCommon(nil))
	for _, private := range []string{"ann@acme.example", "J. Li", "007", "008", "Jo", "secretly"} {
		words.Add(private)
	}
	for _, public := range []string{"Acme", "ann arbor", "7 seats of li", "007", "jo", "secretly"} {
		words.Drop(public)
	}
	for text, want := range map[string]bool{
		"9 are too many for ann@acme.example": true,
		"too many for Ann@Acme":               true,
		"too many for J. LI.":                 true,
		"it says 007":                         false,
		"it says 008":                         true,
		"too many for Acme":                   false,
		"J. and Li":                           false,
		"7 seats":                             false,
		"secretly for jo":                     false,
		"too many for j.":                     false,
	} {
		if got := words.In(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// Words that findings are made of are no quotation, whatever private text has
// them; what tells them from others still is.
func TestNoQuotation(t *testing.T) {
	rules := []*finding.Rule{{ID: "license/seat_cap", Title: "No partner has more seats than the cap"}}
	words := newVocabulary(newCommon(rules))
	words.common.addSchema(map[string]any{"properties": map[string]any{"revoked": map[string]any{
		"title": "Withdrawn", "pattern": "tulip", "examples": []any{"orchid"}, "enum": []any{"ultimate"},
	}}})
	for _, private := range []string{"see above", "the", "10", "more seats", "revoked", "Withdrawn", "Ultimate", "tulip", "orchid", "seats for Zoe", "call them again tomorrow about it"} {
		words.Add(private)
	}
	for text, want := range map[string]bool{
		"11 of the 10 seats are too many: see above": false,
		"more seats than the cap":                    false,
		"revoked, withdrawn, ultimate":               false,
		"so many seats for Zoe":                      true,
		"the tulip":                                  true,
		"an orchid":                                  true,
		"they call them again tomorrow":              true,
	} {
		if got := words.In(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
