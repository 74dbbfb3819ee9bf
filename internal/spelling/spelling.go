// Package spelling finds the word that was meant where another was typed.
package spelling

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Meant returns the candidate that word was most likely meant to be, or "" where
// none is near, or two are as near. A word that starts with another letter is
// another word: inactive is not active, nor external internal.
func Meant(word string, candidates []string) string {
	limit := 2
	switch {
	case len(word) < 4: // another letter makes another word of these
		limit = 0
	case len(word) < 8:
		limit = 1
	}
	near := Nearest(word, candidates, limit)
	if len(near) == 0 && limit == 1 { // letters that have changed places are two
		near = slices.DeleteFunc(Nearest(word, candidates, 2), func(c string) bool { return letters(c) != letters(word) })
	}
	if len(near) == 1 && first(near[0]) == first(word) {
		return near[0]
	}
	return ""
}

// letters returns the letters of a word in their order in the alphabet.
func letters(word string) string {
	runes := []rune(fold(word))
	slices.Sort(runes)
	return string(runes)
}

func first(word string) rune {
	r, _ := utf8.DecodeRuneInString(fold(word))
	return r
}

// Nearest returns those of the candidates that are spelled most like word, in
// their order, if they are at most limit letters from it. Capitals and what
// stands between words make no difference: startsAt is Starts-At.
func Nearest(word string, candidates []string, limit int) []string {
	var nearest []string
	word = fold(word)
	length := utf8.RuneCountInString(word)
	for _, candidate := range candidates {
		other := fold(candidate)
		if longer := length - utf8.RuneCountInString(other); max(longer, -longer) > limit {
			continue // as many letters must be added or left out; a word may be as long as a file
		}
		distance := levenshtein.ComputeDistance(word, other)
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
