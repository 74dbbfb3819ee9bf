// Package naming says which names are the same, and which only seem to differ.
package naming

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Key returns what all spellings of one name share: compatible characters made
// one (NFKC), letter case folded, blanks made one, invisible characters left out.
func Key(name string) string { return string(AppendKey(make([]byte, 0, len(name)), name)) }

// AppendKey appends the key of a name to a text.
func AppendKey(text []byte, name string) []byte {
	start := len(text)
	for at := 0; at < len(name); at++ { // word by word: most are ASCII, whatever the others are
		before, from := len(text), at
		for ; at < len(name) && !isBlank(name[at]); at++ {
			if at == from {
				text = apart(text, start)
			}
			text = append(text, lower(name[at]))
		}
		if word := name[from:at]; !isASCII(word) {
			text = appendFolded(text[:before], start, word)
		}
	}
	return text
}

// isBlank reports whether a character is a blank in ASCII.
func isBlank(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// appendFolded appends a word in any characters to the key that begins at start.
func appendFolded(text []byte, start int, word string) []byte {
	for word := range strings.FieldsSeq(word) { // there are other blanks
		folded := fold(norm.NFKC.String(visible(word)))
		for word := range strings.FieldsSeq(norm.NFKC.String(folded)) { // a sign may be compatible with a blank and another
			text = append(apart(text, start), word...)
		}
	}
	return text
}

// apart appends a blank to what there is of a key.
func apart(text []byte, start int) []byte {
	if len(text) > start {
		text = append(text, ' ')
	}
	return text
}

// Bare returns of a key its letters, digits and signs: blanks, punctuation and
// the legal forms at its end are left out. Legal forms are given by their bare
// keys.
func Bare(key string, legalForms map[string]bool) string {
	words := strings.FieldsFunc(key, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r) && !isInWord(r)
	})
	for i := range words {
		words[i] = strings.Map(func(r rune) rune {
			if isInWord(r) {
				return -1
			}
			return r
		}, words[i])
	}
	words = slices.DeleteFunc(words, func(word string) bool { return word == "" })
	for len(words) > 1 && legalForms[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return strings.Join(words, "")
}

// isInWord reports whether a sign stands within words, as in S.A. and Int'l.
func isInWord(r rune) bool { return r == '.' || r == '\'' || r == '’' }

// Host returns the host of a web address, without www; "" where it has none.
func Host(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.TrimSuffix(strings.ToLower(parsed.Hostname()), "."), "www.")
}

func fold(text string) string {
	if isASCII(text) {
		return strings.ToLower(text)
	}
	folder := cases.Fold()
	if same, err := folder.Span([]byte(text), true); err == nil && same == len(text) {
		return text // String makes room before it looks
	}
	return folder.String(text)
}

// visible returns the text without characters that show nothing.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) {
			return -1
		}
		return r
	}, text)
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}
