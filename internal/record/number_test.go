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
	"0", "-0", "7", "-12", "1.10", "0.5", "-0.50", "0.0", "1e3", "1E3", "1e+3", "1.5e-3", "12e03",
	"1e30", "1e-30", "1E+30", thirtyDigits, "-" + thirtyDigits, "0." + thirtyDigits[1:], thirtyDigits + "e30",
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
	"1.2.3", "12:60", "12:3:60", "2026-03-01", "2026-03-01T12:30:00Z", "1e", "1e+", "e3", "0xg", "0o8", "0b2", "0x", "0b", "x1f",
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
