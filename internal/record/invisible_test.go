package record_test

import (
	"testing"
)

func TestInvisibleCharacters(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"zero width space", "a: Ac«\u200b»me\n", "zero width space (U+200B)"},
		{"in a comment", "a: b # «\u202e»c\n", "right-to-left override (U+202E)"},
		{"in a key", "«\u2060»a: b\n", "word joiner (U+2060)"},
		{"isolate", "a: «\u2066»b\u2069\n", "left-to-right isolate (U+2066)"},
		{"mark of direction", "a: b«\u200f»\n", "right-to-left mark (U+200F)"},
		{"soft hyphen", "a: part«\u00ad»ner\n", "soft hyphen (U+00AD)"},
		{"filler", "a: «\u3164»\n", "Hangul filler (U+3164)"},
		{"old filler", "a: «\u115f»\n", "Hangul choseong filler (U+115F)"},
		{"blank pattern", "a: \"«\u2800»\"\n", "Braille pattern blank (U+2800)"},
		{"mark inside", "a: «\ufeff»b c\n", "zero width no-break space (U+FEFF)"},
		{"tag", "a: b«\U000E0061»\n", "tag (U+E0061)"},
		{"tags of no flag", "a: \U0001F3F4«\U000E0078»\U000E007F\n", "tag (U+E0078)"},
		{"tags without an end", "a: \U0001F3F4«\U000E0067»\U000E0062\U000E0065\U000E006E\U000E0067\n", "tag (U+E0067)"},
		{"selector of nothing", "a: b«\ufe0f»\n", "variation selector (U+FE0F)"},
		{"selector behind a blank", "a: x «\U000E0100»\n", "variation selector (U+E0100)"},
		{"selector of a digit that is none", "a: b«\ufe01»\n", "variation selector (U+FE01)"},
		{"joiner between Latin letters", "a: b«\u200d»c\n", "zero width joiner (U+200D)"},
		{"non-joiner between Latin letters", "a: b«\u200c»c\n", "zero width non-joiner (U+200C)"},
		{"non-joiner at an end", "a: می«\u200c»\n", "zero width non-joiner (U+200C)"},
		{"non-joiner between two scripts", "a: می«\u200c»b\n", "zero width non-joiner (U+200C)"},
		{"joiner twice", "a: क्\u200d«\u200d»ष\n", "zero width joiner (U+200D)"},
		{"joiner behind one emoji", "a: 👩«\u200d» b\n", "zero width joiner (U+200D)"},
		{"one without a name here", "a: «\U0001BCA0»\n", "U+1BCA0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text, spans := unmark(t, test.text)
			got := findingsOf(t, text)
			if len(got) != 1 || got[0].Rule != "yaml/encoding" || got[0].Span != spans[0] || got[0].Message != "an invisible character stands here: "+test.want {
				t.Errorf("got %v, want %v at %v", got, test.want, spans[0])
			}
		})
	}
}

// TestCharactersThatStay has characters that show nothing by themselves and do
// something where they are, and some that only look unusual.
func TestCharactersThatStay(t *testing.T) {
	for _, text := range []string{
		"می\u200cخواهم", "کتاب\u200cها", "نامه\u200cای", "ه\u200d", "مِ\u200cخواهم", // Persian
		"क्\u200dष", "क्\u200cष", "र्\u200dय", "র\u200d্যাব", "ශ්\u200dරී ලංකා", "അവന്\u200d", "ന്\u200cറെ", // Indic
		"👩\u200d💻", "👨\u200d👩\u200d👧\u200d👦", "🏳\ufe0f\u200d🌈", "❤\ufe0f\u200d🔥", "🧑🏽\u200d🚀", "🏃\u200d♀\ufe0f\u200d➡\ufe0f", "🐻\u200d❄\ufe0f", "❤\ufe0f", "1\ufe0f⃣", "☎\ufe0e", "ℹ\ufe0f", "‼\ufe0f", "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F",
		"葛\U000E0100", "≨\ufe00", "ᠠ\u180eᠡ",
		"a\u00a0b", "a\u3000b", "a\u202fb", "e\u0301", "\u0600١", "₪", "日本",
	} {
		if got := load(t, "a: "+text+"\n").Root.Field("a").Text; got != text {
			t.Errorf("%q is read as %q", text, got)
		}
	}
}
