// Package spelling finds the word that was meant where another was typed.
package spelling

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest returns those of the candidates that are spelled most like word, in
// their order, if they are at most limit letters from it. Capitals and what
// stands between words make no difference: startsAt is Starts-At.
func Nearest(word string, candidates []string, limit int) []string {
	var nearest []string
	for _, candidate := range candidates {
		distance := levenshtein.ComputeDistance(fold(word), fold(candidate))
		if distance < limit {
			nearest, limit = nil, distance
		}
		if distance == limit {
			nearest = append(nearest, candidate)
		}
	}
	return nearest
}

var separators = strings.NewReplacer("_", "", "-", "", " ", "")

func fold(name string) string { return separators.Replace(strings.ToLower(name)) }
