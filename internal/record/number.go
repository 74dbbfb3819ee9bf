package record

import (
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

// plainKind tells what a plain (unquoted) scalar is. For a number that a
// record must not hold, problem says why.
func plainKind(text string) (kind Kind, problem string) {
	switch text {
	case "", "~", "null", "Null", "NULL":
		return Null, ""
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return Bool, ""
	}
	if !mayBeNumber(text) {
		return String, ""
	}
	if match := jsonNumber.FindStringSubmatch(text); match != nil {
		return Number, beyondReason(text, match[1])
	}
	if looseNumber.MatchString(text) {
		return Number, "can be read as a number in more than one way, or as none"
	}
	return String, ""
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
