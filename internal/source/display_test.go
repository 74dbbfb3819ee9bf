package source_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

func TestWidth(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       int
	}{
		{"empty", "", 0},
		{"ASCII", "seats: 5", 8},
		{"umlauts", "äöü", 3},
		{"wide", "日本語", 6},
		{"wide and narrow", "a日b", 4},
		{"full-width letters", "ＡＢ", 4},
		{"half-width katakana", "ｱｲ", 2},
		{"combining accent", "e\u0301", 1},
		{"emoji", "🦊", 2},
		{"joined emoji", "👩‍👩‍👧", 2},
		{"flag", "🇩🇪", 2},
		{"zero width space", "a\u200bb", 2},
		{"narrow or wide by locale", "§°…×", 4},
		{"replacement character", "\uFFFD", 1},
		{"right to left", "שלום", 4},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := source.Width(test.text); got != test.want {
				t.Errorf("%q takes %d cells, want %d", test.text, got, test.want)
			}
		})
	}
}

// TestWidthAsksNoLocale runs TestWidth where the display library would count
// the characters that are narrow or wide by locale as wide.
func TestWidthAsksNoLocale(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	again := exec.Command(program, "-test.run=^TestWidth$")
	again.Env = append(os.Environ(), "LC_ALL=ja_JP.UTF-8", "RUNEWIDTH_EASTASIAN=1")
	if output, err := again.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}

func TestVisible(t *testing.T) {
	for _, test := range []struct {
		name, text, want string
	}{
		{"empty", "", ""},
		{"ordinary text", `seats: 5 # "é" \n ~ 日本語 🦊`, `seats: 5 # "é" \n ~ 日本語 🦊`},
		{"combining accent", "e\u0301", "e\u0301"},
		{"no-break space", "a\u00a0b", "a\u00a0b"},
		{"line breaks and tab", "a\nb\rc\td", `a\nb\rc\td`},
		{"NUL", "a\x00b", `a\u0000b`},
		{"colour", "\x1b[31mred\x1b[0m", `\u001b[31mred\u001b[0m`},
		{"title of the terminal", "\x1b]0;x\a", `\u001b]0;x\u0007`},
		{"backspace", "a\bb", `a\u0008b`},
		{"DEL", "a\x7fb", `a\u007fb`},
		{"C1: CSI", "a\u009b31mb", `a\u009b31mb`},
		{"C1: next line", "a\u0085b", `a\u0085b`},
		{"bidi override", "a\u202eb\u202c", `a\u202eb\u202c`},
		{"bidi isolate", "a\u2066b\u2069", `a\u2066b\u2069`},
		{"zero width space", "a\u200bb", `a\u200bb`},
		{"joined emoji", "👩‍👧", `👩\u200d👧`},
		{"byte order mark", "\ufeffa", `\ufeffa`},
		{"line separator", "a\u2028b", `a\u2028b`},
		{"paragraph separator", "a\u2029b", `a\u2029b`},
		{"soft hyphen", "a\u00adb", `a\u00adb`},
		{"above U+FFFF", "a\U000e0041b", `a\U000e0041b`},
		{"byte that is no UTF-8", "a\xffb", `a\xffb`},
		{"cut character", "日\xe6\x97", `日\xe6\x97`},
		{"half of a surrogate pair", "\xed\xa0\x80", `\xed\xa0\x80`},
		{"overlong", "\xc0\x80", `\xc0\x80`},
		{"real replacement character", "a\ufffdb", "a\ufffdb"},
		{"real one beside a byte", "\ufffd\xff\ufffd\n", "\ufffd" + `\xff` + "\ufffd" + `\n`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, source.Visible(test.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadable(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "a\u202eb\n": `a\u202eb\n`,
		"می\u200cخواهم":        "می\u200cخواهم",        // Persian
		"क्\u200dष, क्\u200cष": "क्\u200dष, क्\u200cष", // Hindi
		"👩\u200d👧 ❤️\u200d🔥":   "👩\u200d👧 ❤️\u200d🔥",
		"👩🏽\u200d💻 🏳️\u200d🌈":  "👩🏽\u200d💻 🏳️\u200d🌈",
		"Ac\u200dme":           `Ac\u200dme`,
		"می\u200c":             `می\u200c`,
		"\u200dष":              `\u200dष`,
		"👩\u200c👧":             `👩\u200c👧`,
		"می\u200c\u200cخ":      `می\u200c\u200cخ`,
		"می\u200bخ":            `می\u200bخ`,
	} {
		if got := source.Readable(text); got != want {
			t.Errorf("%+q: got %+q, want %+q", text, got, want)
		}
	}
}

// FuzzVisible holds that what is shown acts on nothing, and that text that
// acts on nothing is shown as it is.
func FuzzVisible(f *testing.F) {
	for _, seed := range []string{
		"", "seats: 5", "日本語", "\x1b[31m", "a\u202eb", "\xff\ufffd", "\u2028\u2029\u0085", "\U000e0041\x7f\x00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		acts := func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }
		got := source.Visible(text)
		if strings.ContainsFunc(got, acts) || !utf8.ValidString(got) {
			t.Errorf("%q is shown as %q", text, got)
		}
		if harmless := utf8.ValidString(text) && !strings.ContainsFunc(text, acts); harmless != (got == text) {
			t.Errorf("%q is shown as %q", text, got)
		}
	})
}
