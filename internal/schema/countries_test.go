package schema

import (
	"slices"
	"testing"

	"golang.org/x/text/language"

	"gitlab.com/gitlab-com/alliances/schemas"
)

// noCountries are codes that CLDR knows beside the countries of ISO 3166-1: those
// that are reserved for other uses, and those of countries that there are no more.
var noCountries = []string{"AC", "AN", "CP", "CS", "DG", "FQ", "NT", "PC", "SU", "TA", "YU"}

// TestCountries holds the countries of the partner's schema to those of CLDR, which
// has them from ISO 3166-1 alpha-2.
func TestCountries(t *testing.T) {
	set, err := Load(schemas.Files)
	if err != nil {
		t.Fatal(err)
	}
	got := Texts(LookUp(set.Document("partner"), []string{"properties", "country", "enum"}))
	var want []string
	for first := 'A'; first <= 'Z'; first++ {
		for second := 'A'; second <= 'Z'; second++ {
			code := string([]rune{first, second})
			region, err := language.ParseRegion(code)
			if err == nil && region.IsCountry() && region.ISO3() != "ZZZ" && !region.IsPrivateUse() && region.Canonicalize() == region && region.String() == code &&
				!slices.Contains(noCountries, code) {
				want = append(want, code)
			}
		}
	}
	if !slices.Equal(got, want) || len(got) != 249 {
		t.Errorf("there are %d countries, %v; want %v", len(got), got, want)
	}
}
