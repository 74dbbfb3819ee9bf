package record_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var thirtyDigits = strings.Repeat("9", 30)

// numbers are what a record may hold, each with its digits as written.
var numbers = []string{
	"1e3", "1E3", "1e+3", "1.5e3", "12e03", "1e30", "1e-30", thirtyDigits + "e30", // numbers to JSON and YAML 1.2
	"0", "-0", "7", "-12", "1.10", "0.5", "-0.50", "0.0", "1.0e+3", "1.0E+3", "1.5e-3", "12.0e+03",
	"1.0e+30", "1.0e-30", "1.0E+30", thirtyDigits, "-" + thirtyDigits, "0." + thirtyDigits[1:], thirtyDigits[1:] + ".0e+30",
}

// strayNumbers are numbers to YAML 1.1 or 1.2 that JSON does not write so, or
// that no record needs.
var strayNumbers = []string{
	"012", "-012", "00", "09", "0.5_0", "01.5", "0_1",
	"0x1f", "0xFF", "-0x1f", "0x_1f", "0o7", "0o17", "+0o7", "0b1", "0b101", "-0b1", "0b1_0",
	"1_000", "1__0", "1_", "1_000.5", "+5", "+0", "+1.5", "+1e3", ".5", "-.5", "+.5", ".5e3", ".5_0", "5.", "-5.", "5.e3",
	".inf", ".Inf", ".INF", "-.inf", "+.INF", ".nan", ".NaN", ".NAN",
	"12:30", "12:30:45", "1:00", "-1:30", "+1:30", "12:30:45.5", "190:20:30", "0:5",
	"1e31", "1e-31", "1E+31", "1e400", "1e3000000", "1e99999999999999999999", "0e31",
	"1" + thirtyDigits, "-1" + thirtyDigits, "0." + thirtyDigits, "1." + thirtyDigits,
}

// almostNumbers are strings to every reader of YAML.
var almostNumbers = []string{
	"1.2.3", "12:60", "12:3:60", "1e", "1e+", "e3", "0xg", "0o8", "0b2", "0x", "0b", "x1f",
	"1-2", "1+2", "1/2", "1;5", "1 000", "5 EUR", "5%", "_1", "_", ".", "..", "+", "-a", "+a", ".a", "--5", "+-5", "5..", ".5.",
	"inf", "Inf", "nan", "NaN", "infinity", ".infinity", ".iNF", "-.nan", "+.nan", "٣", "１２", "12a", "1e3x",
}

func TestNumbers(t *testing.T) {
	for _, number := range numbers {
		t.Run(number, func(t *testing.T) {
			for _, form := range []string{"[%s]", "- %s\n", "-   %s # five\n", "[ %s ,]"} {
				want := []any{json.Number(number)}
				if diff := cmp.Diff(want, load(t, fmt.Sprintf(form, number)).Root.JSON()); diff != "" {
					t.Errorf("%q (-want +got):\n%s", form, diff)
				}
			}
			checkIsKey(t, number, "yaml/key")
		})
	}
}

func TestStrayNumbers(t *testing.T) {
	for _, number := range strayNumbers {
		t.Run(number, func(t *testing.T) {
			for _, form := range []string{"«%s»", "a: «%s»\n", "- «%s»\n", "[é, «%s»]", "{日本: «%s» }", "a:\n  - b: «%s» # five\n"} {
				text, spans := unmark(t, fmt.Sprintf(form, number))
				want := []string{brief(spans[0], "yaml/number")}
				if diff := cmp.Diff(want, briefs(findingsOf(t, text))); diff != "" {
					t.Errorf("%q (-want +got):\n%s", form, diff)
				}
			}
			checkIsKey(t, number, "yaml/key")
		})
	}
}

func TestAlmostNumbers(t *testing.T) {
	for _, text := range almostNumbers {
		t.Run(text, func(t *testing.T) { checkIsString(t, text, text) })
	}
}

func TestQuotedNumbers(t *testing.T) {
	for _, number := range append(numbers, strayNumbers...) {
		t.Run(number, func(t *testing.T) {
			checkIsString(t, `"`+number+`"`, number)
			checkIsString(t, `'`+number+`'`, number)
		})
	}
}

func TestNumberMessages(t *testing.T) {
	const anyNumber = "Write a plain number, such as 12 or 0.5; put it in quotes if it is meant as text."
	for _, test := range []struct {
		number, message, help string
	}{
		{"010", "a number does not start with 0: write 10 for 010", `Write 10 if it is a number, "010" if it is text, such as a code.`},
		{"-01.50", "a number does not start with 0: write -1.50 for -01.50", `Write -1.50 if it is a number, "-01.50" if it is text, such as a code.`},
		{"00", "a number does not start with 0: write 0 for 00", `Write 0 if it is a number, "00" if it is text, such as a code.`},
		{"1_000.5", "a number has no `_` in it: write 1000.5 for 1_000.5", `Write 1000.5 if it is a number, "1_000.5" if it is text, such as a code.`},
		{"+5", "a number does not start with `+`: write 5 for +5", `Write 5 if it is a number, "+5" if it is text, such as a code.`},
		{".5", "a digit is missing in front of the point: write 0.5 for .5", `Write 0.5 if it is a number, ".5" if it is text, such as a code.`},
		{"-.5e-3", "a digit is missing in front of the point: write -0.5e-3 for -.5e-3", `Write -0.5e-3 if it is a number, "-.5e-3" if it is text, such as a code.`},
		{"5.", "a digit is missing behind the point: write 5 for 5.", `Write 5 if it is a number, "5." if it is text, such as a code.`},
		{"5.e3", "a digit is missing behind the point: write 5e3 for 5.e3", `Write 5e3 if it is a number, "5.e3" if it is text, such as a code.`},
		{"0x1f", "some programs read `0x1f` as a hexadecimal number, others as text", `Write 31 if it is a number, "0x1f" if it is text, such as a code.`},
		{"+0o17", "some programs read `+0o17` as an octal number, others as text", `Write 15 if it is a number, "+0o17" if it is text, such as a code.`},
		{"-0b1_0", "some programs read `-0b1_0` as a binary number, others as text", `Write -2 if it is a number, "-0b1_0" if it is text, such as a code.`},
		{"0xffffffffffffffffffff", "some programs read `0xffffffffffffffffffff` as a hexadecimal number, others as text", anyNumber},
		{".nan", "`.nan` is no number that can be counted with", `Write a plain number, such as 12 or 0.5, or ".nan" if it is text.`},
		{"-.INF", "`-.INF` is no number that can be counted with", `Write a plain number, such as 12 or 0.5, or "-.INF" if it is text.`},
		{"12:30", "some programs read `12:30` as a number to the base 60; put it in quotes if it is a time", `Write "12:30" if it is a time, a plain number such as 12 or 0.5 otherwise.`},
		{"+1e99", "`+1e99` can be read as a number in more than one way, or as none", anyNumber},
		{"1e31", "`1e31` has an exponent above 30", anyNumber},
	} {
		t.Run(test.number, func(t *testing.T) {
			got := findingsOf(t, "a: "+test.number+"\n")[0]
			if diff := cmp.Diff([]string{test.message, test.help}, []string{got.Message, got.Help}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// checkIsString checks that what is written is a string, as a value and as a key.
func checkIsString(t *testing.T, written, value string) {
	t.Helper()
	for _, form := range []string{"- %s\n", "[%s]"} {
		if diff := cmp.Diff([]any{value}, load(t, fmt.Sprintf(form, written)).Root.JSON()); diff != "" {
			t.Errorf("%q (-want +got):\n%s", form, diff)
		}
	}
	if diff := cmp.Diff(map[string]any{value: "a"}, load(t, written+": a").Root.JSON()); diff != "" {
		t.Errorf("as a key (-want +got):\n%s", diff)
	}
}

// checkIsKey checks that what is written as a key breaks the one rule.
func checkIsKey(t *testing.T, written, rule string) {
	t.Helper()
	for _, form := range []string{"«%s»: a", "é:\n  «%s»: a", "{日本: a, «%s» : a}", "? «%s»\n: a\n"} {
		text, spans := unmark(t, fmt.Sprintf(form, written))
		if diff := cmp.Diff([]string{brief(spans[0], rule)}, briefs(findingsOf(t, text))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", form, diff)
		}
	}
}
