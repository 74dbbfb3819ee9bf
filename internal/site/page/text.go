package page

import (
	"regexp"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// oneLine returns text as it is shown on a line, with what acts on a page
// written out.
func oneLine(text string) string { return source.Readable(strings.TrimSpace(text)) }

// A stretch of prose is words, or what is set apart from them: code, or a day.
type stretch struct {
	Apart bool
	Text  string
}

// apart sets apart from a text what matches.
func apart(text string, what *regexp.Regexp) []stretch {
	var all []stretch
	last := 0
	for _, at := range what.FindAllStringIndex(text, -1) {
		all = append(all, stretch{false, text[last:at[0]]}, stretch{true, text[at[0]:at[1]]})
		last = at[1]
	}
	return append(all, stretch{false, text[last:]})
}

var writtenDay = lazy.Pattern(`\b\d{4}-\d{2}-\d{2}\b`)

// dated takes apart a line of a record's, so that no day in it is broken at a
// hyphen.
func dated(text string) []stretch { return apart(oneLine(text), writtenDay()) }

// prose takes apart text of the validator's, of rules and of schemas, which has
// code in backticks.
func prose(text string) []stretch {
	var all []stretch
	for i, part := range strings.Split(strings.ReplaceAll(text, "\n", " "), "`") {
		if part != "" {
			all = append(all, stretch{i%2 == 1, source.Readable(part)})
		}
	}
	return all
}

// words returns a value of a record's, such as in_progress, as it is read.
func words(value string) string { return source.Readable(strings.ReplaceAll(value, "_", " ")) }

// slug returns a value as a class or the name of a page: its plain letters and
// digits, with a hyphen for what stands between them.
func slug(value string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(value) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}

// short returns as much of a commit's name as is read.
func short(commit string) string { return commit[:min(len(commit), 8)] }

// within returns the part of a path that is within the partner's folder.
func within(path string) string {
	if parts := strings.SplitN(path, "/", 3); len(parts) == 3 {
		return parts[2]
	}
	return path
}
