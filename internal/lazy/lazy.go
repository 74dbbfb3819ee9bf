// Package lazy puts off what few runs need, and all would wait for.
package lazy

import (
	"regexp"
	"sync"
)

// Pattern returns a regular expression that is compiled once it is asked for, which
// takes longer than judging a record. It panics then where it is none.
func Pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
