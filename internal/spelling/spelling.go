// Package spelling finds the word that was meant where another was typed.
package spelling

import (
	"errors"
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Meant returns the candidate that word was most likely meant to be, or "" where
// none is near, or two are as near.
func Meant(word string, candidates []string) string {
	limit := len(word) / 3
	if len(word) < 4 { // another letter makes another word of these
		limit = 0
	}
	if near := Nearest(word, candidates, limit); len(near) == 1 {
		return near[0]
	}
	return ""
}

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

// Unknown returns the error that word is none of the words, each of which is
// what noun says.
func Unknown(noun, word string, words []string) error {
	message := fmt.Sprintf("there is no %s %q; there are %s", noun, word, strings.Join(words, ", "))
	if meant := Meant(word, words); meant != "" {
		message += fmt.Sprintf(" (did you mean `%s`?)", meant)
	}
	return errors.New(message)
}
