// Package lookup finds what somebody named, in whatever way people name it: a
// kind by its title or in the plural, a partner by its name, a record by its id.
package lookup

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/spelling"
)

// An UnknownError says that nothing is named so.
type UnknownError struct {
	Name  string
	Noun  string   // what should have been named
	There []string // all that there is, where that is little
	Meant []string // what may have been meant, the way one can name it; may be empty
}

// Error implements error.
func (e *UnknownError) Error() string {
	there := ""
	if len(e.There) > 0 {
		there = "; there are " + strings.Join(e.There, ", ")
	}
	return fmt.Sprintf("there is no %s %q%s%s", e.Noun, e.Name, there, e.Hint())
}

// Hint returns what may have been meant, to be put behind a message, or "".
func (e *UnknownError) Hint() string {
	if len(e.Meant) == 0 {
		return ""
	}
	return "; did you mean `" + strings.Join(e.Meant, "` or `") + "`?"
}

// Hint returns what may have been meant where an error is an UnknownError, or "".
func Hint(err error) string {
	var unknown *UnknownError
	if errors.As(err, &unknown) {
		return unknown.Hint()
	}
	return ""
}

// ErrSeveral says that a name is not enough to know what is meant.
var ErrSeveral = errors.New("name one of them")

// names are the ways to name something, each with what is named so.
type names map[string][]string

func (n names) add(target string, ways ...string) {
	for _, way := range ways {
		if way != "" && !slices.Contains(n[way], target) {
			n[way] = append(n[way], target)
		}
	}
}

// find returns what is named so, but for capitals and what stands between words.
func (n names) find(name, noun string) (string, error) {
	switch found := n.nearest(name, 0); len(found) {
	case 1:
		return found[0], nil
	case 0:
		meant := n.nearest(name, 1+len(name)/4) // beyond that, it is another word
		return "", &UnknownError{Name: name, Noun: noun, Meant: meant[:min(len(meant), maxMeant)]}
	default:
		return "", several(name, noun, found)
	}
}

// maxMeant is of how many things that may be meant one is told.
const maxMeant = 3

// nearest returns what is named most like a word, if by at most limit letters
// otherwise.
func (n names) nearest(word string, limit int) []string {
	var ways, found []string
	for way := range n {
		ways = append(ways, way)
	}
	for _, way := range spelling.Nearest(word, ways, limit) {
		found = append(found, n[way]...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func several(name, noun string, found []string) error {
	more := ""
	if len(found) > maxNamed {
		more = fmt.Sprintf(" and %d others", len(found)-maxNamed)
	}
	return fmt.Errorf("%q is more than one %s: %s%s; %w", name, noun, strings.Join(found[:min(len(found), maxNamed)], ", "), more, ErrSeveral)
}

const maxNamed = 8
