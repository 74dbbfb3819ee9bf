package guide

import (
	"cmp"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
)

var (
	punctuation = lazy.Pattern(`[^\p{L}\p{M}\p{Nd}\p{Pc} -]`)
	gap         = lazy.Pattern(`[ -]+`)
	number      = lazy.Pattern(`^\d+$`)
)

// anchor returns what GitLab calls the place of a heading: its words in lower
// case, without punctuation, with one hyphen in between, however many blanks and
// hyphens there were. Digits alone would stand for an issue there.
func anchor(title string) string {
	words := punctuation().ReplaceAllString(strings.ToLower(strings.TrimSpace(title)), "")
	return number().ReplaceAllString(gap().ReplaceAllString(words, "-"), "anchor-$0")
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
