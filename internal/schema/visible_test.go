package schema

import (
	"maps"
	"regexp"
	"slices"
	"testing"
)

func TestTakesVisible(t *testing.T) {
	for pattern, want := range map[string]bool{
		`^[!-~]+$`: true, `^[^\x00-\x20]+$`: true, `^[^ \x7F-\xA0]+$`: true,
		`^[^@ ]+$`: false, `^[!-}]+$`: false, `^["-~]+$`: false, `^[a-z]+$`: false, `[!-~]+`: false, `^[!-~]+`: false, `[!-~]+$`: false,
		`^[!-~]*$`: false, `^[!-~]{1,9}$`: false, `^[!-~]+@$`: false, `^([!-~]+|a)$`: false, `^.+$`: false, `(?m)^[!-~]+$`: false, ``: false,
	} {
		if got := takesVisible(regexp.MustCompile(pattern)); got != want {
			t.Errorf("%s: %v, want %v", pattern, got, want)
		}
	}
}

// FuzzVisible holds that a pattern which is said to take every visible text does so.
func FuzzVisible(f *testing.F) {
	for _, pattern := range []string{`^[!-~]+$`, `^[^\x00-\x20]+$`, `^[^@ ]+$`, `(?i)^[^a]+$`, `(?m)^[!-~]+$`, `^\S+$`, `^[^\d]+$`} {
		f.Add(pattern, "https://a.example/b")
	}
	f.Fuzz(func(t *testing.T, source, text string) {
		pattern, err := regexp.Compile(source)
		if err == nil && takesVisible(pattern) && isVisible(text) && !pattern.MatchString(text) {
			t.Errorf("%s does not take %q", pattern, text)
		}
	})
}

// TestOwnVisiblePatterns holds that the schemas of the repository have such patterns.
func TestOwnVisiblePatterns(t *testing.T) {
	visible := slices.Collect(maps.Values(ownSet(t).kinds["partner"].validator.lane().visible))
	if !slices.Contains(visible, true) {
		t.Error("no pattern of a partner takes every visible text")
	}
}
