// Package markdown writes text that others have typed into Markdown as GitLab
// reads it, so that it is shown and does nothing else.
package markdown

import (
	"net/url"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// Link returns text, which is Markdown, as a link to address, and as it is where
// there is none.
func Link(text, address string) string {
	if address == "" {
		return text
	}
	return "[" + text + "](" + address + ")"
}

// Inert returns text as Markdown that shows it and does nothing else. What is
// in backticks is code already, and words that could mean something to Markdown
// or to GitLab, such as @all, #1 or a link, become code: nothing has a meaning
// there. Backslashes would not do: what GitLab makes a link of, such as the id
// of a commit, need not have a character to escape.
func Inert(text string) string {
	var m inertText
	pieces := strings.Split(source.Visible(text), "`")
	for i, piece := range pieces {
		last := i == len(pieces)-1
		switch {
		case i%2 == 0:
			m.prose(piece)
		case last: // the backtick in front has no partner
			m.prose("`" + piece)
		case piece == "":
			m.code("``")
		default:
			m.code(piece)
		}
	}
	m.flush()
	return m.out.String()
}

// Cell is Inert for a cell of a table, which a vertical line would end, even in
// code. GitLab shows the entity as the line that it stands for.
func Cell(text string) string {
	pieces := strings.Split(text, "|")
	for i := range pieces {
		pieces[i] = Inert(pieces[i])
	}
	return strings.Join(pieces, "&#124;")
}

// An inertText is made of words and code. Code that touches code is one, since
// two pairs of backticks in a row would be read as another pair.
type inertText struct {
	out     strings.Builder
	pending string // code
}

func (m *inertText) code(text string) { m.pending += text }

func (m *inertText) prose(text string) {
	for i, word := range strings.Split(text, " ") {
		if i > 0 {
			m.plain(" ")
		}
		parts := wordParts().FindStringSubmatch(word)
		if m.plain(parts[1]); isHarmless(parts[2]) {
			m.plain(parts[2])
		} else {
			m.code(parts[2])
		}
		m.plain(parts[3])
	}
}

func (m *inertText) plain(text string) {
	if text != "" {
		m.flush()
		m.out.WriteString(text)
	}
}

func (m *inertText) flush() {
	m.out.WriteString(Code(m.pending))
	m.pending = ""
}

// A word is harmless between its punctuation if it is letters and digits, with
// a hyphen or an apostrophe in front of letters, or a date, and no commit's id;
// or if it is an arrow.
var (
	wordParts = lazy.Pattern(`^([("'“‘…–—]*)(.*?)([)"'”’,.?…–—]*[;:]?)$`)
	harmless  = lazy.Pattern(`^([\pL\pM\pN]+([-'’]\pL[\pL\pM]*)*|[0-9]{4}-[0-9]{2}-[0-9]{2}|→)?$`)
	commit    = lazy.Pattern(`(?i)(^|[-'’])[0-9a-f]{7,}([-'’]|$)`)
)

func isHarmless(word string) bool { return harmless().MatchString(word) && !commit().MatchString(word) }

// Code returns text, which has no line breaks, as Markdown's code. It stands
// between more backticks than it has in a row.
func Code(text string) string {
	if text == "" {
		return ""
	}
	longest, run := 0, 0
	for _, r := range text {
		if r != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	if blank := strings.Trim(text, " ") == ""; !blank && strings.Trim(text, "` ") != text {
		text = " " + text + " " // of which nothing is shown
	}
	return fence + text + fence
}

// PathURL returns a path as a relative URL. An ampersand is escaped too: to
// Markdown it could begin an entity.
func PathURL(file string) string {
	escaped := (&url.URL{Path: file}).EscapedPath()
	return strings.ReplaceAll(escaped, "&", "%26")
}
