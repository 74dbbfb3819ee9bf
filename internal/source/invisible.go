package source

import (
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"
)

// InvisibleAt reports whether the character at an offset shows nothing and has no
// work to do there: it makes texts that look the same differ, and a reversed
// direction shows another text than there is.
func InvisibleAt(text []byte, at int) bool {
	r, size := utf8.DecodeRune(text[at:])
	if !showsNothing(r) {
		return false
	}
	before, after := text[:at], text[at+size:]
	switch {
	case r == nonJoiner:
		return !isBetweenJoined(before, after)
	case r == joiner:
		return !isBetweenJoined(before, after) && !endsJoined(before) && !joinsEmoji(before, after)
	case unicode.Is(unicode.Variation_Selector, r), r == vowelSeparator:
		return !selects(before, r)
	case isTag(r):
		return !isFlag(text, at)
	}
	return true
}

const (
	nonJoiner      = '\u200C'
	joiner         = '\u200D'
	vowelSeparator = '\u180E' // of Mongolian
	textStyle      = '\uFE0E' // for an emoji
	emojiStyle     = '\uFE0F'
)

// showsNothing reports whether r is a character that shows nothing: a format
// character, or one that Unicode has programs ignore by default. A few format
// characters of Arabic and Kaithi do show: they enclose a number.
func showsNothing(r rune) bool {
	switch {
	case r < 0x300:
		return r == '\u00AD'
	case unicode.Is(unicode.Cf, r):
		return !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
	case r == '\u2800', r == '\U0001D159', r == '\U00016FE4': // blank letters
		return true
	}
	return unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// Scripts in which a joiner changes how letters are drawn (UAX 31, contexts A1, A2
// and B): cursive ones, and those that write a vowel's absence.
var (
	cursive = []*unicode.RangeTable{
		unicode.Arabic, unicode.Syriac, unicode.Mandaic, unicode.Manichaean, unicode.Mongolian, unicode.Nko, unicode.Phags_Pa,
		unicode.Psalter_Pahlavi, unicode.Adlam, unicode.Hanifi_Rohingya, unicode.Sogdian, unicode.Chorasmian,
	}
	indic = []*unicode.RangeTable{
		unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu,
		unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Tibetan, unicode.Myanmar, unicode.Khmer, unicode.Balinese,
		unicode.Javanese, unicode.Kaithi, unicode.Chakma, unicode.Newa, unicode.Tirhuta, unicode.Grantha, unicode.Sharada,
		unicode.Limbu, unicode.Meetei_Mayek, unicode.Tai_Tham, unicode.Sundanese, unicode.Khojki, unicode.Batak,
	}
)

// isBetweenJoined reports whether letters of one script that joins them are on both
// sides.
func isBetweenJoined(before, after []byte) bool {
	left, right := scriptOf(lastLetter(before)), scriptOf(firstLetter(after))
	return left != nil && left == right
}

// endsJoined reports whether a text ends in a letter that takes a joiner behind it
// without another letter there: a cursive one, or an Indic one without its vowel.
func endsJoined(before []byte) bool {
	r := lastLetter(before)
	return unicode.In(r, cursive...) || unicode.Is(unicode.Mn, r) && unicode.In(r, indic...)
}

// scriptOf returns the script of a letter or its marks, if it joins letters.
func scriptOf(r rune) *unicode.RangeTable {
	if !unicode.In(r, unicode.L, unicode.M) {
		return nil
	}
	for _, scripts := range [][]*unicode.RangeTable{cursive, indic} {
		for _, script := range scripts {
			if unicode.Is(script, r) {
				return script
			}
		}
	}
	return nil
}

// lastLetter returns the last character of a text that is no mark of all scripts.
func lastLetter(text []byte) rune {
	for {
		r, size := utf8.DecodeLastRune(text)
		if !isCommonMark(r) {
			return r
		}
		text = text[:len(text)-size]
	}
}

func firstLetter(text []byte) rune {
	for {
		r, size := utf8.DecodeRune(text)
		if !isCommonMark(r) {
			return r
		}
		text = text[size:]
	}
}

func isCommonMark(r rune) bool {
	return unicode.Is(unicode.Mn, r) && unicode.Is(unicode.Inherited, r) && !showsNothing(r)
}

// joinsEmoji reports whether symbols are on both sides: a family, a profession.
func joinsEmoji(before, after []byte) bool {
	left, size := utf8.DecodeLastRune(before)
	if left == emojiStyle {
		left, _ = utf8.DecodeLastRune(before[:len(before)-size])
	}
	right, _ := utf8.DecodeRune(after)
	return isSymbol(left) && isSymbol(right)
}

// isSymbol reports whether r may be drawn as an emoji: Unicode's other symbols, the
// arrows and colours of skin among them, and a few that it counts elsewhere.
func isSymbol(r rune) bool {
	switch r {
	case '‼', '⁉', 'ℹ', '〰', '〽':
		return true
	}
	return r >= 0xA9 && unicode.Is(unicode.S, r)
}

// selects reports whether a variation selector has something in front of it that
// it selects the form of.
func selects(before []byte, selector rune) bool {
	r, _ := utf8.DecodeLastRune(before)
	switch {
	case unicode.Is(unicode.Mongolian, selector), selector == vowelSeparator:
		return unicode.Is(unicode.Mongolian, r) && unicode.IsLetter(r)
	case selector == textStyle, selector == emojiStyle:
		return isSymbol(r) || r == '#' || r == '*' || r >= '0' && r <= '9'
	case selector > 0xFFFF:
		return unicode.Is(unicode.Han, r)
	}
	return unicode.In(r, unicode.Han, unicode.Myanmar, unicode.Phags_Pa, unicode.Manichaean, unicode.Sm)
}

// isTag reports whether r is one of the characters that spell the name of a flag.
func isTag(r rune) bool { return r >= 0xE0020 && r <= 0xE007F }

// flags are the names that Unicode recommends behind a black flag.
var flags = []string{"gbeng", "gbsct", "gbwls"}

// isFlag reports whether the tag at an offset is part of the flag of a country that
// has no letters of its own.
func isFlag(text []byte, at int) bool {
	const blackFlag, end = '\U0001F3F4', 0xE007F
	start := at
	for {
		r, size := utf8.DecodeLastRune(text[:start])
		if !isTag(r) {
			break
		}
		start -= size
	}
	if r, _ := utf8.DecodeLastRune(text[:start]); r != blackFlag {
		return false
	}
	var name []rune
	for {
		r, size := utf8.DecodeRune(text[start:])
		start += size
		if r == end {
			break
		}
		if !isTag(r) || len(name) > len(flags[0]) {
			return false
		}
		name = append(name, r-0xE0000)
	}
	return slices.Contains(flags, string(name))
}

// invisibleNames are Unicode's names of the characters that are met most.
var invisibleNames = map[rune]string{
	0x00AD: "soft hyphen", 0x034F: "combining grapheme joiner", 0x061C: "Arabic letter mark",
	0x115F: "Hangul choseong filler", 0x1160: "Hangul jungseong filler", 0x180E: "Mongolian vowel separator",
	0x200B: "zero width space", 0x200C: "zero width non-joiner", 0x200D: "zero width joiner",
	0x200E: "left-to-right mark", 0x200F: "right-to-left mark", 0x202A: "left-to-right embedding",
	0x202B: "right-to-left embedding", 0x202C: "pop directional formatting", 0x202D: "left-to-right override",
	0x202E: "right-to-left override", 0x2060: "word joiner", 0x2061: "function application", 0x2062: "invisible times",
	0x2063: "invisible separator", 0x2064: "invisible plus", 0x2066: "left-to-right isolate",
	0x2067: "right-to-left isolate", 0x2068: "first strong isolate", 0x2069: "pop directional isolate",
	0x2800: "Braille pattern blank", 0x3164: "Hangul filler", 0xFEFF: "zero width no-break space",
	0xFFA0: "halfwidth Hangul filler", 0xFFF9: "interlinear annotation anchor",
	0xFFFA: "interlinear annotation separator", 0xFFFB: "interlinear annotation terminator",
}

// NameOf names a character that cannot be shown.
func NameOf(r rune) string {
	name := invisibleNames[r]
	switch {
	case unicode.Is(unicode.Variation_Selector, r):
		name = "variation selector"
	case isTag(r):
		name = "tag"
	}
	if name == "" {
		return fmt.Sprintf("U+%04X", r)
	}
	return fmt.Sprintf("%s (U+%04X)", name, r)
}
