package record

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// maxDigits and maxExponent bound the numbers that a record may hold: what is
// larger is a slip, and costs every reader of the record time and digits.
const (
	maxDigits   = 30
	maxExponent = 30
)

var (
	// jsonNumber is RFC 8259, section 6.
	jsonNumber = regexp.MustCompile(`^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE]([-+]?[0-9]+))?$`)

	// looseNumber is what else YAML 1.1 (yaml.org/type/int.html, float.html)
	// or YAML 1.2 (section 10.3.2) reads as a number.
	looseNumber = regexp.MustCompile(`^[-+]?(?:` + strings.Join([]string{
		`0b[01_]+`,
		`0o[0-7_]+`,
		`0x[0-9a-fA-F_]+`,
		`[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?`, // base 60: 1:30
		`[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?`,
		`\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?`,
		`\.(?:inf|Inf|INF)`,
	}, "|") + `)$|^\.(?:nan|NaN|NAN)$`)
)

// plainKind tells what a plain (unquoted) scalar is, and whether a record may
// hold it: numberProblem and reportBoolean say why not.
func plainKind(text string) (kind Kind, sound bool) {
	switch text {
	case "", "~", "null", "Null", "NULL":
		return Null, true
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return Bool, true
	case "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF":
		return String, false // yaml.org/type/bool.html: a truth value to YAML 1.1
	}
	if !mayBeNumber(text) {
		return String, true
	}
	if match := jsonNumber.FindStringSubmatch(text); match != nil {
		return Number, beyondReason(text, match[1]) == ""
	}
	if looseNumber.MatchString(text) {
		return Number, false
	}
	return String, true
}

// IsNumber reports whether a record may hold text as a number.
func IsNumber(text string) bool {
	kind, sound := plainKind(text)
	return kind == Number && sound
}

// mayBeNumber spares most texts, dates among them, the regular expressions.
func mayBeNumber(text string) bool {
	if !strings.ContainsRune("+-.0123456789", rune(text[0])) {
		return false
	}
	sign := strings.LastIndexAny(text, "+-")
	return sign <= 0 || text[sign-1] == 'e' || text[sign-1] == 'E'
}

func beyondReason(text, exponent string) string {
	mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
	digits := len(mantissa) - strings.Count(mantissa, "-") - strings.Count(mantissa, ".")
	power, err := strconv.Atoi(exponent)
	switch {
	case digits > maxDigits:
		return "has more than " + strconv.Itoa(maxDigits) + " digits"
	case exponent != "" && (err != nil || power > maxExponent || power < -maxExponent):
		return "has an exponent above " + strconv.Itoa(maxExponent)
	}
	return ""
}

// spellings are the families of numbers that JSON does not write so: what a
// text of the family has, and what is wrong with it.
var spellings = []struct {
	has     *regexp.Regexp
	message string
}{
	{regexp.MustCompile(`_`), "a number has no `_` in it: write %s for %s"},
	{regexp.MustCompile(`^\+`), "a number does not start with `+`: write %s for %s"},
	{regexp.MustCompile(`^-?0[0-9]`), "a number does not start with 0: write %s for %s"},
	{regexp.MustCompile(`^-?\.`), "a digit is missing in front of the point: write %s for %s"},
	{regexp.MustCompile(`\.(?:$|[eE])`), "a digit is missing behind the point: write %s for %s"},
}

var basePrefix = regexp.MustCompile(`^[-+]?0([box])`)

var baseNames = map[string]string{"b": "a binary", "o": "an octal", "x": "a hexadecimal"}

// numberProblem says why a record must not hold a number, and what to type
// instead.
func numberProblem(text string) (message, help string) {
	if match := jsonNumber.FindStringSubmatch(text); match != nil {
		return fmt.Sprintf("`%s` %s", text, beyondReason(text, match[1])), numberRule.Help
	}
	decimal := plainDecimal(text)
	help = numberRule.Help
	if decimal != "" {
		help = fmt.Sprintf("Write %s if it is a number, %q if it is text, such as a code.", decimal, text)
	}
	lower := strings.ToLower(text)
	switch base := basePrefix.FindStringSubmatch(text); {
	case strings.HasSuffix(lower, "inf"), strings.HasSuffix(lower, "nan"):
		return fmt.Sprintf("`%s` is no number that can be counted with", text),
			fmt.Sprintf("Write a plain number, such as 12 or 0.5, or %q if it is text.", text)
	case strings.Contains(text, ":"):
		return fmt.Sprintf("some programs read `%s` as a number to the base 60; put it in quotes if it is a time", text),
			fmt.Sprintf("Write %q if it is a time, a plain number such as 12 or 0.5 otherwise.", text)
	case base != nil:
		return fmt.Sprintf("some programs read `%s` as %s number, others as text", text, baseNames[base[1]]), help
	}
	for _, spelling := range spellings {
		if decimal != "" && spelling.has.MatchString(text) {
			return fmt.Sprintf(spelling.message, decimal, text), help
		}
	}
	return fmt.Sprintf("`%s` can be read as a number in more than one way, or as none", text), help
}

var decimalParts = regexp.MustCompile(`^\+?(-?)0*([0-9]*)(?:\.([0-9]*))?((?:[eE].*)?)$`)

// plainDecimal returns a number as a record may hold it, or "" where it is
// beyond reason.
func plainDecimal(text string) string {
	text = strings.ReplaceAll(text, "_", "")
	if basePrefix.MatchString(text) {
		n, err := strconv.ParseInt(text, 0, 64)
		if err != nil {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	parts := decimalParts.FindStringSubmatch(text)
	if parts == nil {
		return ""
	}
	decimal := parts[1] + cmp.Or(parts[2], "0")
	if parts[3] != "" {
		decimal += "." + parts[3]
	}
	decimal += parts[4]
	if !IsNumber(decimal) {
		return ""
	}
	return decimal
}
