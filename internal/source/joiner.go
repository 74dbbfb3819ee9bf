package source

import (
	"unicode"
	"unicode/utf8"
)

// The characters that have others written together, or apart, and do not show.
const (
	nonJoiner = '\u200c'
	joiner    = '\u200d'
)

// joining is the scripts in which a joiner or a non-joiner changes how the
// letters beside it are written.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mandaic, unicode.Mongolian, unicode.Phags_Pa, unicode.Manichaean,
	unicode.Psalter_Pahlavi, unicode.Adlam, unicode.Hanifi_Rohingya, unicode.Sogdian,
	unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu,
	unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Tibetan, unicode.Myanmar, unicode.Khmer, unicode.Balinese,
	unicode.Javanese, unicode.Inherited,
}

// joins reports whether the character at i in s is a joiner or a non-joiner
// between two letters of such a script, or a joiner between two pictures that
// make a single one.
func joins(s string, i int) bool {
	r, size := utf8.DecodeRuneInString(s[i:])
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+size:])
	switch r {
	case joiner:
		return isJoining(before) && isJoining(after) || isPicture(before) && isPicture(after)
	case nonJoiner:
		return isJoining(before) && isJoining(after)
	}
	return false
}

func isJoining(r rune) bool { return unicode.In(r, unicode.L, unicode.M) && unicode.In(r, joining...) }

// isPicture reports whether a character can be part of an emoji: a picture, a
// colour of skin, or what says that it is one.
func isPicture(r rune) bool {
	const asPicture = '\ufe0f'
	return r == asPicture || unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) && r > unicode.MaxLatin1
}
