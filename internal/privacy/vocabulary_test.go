package privacy

import "testing"

// A private text is told by a message that has all of it, however short its
// words are and whoever else has some of them.
func TestQuotation(t *testing.T) {
	words := NewVocabulary()
	for _, private := range []string{"ann@acme.example", "J. Li", "007", "Jo", "secretly"} {
		words.Add(private)
	}
	for _, public := range []string{"Acme", "ann arbor", "7 seats of li", "007", "jo", "secretly"} {
		words.Drop(public)
	}
	for text, want := range map[string]bool{
		"9 are too many for ann@acme.example": true,
		"too many for Ann@Acme":               true,
		"too many for J. LI.":                 true,
		"it says 007":                         true,
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
