package schema

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"testing"
	"time"
	"unicode"
)

// sharedPattern is what a pattern may be made of, so that it means the same in
// JavaScript, Go and Python: characters, `\` in front of a sign, classes of
// characters, groups, alternatives, and how often. None of them has a sign for
// classes of Unicode, and `\s`, `\w` and `.` differ.
var sharedPattern = regexp.MustCompile(`^(?:[|(^$]|(?:[^\\\[\](){}|*+?^$.]|\\[\\^$.*+?(){}|\[\]]|\[\^?[^\\\[\]]+\]|\))(?:[*+?]|\{\d+(?:,\d+)?\})?)+$`)

// setOperators are what some read in a class of characters as more than two
// characters.
var setOperators = regexp.MustCompile(`--|&&|~~|\|\|`)

func isShared(pattern string) bool {
	return sharedPattern.MatchString(pattern) && !setOperators.MatchString(pattern)
}

// TestIsShared makes sure that what one language alone knows is told from what
// all know.
func TestIsShared(t *testing.T) {
	for _, pattern := range []string{`^a+$`, `^[^a-z@]{1,64}(\.b|c)*$`, "^[\u0000-\u0020\u2028]$"} {
		if !isShared(pattern) {
			t.Errorf("%s is refused", pattern)
		}
	}
	for _, pattern := range []string{`\p{Z}`, `\s`, `[\s]`, `a.b`, `(?=a)`, `(?:a)`, `(?i)a`, `a\z`, `a\Z`, `a+?`, `a*+`, `a{,3}`, `a}`, `[[:digit:]]`, `[a&&b]`, `\u0041`, `(a)\1`} {
		if isShared(pattern) {
			t.Errorf("%s is allowed", pattern)
		}
	}
}

// TestPatternsAreShared makes sure that every validator can read the patterns of
// the schemas, and that none has to know a format.
func TestPatternsAreShared(t *testing.T) {
	patterns := 0
	for _, document := range ownSchemas(t) {
		eachObject(document, func(object map[string]any) {
			all := slices.Collect(maps.Keys(asObject(object["patternProperties"])))
			pattern, ok := object["pattern"].(string)
			if ok {
				all = append(all, pattern)
			}
			if format, _ := object["format"].(string); format != "" && !ok {
				t.Errorf("%s: the format %s stands without a pattern, and counts for nothing where formats do not", document["title"], format)
			}
			for _, pattern := range all {
				patterns++
				if !isShared(pattern) {
					t.Errorf("%s: `%s` is not read alike by all", document["title"], pattern)
				}
			}
		})
	}
	if patterns < 10 {
		t.Errorf("there are %d patterns", patterns)
	}
}

// shownSchema is the schema that the schemas' README shows how to write.
var shownSchema = regexp.MustCompile("(?s)<!-- file: [^>]*schema.json -->\n```json\n(.*?)```")

// ownSchemas returns the schemas of the repository, and the one that its README has.
func ownSchemas(t *testing.T) []document {
	t.Helper()
	set, err := Load(os.DirFS("../../schemas"))
	if err != nil {
		t.Fatal(err)
	}
	var documents []document
	for _, name := range set.Kinds() {
		documents = append(documents, set.kinds[name].document)
	}
	readme, err := os.ReadFile("../../schemas/README.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := shownSchema.FindSubmatch(readme)
	if shown == nil {
		t.Fatal("schemas/README.md shows no schema")
	}
	document, _, err := read(shown[1])
	if err != nil {
		t.Fatal(err)
	}
	return append(documents, document)
}

// eachObject calls do for a JSON object and all that it holds.
func eachObject(value any, do func(map[string]any)) {
	switch value := value.(type) {
	case document:
		eachObject(map[string]any(value), do)
	case map[string]any:
		do(value)
		for _, inner := range value {
			eachObject(inner, do)
		}
	case []any:
		for _, inner := range value {
			eachObject(inner, do)
		}
	}
}

// patternsOf returns the patterns that the schemas have under a name in $defs,
// each once.
func patternsOf(t *testing.T, name string) []*regexp.Regexp {
	t.Helper()
	texts := map[string]bool{}
	for _, document := range ownSchemas(t) {
		definition := asObject(asObject(document["$defs"])[name])
		for _, part := range append(asList(definition["allOf"]), any(definition)) {
			if pattern, ok := asObject(part)["pattern"].(string); ok {
				texts[pattern] = true
			}
		}
	}
	var all []*regexp.Regexp
	for _, text := range slices.Sorted(maps.Keys(texts)) {
		all = append(all, regexp.MustCompile(text))
	}
	return all
}

// TestDatePattern makes sure that the pattern of a date alone knows the calendar.
func TestDatePattern(t *testing.T) {
	patterns := patternsOf(t, "date")
	if len(patterns) != 1 {
		t.Fatalf("the kinds have %d patterns of a date", len(patterns))
	}
	for year := 1985; year <= 2105; year++ {
		for month := range 14 {
			for day := range 33 {
				text := fmt.Sprintf("%d-%02d-%02d", year, month, day)
				_, err := time.Parse(time.DateOnly, text)
				if want := err == nil && 1990 <= year && year <= 2100; patterns[0].MatchString(text) != want {
					t.Fatalf("%s: %v, want %v", text, !want, want)
				}
			}
		}
	}
	for _, text := range []string{"01.02.2026", "1889-01-01", "02026-01-01", "2026-1-1", "2026-01-011", " 2026-01-01", "2026-01-01 ", "2026-01-01\n"} {
		if patterns[0].MatchString(text) {
			t.Errorf("%q is a date", text)
		}
	}
}

// TestUnseenPattern makes sure that a web address may hold every character that is
// seen, and none that is not: blanks, control characters and what has no shape.
func TestUnseenPattern(t *testing.T) {
	patterns := patternsOf(t, "url")
	if len(patterns) != 2 {
		t.Fatalf("the kinds have %d patterns of a web address", len(patterns))
	}
	allowed := func(r rune) bool {
		text := "https://a.example/?" + string(r)
		return patterns[0].MatchString(text) && patterns[1].MatchString(text)
	}
	seen := []rune("https://a.example/?")
	for r := range unicode.MaxRune + 1 {
		switch {
		case unicode.In(r, unicode.Z, unicode.Cc, unicode.Cf, unicode.Co):
			if allowed(r) {
				t.Errorf("%U is allowed, which nobody sees", r)
			}
		case unicode.IsPrint(r) && r != '#':
			seen = append(seen, r)
		}
	}
	for _, pattern := range patterns {
		if !pattern.MatchString(string(seen)) {
			t.Errorf("%s refuses a character that is seen", pattern)
		}
	}
}
