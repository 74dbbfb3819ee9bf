package check

import (
	"fmt"
	"regexp"
	"testing"
)

// TestYears makes sure that the dates and months of every schema are of the years
// that the handbook's calendar has, and of no others.
func TestYears(t *testing.T) {
	rules, err := realRules()
	if err != nil {
		t.Fatal(err)
	}
	handbook := rules.Policies.Handbook.Newest()
	first, last := handbook.Whole("calendar", "first_year"), handbook.Whole("calendar", "last_year")
	if first == 0 || last == 0 {
		t.Fatalf("the years are %d to %d", first, last)
	}
	judged := 0
	for _, kind := range rules.Schemas.Kinds() {
		eachSchema(rules.Schemas.Document(kind), func(schema map[string]any) {
			pattern, _ := schema["pattern"].(string)
			rest := map[bool]string{true: "-12-31", false: "-12"}[schema["format"] == "date"]
			if schema["format"] != "date" && schema["title"] != "Month" {
				return
			}
			judged++
			if pattern == "" {
				t.Errorf("%s: %v has no pattern; copy that of another schema", kind, schema["title"])
				return
			}
			for of, want := range map[int]bool{0: false, first - 1: false, first: true, 2026: true, last: true, last + 1: false, 9999: false} {
				text := fmt.Sprintf("%04d", of) + rest
				if got := regexp.MustCompile(pattern).MatchString(text); got != want {
					t.Errorf("%s: `%s` allows %s: %t, want %t", kind, pattern, text, got, want)
				}
			}
		})
	}
	if judged < 6 {
		t.Errorf("%d schemas of dates and months", judged)
	}
}

func eachSchema(written any, f func(map[string]any)) {
	switch value := written.(type) {
	case map[string]any:
		f(value)
		for _, below := range value {
			eachSchema(below, f)
		}
	case []any:
		for _, below := range value {
			eachSchema(below, f)
		}
	}
}
