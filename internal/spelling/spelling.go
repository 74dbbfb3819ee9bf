// Package spelling finds the word that somebody most likely meant to write.
package spelling

import (
	"errors"
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the candidate that word was most likely meant to be, or "".
func Nearest(word string, candidates []string) string {
	best, bestDistance, tied := "", 1+len(word)/3, false
	if len(word) < 4 { // another letter makes another word of these
		bestDistance = 1
	}
	for _, candidate := range candidates {
		distance := levenshtein.ComputeDistance(fold(word), fold(candidate))
		switch {
		case distance < bestDistance:
			best, bestDistance, tied = candidate, distance, false
		case distance == bestDistance:
			tied = true
		}
	}
	if tied {
		return ""
	}
	return best
}

var separators = strings.NewReplacer("_", "", "-", "", " ", "")

// fold drops what differs between spellings of one name: startsAt, Starts-At.
func fold(name string) string {
	return separators.Replace(strings.ToLower(name))
}

// Unknown returns the error that word is none of the words, each of which is
// what noun says.
func Unknown(noun, word string, words []string) error {
	message := fmt.Sprintf("there is no %s %q; there are %s", noun, word, strings.Join(words, ", "))
	if meant := Nearest(word, words); meant != "" {
		message += fmt.Sprintf(" (did you mean `%s`?)", meant)
	}
	return errors.New(message)
}
