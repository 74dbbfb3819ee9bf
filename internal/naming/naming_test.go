package naming

import "testing"

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
