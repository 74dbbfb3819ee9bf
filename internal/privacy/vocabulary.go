package privacy

import (
	"iter"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A Vocabulary knows the words of texts, in order to tell whether another one
// quotes them: in part, cut off, escaped or in another case. Words that all
// findings are made of are no quotation, unless there are four in a row. Where a
// text is long, other single words of it are none either, if they are short; two
// proper ones in a row are.
type Vocabulary struct {
	common  common
	telling map[string]bool       // single words, and words in a row
	whole   map[string][][]string // the words of whole texts, by the first
}

func newVocabulary(words common) Vocabulary {
	return Vocabulary{words, map[string]bool{}, map[string][][]string{}}
}

// Empty reports whether there are no words: no text quotes any.
func (v Vocabulary) Empty() bool { return len(v.telling) == 0 && len(v.whole) == 0 }

// Of a text of few words, each that is no mere syllable tells what it is. A long
// word does anywhere, and so does a number.
const (
	fewWords   = 4
	properWord = 4
	longWord   = 8
	longNumber = 3
	longRun    = 4
)

// topLevel is the end of an email address, which tells nothing.
var topLevel = regexp.MustCompile(`(@\S+)\.\pL+$`)

// Add takes in the words of a text.
func (v Vocabulary) Add(text string) {
	for _, text := range []string{text, source.Visible(text)} {
		words := wordsOf(topLevel.ReplaceAllString(text, "$1"))
		for _, word := range words {
			if v.common.tells(word) && telling(word, len(words)) {
				v.telling[word] = true
			}
		}
		for run := range v.runsOf(words) {
			v.telling[run] = true
		}
		if len(words) > 1 && slices.ContainsFunc(words, v.common.tells) {
			v.whole[words[0]] = append(v.whole[words[0]], words)
		}
	}
}

// telling reports whether a word of a text of that many tells what it is.
func telling(word string, of int) bool {
	return of == 1 || of <= fewWords && len(word) >= properWord || len(word) >= longWord ||
		len(word) >= longNumber && strings.ContainsFunc(word, unicode.IsDigit)
}

// runsOf returns the words in a row that tell what a text is.
func (v Vocabulary) runsOf(words []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := 1; i < len(words); i++ {
			a, b := words[i-1], words[i]
			if len(a) >= properWord && len(b) >= properWord && (v.common.tells(a) || v.common.tells(b)) && !yield(a+" "+b) {
				return
			}
			if i+1 >= longRun && !yield(strings.Join(words[i+1-longRun:i+1], " ")) {
				return
			}
		}
	}
}

// Drop takes out the words of a text. A whole text stays, unless it is a single
// word: the parts of an address may be public, and the address be private.
func (v Vocabulary) Drop(text string) {
	if len(v.telling) == 0 {
		return
	}
	words := wordsOf(text)
	for _, word := range words {
		delete(v.telling, word)
	}
	for run := range v.runsOf(words) {
		delete(v.telling, run)
	}
}

// In reports whether a text quotes any of the words.
func (v Vocabulary) In(text string) bool {
	if v.Empty() || text == "" {
		return false
	}
	words := wordsOf(text)
	for i, word := range words {
		begins := func(whole []string) bool {
			return len(whole) <= len(words)-i && slices.Equal(whole, words[i:i+len(whole)])
		}
		if v.telling[word] || slices.ContainsFunc(v.whole[word], begins) {
			return true
		}
	}
	for run := range v.runsOf(words) {
		if v.telling[run] {
			return true
		}
	}
	return false
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
