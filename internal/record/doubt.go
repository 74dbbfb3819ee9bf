package record

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/lazy"
)

// This file warns of texts that every reader of YAML takes alike, and that are hardly
// what was meant.

// warn notes what of a record that was read is in doubt.
func (l *loader) warn() {
	if l.past || len(l.findings) > 0 || !l.record.Root.isDoubtful() && !hasTightComment(l.record.File.Text()) {
		return
	}
	var found []finding.Finding
	untold := 0
	l.record.walk(l.record.Root, nil, func(n *Node, path []string) {
		doubts := l.record.doubts(n, path)
		if len(found) > MaxFindings {
			untold += len(doubts)
			return
		}
		found = append(found, doubts...)
	})
	l.record.Warnings = Limit(found, untold)
}

// isDoubtful reports whether a text in n may be in doubt for what is in it. It spares
// most records a closer look.
func (n *Node) isDoubtful() bool {
	switch n.Kind {
	case Map:
		return slices.ContainsFunc(n.Fields, func(f Field) bool { return f.Value.isDoubtful() })
	case List:
		return slices.ContainsFunc(n.Items, (*Node).isDoubtful)
	case String:
		return isDoubtful(n.Text)
	}
	return false
}

func isDoubtful(text string) bool {
	if len(text) < 2 {
		return false
	}
	first, last := text[0], text[len(text)-1]
	return first == 0xE2 || first == 0xC2 || last >= utf8.RuneSelf || last == '"' || strings.IndexByte(text, '&') >= 0
}

// hasTightComment reports whether a text holds a ` #` that a word follows at once.
func hasTightComment(text []byte) bool {
	for at := 1; at < len(text); at++ {
		next := bytes.IndexByte(text[at:], '#')
		if next < 0 {
			return false
		}
		if at += next; text[at-1] == ' ' && startsWord(text[at+1:]) {
			return true
		}
	}
	return false
}

func startsWord(text []byte) bool {
	r, _ := utf8.DecodeRune(text)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// walk calls visit with each value below one, and its path.
func (r *Record) walk(n *Node, path []string, visit func(n *Node, path []string)) {
	visit(n, path)
	for i := range n.Fields {
		r.walk(n.Fields[i].Value, append(slices.Clip(path), n.Fields[i].Key), visit)
	}
	for i, item := range n.Items {
		r.walk(item, append(slices.Clip(path), strconv.Itoa(i)), visit)
	}
}

// doubts returns what is in doubt about a value.
func (r *Record) doubts(n *Node, path []string) (found []finding.Finding) {
	if n.Kind != String || len(path) == 0 {
		return nil
	}
	if inner, ok := withoutQuotes(n); ok {
		message := "the quotes around this text are a part of it"
		if strings.HasPrefix(n.Text, inner) || strings.HasSuffix(n.Text, inner) {
			message = "a quote that is a part of this text stands on one side of it"
		}
		help := fmt.Sprintf("Write `%s`.", blockScalar(inner))
		if strings.Contains(inner, "`") || utf8.RuneCountInString(inner) > maxShown {
			help = "Delete the quotes, or type plain ones (\")."
		}
		warning := r.warning(quotesRule, path, message, help)
		found = append(found, warning.WithExpected(inner))
	}
	if plain := entity().ReplaceAllStringFunc(n.Text, character); plain != n.Text {
		warning := r.warning(entityRule, path, fmt.Sprintf("`%s` is how web pages write a character", entity().FindString(n.Text)), entityRule.Help)
		found = append(found, warning.WithExpected(plain))
	}
	if behind, ok := r.remark(n); ok {
		found = append(found, r.warning(commentRule, path, fmt.Sprintf("what is behind ` #` is a comment: `%s` is no part of the text", shorten(behind)), r.remarkHelp(n, path, behind)))
	}
	return found
}

func (r *Record) warning(rule *finding.Rule, path []string, message, help string) finding.Finding {
	warning := finding.New(rule, r.Locate(path, false), message)
	warning.Help = help
	return warning
}

// typographicQuotes are those that word processors write for plain ones.
const typographicQuotes = "“”„‟«»"

// withoutQuotes returns a text without typographic quotes around all of it, or without
// the one quote at its beginning or end.
func withoutQuotes(n *Node) (inner string, ok bool) {
	runes := []rune(n.Text)
	count := 0
	for _, r := range runes {
		if strings.ContainsRune(typographicQuotes, r) {
			count++
		}
	}
	last := len(runes) - 1
	opens := last > 0 && strings.ContainsRune(typographicQuotes, runes[0])
	closes := last > 0 && strings.ContainsRune(typographicQuotes, runes[last])
	switch {
	case opens && closes && count == 2, isInSingleQuotes(n.Text):
		inner = string(runes[1:last])
	case opens && count == 1:
		inner = string(runes[1:])
	case closes && count == 1, count == 0 && n.style == plain && endsInQuote(n.Text):
		inner = string(runes[:last])
	}
	inner = strings.TrimSpace(inner)
	return inner, inner != ""
}

// isInSingleQuotes reports whether typographic single quotes stand around all of a text.
// The closing one is an apostrophe as well.
func isInSingleQuotes(text string) bool {
	inner, opens := strings.CutPrefix(text, "‘")
	inner, closes := strings.CutSuffix(inner, "’")
	return opens && closes && !strings.ContainsAny(inner, "‘")
}

// endsInQuote reports whether a text has one quote, at its end, which is not that of a
// measure in inches.
func endsInQuote(text string) bool {
	before, _, found := strings.Cut(text, `"`)
	r, _ := utf8.DecodeLastRuneInString(before)
	return found && len(before) == len(text)-1 && (unicode.IsLetter(r) || unicode.IsPunct(r))
}

// entity is a character as it stands in the source of a web page.
var entity = lazy.Pattern(`&(?:amp|lt|gt|quot|apos|nbsp|[lr][ds]quo|[mn]dash|hellip|[A-Za-z](?:uml|acute|grave|circ|cedil|tilde)|szlig|#[0-9]{2,5}|#[xX][0-9A-Fa-f]{2,4});`)

func character(entity string) string {
	text := strings.ReplaceAll(html.UnescapeString(entity), "\u00a0", " ")
	for _, r := range text {
		if !unicode.IsPrint(r) {
			return entity
		}
	}
	return text
}

// remark returns the comment behind a plain text that seems to go on in it: `Build job
// #42 and test`. Behind one word it seems so only where a number follows.
func (r *Record) remark(n *Node) (behind string, ok bool) {
	if n.style != plain || IsDate(n.Text) {
		return "", false
	}
	text := r.File.Text()
	line := text[n.end(text):]
	line = line[:lineLength(line)]
	mark := bytes.TrimLeft(line, " ")
	if len(mark) == len(line) || !bytes.HasPrefix(mark, []byte("#")) || !startsWord(mark[1:]) {
		return "", false
	}
	isDigit := mark[1] >= '0' && mark[1] <= '9'
	return string(bytes.TrimSpace(line)), isDigit || strings.Contains(n.Text, " ")
}

func (r *Record) remarkHelp(n *Node, path []string, behind string) string {
	whole := inQuotes(n.Text + " " + behind)
	if name := path[len(path)-1]; r.Root.At(path[:len(path)-1]).Kind == Map {
		whole = name + ": " + whole
	}
	if utf8.RuneCountInString(whole) > maxShown || strings.Contains(whole, "`") {
		return commentRule.Help
	}
	return fmt.Sprintf("Write `%s` if it belongs to the text, and a space behind `#` if it does not.", whole)
}

func shorten(text string) string {
	if runes := []rune(text); len(runes) > maxShown/2 {
		return string(runes[:maxShown/2]) + "…"
	}
	return text
}
