package site

import "testing"

func TestAddress(t *testing.T) {
	for text, want := range map[string]bool{
		"https://a.example":       true,
		"https://a.example/b?c#d": true,
		"HTTPS://a.example":       true,
		"http://a.example":        false,
		"javascript:alert(1)":     false,
		"https:a.example":         false,
		"https://":                false,
		"https://:80/":            false,
		"https://a@b.example":     false,
		"//a.example":             false,
		"https://a.example/ b":    false,
		"https://a.example/\"b":   false,
		"https://a.exa\u202emple": false,
		" https://a.example":      false,
		"https://a.example\n":     false,
		"https://a.example\\b":    false,
	} {
		if got := Address(text) != ""; got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
