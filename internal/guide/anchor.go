package guide

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
)

var (
	punctuation = regexp.MustCompile(`[^\p{L}\p{M}\p{Nd}\p{Pc} -]`)
	gap         = regexp.MustCompile(`[ -]+`)
	number      = regexp.MustCompile(`^\d+$`)
)

// anchor returns what GitLab calls the place of a heading: its words in lower
// case, without punctuation, with a hyphen in between. Digits alone would stand
// for an issue there.
func anchor(title string) string {
	name := gap.ReplaceAllString(punctuation.ReplaceAllString(strings.ToLower(strings.TrimSpace(title)), ""), "-")
	return number.ReplaceAllString(name, "anchor-$0")
}

// id returns the id of a heading. The second one of the same name has a number, as
// in GitLab.
func (r *reader) id(title string) string {
	name := cmp.Or(anchor(title), "section")
	before := r.taken[name]
	r.taken[name]++
	if before > 0 {
		name += "-" + strconv.Itoa(before)
		r.taken[name]++
	}
	return name
}
