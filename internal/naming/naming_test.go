package naming

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

func TestKey(t *testing.T) {
	same := [][]string{
		{"Acme", "ACME", "acme ", " Acme", "Ac\u200bme", "Acme\u00a0", "Ａｃｍｅ", "Ac\u00adme", "Acme\ufe0f"},
		{"Straße", "STRASSE", "strasse"},
		{"Café", "Cafe\u0301", "CAFÉ"},
		{"Example CI", "Example  CI", "example\u2003ci", "Example\u00a0CI", "Example\nCI"},
		{"ﬁn", "FIN"},
		{"ΣΑΣ", "σας", "σασ"},
		{""},
	}
	seen := map[string]int{}
	for i, names := range same {
		for _, name := range names {
			if got, want := Key(name), Key(names[0]); got != want {
				t.Errorf("Key(%q) = %q, Key(%q) = %q", name, got, names[0], want)
			}
		}
		if other, known := seen[Key(names[0])]; known {
			t.Errorf("%q has the key of %q", names[0], same[other][0])
		}
		seen[Key(names[0])] = i
	}
}

// A text is compared word by word, and a word need not be one of the key's.
func TestKeyOfWords(t *testing.T) {
	for text, want := range map[string]string{
		"Grants for Ｅｘａｍｐｌｅ\u3000ＣＩ": "grants for example ci",
		"a\u00a8b C":       "a \u0308b c",
		"A \u200b b":       "a b",
		"x e\u0301 \u0301": "x \u00e9 \u0301",
	} {
		if got := Key(text); got != want {
			t.Errorf("Key(%q) = %q, want %q", text, got, want)
		}
	}
}

// FuzzKey holds that a key is what its words say, whichever shorter ways it is made by.
func FuzzKey(f *testing.F) {
	for _, name := range []string{
		"", "Acme Inc.", "Ac\u200bme é É 日本 ß ŉ ǰ ς ſ Ω", "a\u00a8b\u3000C", "x e\u0301 \u0301", "\xff\u0345\u1e9e", "Ａｃｍｅ ﬁn ᏸ Ꭰ",
	} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		var words []string
		for _, word := range strings.Fields(name) {
			folded := cases.Fold().String(norm.NFKC.String(visible(word)))
			words = append(words, strings.Fields(norm.NFKC.String(folded))...)
		}
		want := strings.Join(words, " ")
		if got := Key(name); got != want {
			t.Errorf("Key(%+q) = %+q, want %+q", name, got, want)
		}
		if got := string(AppendKey([]byte("a\n"), name)); got != "a\n"+want {
			t.Errorf("AppendKey(%+q) = %+q, want %+q behind a line", name, got, want)
		}
	})
}

// TestFoldAll holds that letter case is folded alike of every character, by itself.
func TestFoldAll(t *testing.T) {
	for r := range unicode.MaxRune + 1 {
		if got, want := fold(string(r)), cases.Fold().String(string(r)); got != want {
			t.Errorf("%U becomes %+q, want %+q", r, got, want)
		}
	}
}

func TestLooks(t *testing.T) {
	alike := func(a, b string) bool {
		x, y := Looks(a, Key(a)), Looks(b, Key(b))
		return x[0] == y[0] || x[1] == y[1] || x[2] == y[2]
	}
	for _, pair := range [][2]string{
		{"Acme", "Асmе"}, {"ACME", "АСМЕ"}, {"Acme", "АСМЕ"}, {"Example", "Exarnple"}, {"Tool", "T00l"}, {"Idol", "ldol"},
		{"GitIab", "GitLab"}, {"Pay1", "PayI"}, {"Acme", "ΑCΜE"}, {"100", "IOO"},
	} {
		if !alike(pair[0], pair[1]) {
			t.Errorf("%s and %s do not look alike", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{
		{"Acme", "Akme"}, {"Example 1", "Example 2"}, {"Example CI", "Example CD"}, {"Éxample", "Example"}, {"例", "列"}, {"", "a"},
	} {
		if alike(pair[0], pair[1]) {
			t.Errorf("%s and %s look alike", pair[0], pair[1])
		}
	}
}

func TestBare(t *testing.T) {
	forms := map[string]bool{"inc": true, "gmbh": true, "co": true, "kg": true, "sa": true}
	for name, want := range map[string]string{
		"Acme, Inc.": "acme", "ACME": "acme", "Acme S.A.": "acme", "Acme GmbH & Co. KG": "acme", "Acme-Tools": "acmetools",
		"Acme Tools": "acmetools", "Inc.": "inc", "Inc Tools": "inctools", "C++": "c++", "Int'l Tools": "intltools",
		"…": "", "Café GmbH": "café", "サンプル・ツール": "サンプルツール",
	} {
		if got := Bare(Key(name), forms); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestHost(t *testing.T) {
	for address, want := range map[string]string{
		"https://ci.example": "ci.example", "https://WWW.CI.example:443/a?b": "ci.example", "https://ci.example./": "ci.example",
		"https://": "", "": "", "ci": "", "https://[": "",
	} {
		if got := Host(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
