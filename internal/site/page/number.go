package page

import (
	"math/big"
	"strconv"
	"strings"
)

// thousands returns a number with its thousands apart.
func thousands[N int | int64](n N) string { return grouped(strconv.FormatInt(int64(n), 10)) }

// grouped returns digits with the thousands apart.
func grouped(digits string) string {
	first := 0
	if strings.HasPrefix(digits, "-") {
		first = 1
	}
	for i := len(digits) - 3; i > first; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// countOf returns a number as templates have it.
func countOf(n any) string {
	switch n := n.(type) {
	case int:
		return thousands(n)
	case *int64:
		if n != nil {
			return thousands(*n)
		}
	case int64:
		return thousands(n)
	}
	return ""
}

// signed returns by how much a number went up or down.
func signed(n *int64) string {
	switch {
	case n == nil:
		return ""
	case *n > 0:
		return "+" + thousands(*n)
	case *n < 0:
		return "−" + thousands(-*n)
	}
	return "±0"
}

// some returns how many there are of something, such as "1 seat" or "2 seats".
func some(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

// money returns an amount with its thousands apart.
func money(amount string) string {
	n, ok := new(big.Int).SetString(amount, 10)
	if !ok {
		return ""
	}
	return grouped(n.String())
}
