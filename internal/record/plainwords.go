package record

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A scene is what the parser stumbled over: its complaint, the line, and what
// around the line may be to blame.
type scene struct {
	problem *complaint
	line    row
	above   row     // the nearest line above that holds more than a comment
	peer    *row    // the nearest line above on the same level, if any
	deeper  bool    // the line below is indented further
	opened  row     // the line above on which a quote opens that is still open; or none
	columns []int   // of the lines that this one may belong with
	repair  *repair // what to type is known
}

// A row is a line taken apart: `  - name: value # comment`.
type row struct {
	number                      int
	indent, dashes, name, value string
	end                         int // of the value, in bytes from the start of the line
}

// A repair puts text in the place of a part of a line.
type repair struct {
	line, start, end int
	text             string
}

// A cause is a mistake behind some words of the parser. It says what the
// mistake is and what to type instead, or "" where the scene does not bear it out.
type cause struct {
	words []wording
	tell  func(s *scene) (message, help string)
}

var causes = []cause{
	{[]wording{tabCharacter, noToken, noMapping, noKey, noEntry, noDocument}, tellTab},
	{[]wording{noKey, noMapping}, tellQuoteAbove},
	{[]wording{noKey, noMapping}, tellTextBehindQuote},
	{[]wording{noToken}, startsWith("@`%")},
	{[]wording{noName}, startsWith("*&")},
	{[]wording{noTagHandle}, startsWith("!")},
	{[]wording{noBlockHeader, noColon, noKey}, tellTableRow},
	{[]wording{noBlockHeader}, startsWith("|>")},
	{[]wording{noContent}, startsWith("]},")},
	{[]wording{noKey}, tellTextBehindBracket},
	{[]wording{noToken}, tellStartInBrackets},
	{[]wording{noMapping}, tellSecondColon},
	{[]wording{noMapping, noKey}, tellIndentedFurther},
	{[]wording{noColon, noMapping}, tellMissingSpace},
	{[]wording{noColon, noMapping, noKey, noEntry, noDocument}, tellEqualSign},
	{[]wording{noColon, noKey, noMapping}, tellDash},
	{[]wording{noColon}, tellNoField},
	{[]wording{noList}, tellListOnItsFieldsLine},
	{[]wording{noKey, noEntry}, tellMixedList},
	{[]wording{noKey, noEntry, noDocument}, tellIndentation},
	{[]wording{endOfText, endOfDocument}, tellOpenQuote},
	{[]wording{noComma, noContent}, tellOpenBracket},
	{[]wording{unknownEscape, noHexadecimal}, tellEscape},
}

// plainWords says what is wrong on a line and what to type instead. Where no
// cause is likely it says no more than that the line cannot be read.
func plainWords(s *scene) (message, help string) {
	for _, cause := range causes {
		for _, words := range cause.words {
			if !s.problem.says(words) {
				continue
			}
			if message, help := cause.tell(s); message != "" {
				return message, help
			}
		}
	}
	return "this file cannot be read from here on", syntaxRule.Help
}

// maxLookedLines and maxLookedBytes bound how far above a line is looked for what
// may be to blame. Real records stay far below.
const (
	maxLookedLines = 1000
	maxLookedBytes = 1 << 15
)

// scene looks around a line that the parser complains of.
func (l *loader) scene(text []byte, line int, problem *complaint) *scene {
	file := l.record.File
	row := func(n int) row { return split(n, file.Line(n)) }
	s := &scene{problem: problem, line: row(line)}
	s.deeper = len(row(line+1).indent) > len(s.line.indent)
	for n := line - 1; n > 0; n-- {
		if line-n > maxLookedLines {
			s.peer = &s.line // nothing is known
			break
		}
		r := row(n)
		if r.isBlank() {
			continue
		}
		s.columns = append(s.columns, len(r.indent), r.column())
		if s.above.isBlank() {
			s.above = r
		}
		if len(r.indent) == len(s.line.indent) || r.column() == s.line.column() {
			s.peer = &r
		}
		if s.peer != nil || len(r.indent) < len(s.line.indent) {
			break
		}
	}
	front := text[:source.New(text).Offset(source.Position{Line: line, Column: 1})]
	if len(front) > maxLookedBytes {
		return s
	}
	if problem := complaintAbout(front); problem != nil && problem.words == string(endOfText) {
		s.opened = row(failingLine(front, problem))
	}
	return s
}

var rowParts = lazy.Pattern(`^(\s*)((?:- +)*)(?:([^\s"'\[\]{}#,:-][^"'\[\]{}#:]{0,60}|"[^"]{0,60}"|'[^']{0,60}') *:(?:[ \t]+|$))?(.*)$`)

func split(number int, line string) row {
	parts := rowParts().FindStringSubmatch(line)
	value := withoutComment(parts[4])
	blanks := len(parts[4]) - len(strings.TrimLeft(parts[4], " \t"))
	return row{number, parts[1], parts[2], strings.TrimSpace(parts[3]), value, len(line) - len(parts[4]) + blanks + len(value)}
}

// withoutComment leaves texts in quotes as they are: a ` #` is part of them.
func withoutComment(value string) string {
	if !strings.HasPrefix(value, `"`) && !strings.HasPrefix(value, "'") {
		value, _, _ = strings.Cut(" "+value, " #")
	}
	return strings.Trim(value, " \t")
}

func (r row) isBlank() bool { return r.dashes == "" && r.name == "" && r.value == "" }

// column counts the characters in front of what the line says.
func (r row) column() int { return len(r.indent) + len(r.dashes) }

// isPlain reports whether the line has a value that is neither in quotes nor
// in brackets nor below it.
func (r row) isPlain() bool { return r.value != "" && !strings.ContainsAny(r.value[:1], `"'[{|>`) }

// with returns what to type for the line to have another value.
func (r row) with(value string) string {
	name := r.name
	if name != "" {
		name += ": "
	}
	return r.dashes + name + value
}

const maxShown = 100 // characters of a line in a help

// write returns the help to type this, or another one for what is too long to
// be typed or goes on below.
func (s *scene) write(typed, advice string) string {
	if s.deeper {
		return advice
	}
	s.repair = &repair{s.line.number, len(s.line.indent), s.line.end, typed}
	switch {
	case utf8.RuneCountInString(typed) > maxShown:
		return advice
	case strings.Contains(typed, "`"):
		return "Write " + typed + "."
	}
	return "Write `" + typed + "`."
}

func (s *scene) writeInQuotes(value string) string {
	whole := "Put the whole text in quotes."
	if s.line.name != "" {
		whole = fmt.Sprintf("Put the whole text behind `%s:` in quotes.", s.line.name)
	}
	return s.write(s.line.with(inQuotes(value)), whole)
}

func inQuotes(text string) string {
	if strings.ContainsAny(text, `"\`) {
		return inSingleQuotes(text)
	}
	return `"` + text + `"`
}

func tellTab(s *scene) (message, help string) {
	if !strings.Contains(s.line.indent, "\t") {
		return "", ""
	}
	return "this line is indented with a tab; YAML wants spaces",
		"Delete the tab and type spaces: as many as its neighbours have, or two more than the line that it belongs to."
}

func tellQuoteAbove(s *scene) (message, help string) {
	if s.opened.number == 0 {
		return "", ""
	}
	if value := s.opened.value; s.opened.name != "" && value != "" && isOpen(value, value[:1]) {
		s.repair = &repair{s.opened.number, s.opened.end, s.opened.end, value[:1]}
	}
	return fmt.Sprintf("the quote that opens on line %d is closed only here", s.opened.number),
		fmt.Sprintf("Close the quote on line %d where its text ends.", s.opened.number)
}

func tellTextBehindQuote(s *scene) (message, help string) {
	value := s.line.value
	if value == "" || !strings.ContainsAny(value[:1], `"'`) {
		return "", ""
	}
	end := quotedEnd([]byte(value), 0)
	behind := strings.TrimLeft(value[end:], " \t")
	if behind == "" || strings.HasPrefix(behind, "#") {
		return "", ""
	}
	quote := value[:1]
	if strings.Contains(behind, " #") || strings.ContainsAny(behind[:1], ",;") || end == 2 {
		return "there is text behind the closing quote", "Delete what stands behind the quote in which the text ends, or put all of it in quotes."
	}
	if strings.HasSuffix(value, quote) && strings.Count(value, quote) == 3 { // 'it's'
		value = value[1 : len(value)-1]
	}
	return "there is text behind the closing quote", s.writeInQuotes(value)
}

// startsWith tells of a text that YAML takes for something else because of its
// first character.
func startsWith(characters string) func(*scene) (message, help string) {
	return func(s *scene) (message, help string) {
		value := s.line.value
		if value == "" || !strings.Contains(characters, value[:1]) {
			return "", ""
		}
		if s.deeper && strings.Contains("|>", value[:1]) { // the header of a text below
			return "", ""
		}
		return "text that starts with " + asCode(value[:1]) + " needs quotes", s.writeInQuotes(value)
	}
}

func asCode(text string) string {
	if text == "`" {
		return "a backtick"
	}
	return "`" + text + "`"
}

func tellTextBehindBracket(s *scene) (message, help string) {
	value := s.line.value
	for _, pair := range []string{"[]", "{}"} {
		if strings.HasPrefix(value, pair[:1]) && strings.Contains(value, pair[1:]) && !strings.HasSuffix(value, pair[1:]) {
			return "text that starts with " + asCode(pair[:1]) + " needs quotes", s.writeInQuotes(value)
		}
	}
	return "", ""
}

var startInBrackets = regexp.MustCompile("[\\[{,:] *([@`%])([^\\s,\\]}\"'`\\\\]*)")

func tellStartInBrackets(s *scene) (message, help string) {
	word := startInBrackets.FindStringSubmatch(s.line.value)
	if word == nil || !strings.ContainsAny(s.line.value[:1], "[{") || len(word[2]) > maxShown {
		return "", ""
	}
	quoted := startInBrackets.ReplaceAllStringFunc(s.line.value, func(found string) string {
		at := strings.IndexAny(found, "@`%")
		return found[:at] + inQuotes(found[at:])
	})
	s.repair = &repair{s.line.number, s.line.end - len(s.line.value), s.line.end, quoted}
	return "text that starts with " + asCode(word[1]) + " needs quotes", "Put each such text in quotes, as in " + inQuotes(word[1]+word[2]) + "."
}

// twoFields is text with a field's name in it, as no sentence has one.
var twoFields = regexp.MustCompile(`\s[a-z]+(_[a-z]+)+:(\s|$)`)

func tellSecondColon(s *scene) (message, help string) {
	ends := strings.HasSuffix(s.line.value, ":")
	if s.line.name == "" || !s.line.isPlain() || !strings.Contains(s.line.value, ": ") && (!ends || s.deeper) {
		return "", ""
	}
	if twoFields.MatchString(s.line.value) {
		return "there is a second `: ` on this line", "Write each field on a line of its own; put a text that has `: ` in it in quotes."
	}
	return "there is a second `: ` on this line; put the text in quotes", s.writeInQuotes(s.line.value)
}

func tellIndentedFurther(s *scene) (message, help string) {
	if s.line.name == "" || s.above.name == "" || !s.above.isPlain() || s.line.column() <= s.above.column() {
		return "", ""
	}
	if s.line.indent != "" && s.line.column() == s.above.column()+1 {
		s.repair = &repair{line: s.line.number, end: 1}
	}
	return "this line is indented further than the one above it; fields of one record start in the same column",
		fmt.Sprintf("Start `%s:` in the same column as `%s:`.", s.line.name, s.above.name)
}

// tight is a field without a space behind its colon; no link and no drive.
var tight = lazy.Pattern(`^([\pL_][\pL\d_-]{1,60}):([^\s/:].*)$`)

func tellMissingSpace(s *scene) (message, help string) {
	r, where := s.line, ""
	if s.line.name != "" && s.line.column() == s.above.column() {
		r, where = s.above, " on the line above"
	}
	parts := tight().FindStringSubmatch(r.value)
	if r.name != "" || parts == nil || strings.Contains(r.value, ": ") || strings.HasSuffix(r.value, ":") {
		return "", ""
	}
	message = fmt.Sprintf("a space is missing behind `%s:`%s", parts[1], where)
	if first, _ := utf8.DecodeRuneInString(parts[2]); unicode.IsSpace(first) {
		message = fmt.Sprintf("the character behind `%s:`%s looks like a space and is none (U+%04X); type a space", parts[1], where, first)
	}
	value := strings.TrimSpace(parts[2])
	if value != "" && strings.ContainsAny(value[:1], "@`%*&!|>[]{},") {
		value = inQuotes(value)
	}
	if where != "" {
		s.repair = &repair{r.number, len(r.indent) + len(r.dashes), r.end, parts[1] + ": " + value}
		return message, fmt.Sprintf("Type one space behind `%s:`.", parts[1])
	}
	return message, s.write(r.dashes+parts[1]+": "+value, fmt.Sprintf("Type one space behind `%s:`.", parts[1]))
}

// equals is a field with an equals sign where the colon belongs.
var equals = lazy.Pattern(`^([\pL_][\pL\d_-]{0,60})[ \t]*=[ \t]*(\S.*)$`)

func tellEqualSign(s *scene) (message, help string) {
	r, where := s.line, ""
	if equals().FindStringSubmatch(r.value) == nil && s.line.column() == s.above.column() {
		r, where = s.above, " on the line above"
	}
	parts := equals().FindStringSubmatch(r.value)
	if r.name != "" || parts == nil {
		return "", ""
	}
	message = fmt.Sprintf("behind the name `%s`%s stands `=`; a field has a colon and a space there", parts[1], where)
	typed := r.dashes + parts[1] + ": " + asValue(parts[2])
	if where == "" {
		return message, s.write(typed, fmt.Sprintf("Type `%s: ` in place of `%s =`.", parts[1], parts[1]))
	}
	s.repair = &repair{r.number, len(r.indent), r.end, typed}
	return message, fmt.Sprintf("Type `%s: ` in place of `%s =`.", parts[1], parts[1])
}

// asValue returns a text as it can stand behind a colon: in quotes where it begins
// like something else, or holds what would end it.
func asValue(text string) string {
	if strings.ContainsAny(text[:1], "@`%*&!|>]},") || strings.Contains(text, ": ") {
		return inQuotes(text)
	}
	return text
}

// tableRow is a row that was copied from a table: a name, perhaps, and a value.
var tableRow = lazy.Pattern(`^\|\s*(?:([\pL_][\pL\d_-]{0,60})\s*\|\s*)?([^|]*[^|\s])\s*\|$`)

func tellTableRow(s *scene) (message, help string) {
	cells := tableRow().FindStringSubmatch(s.line.value)
	if cells == nil || (s.line.name == "") != (cells[1] != "") {
		return "", ""
	}
	line := s.line
	if cells[1] != "" {
		line.name = cells[1]
	}
	return "this is a row of a table; a field is a name, a colon, a space and a value",
		s.write(line.with(asValue(cells[2])), "Delete the bars (`|`), and type a colon and a space behind the name.")
}

// tightDash is an entry of a list without a space behind its dash.
var tightDash = regexp.MustCompile(`^-([^\s-].*)$`)

func tellDash(s *scene) (message, help string) {
	parts := tightDash.FindStringSubmatch(s.line.value)
	if parts == nil || s.line.name != "" {
		return "", ""
	}
	return "a space is missing behind the dash", s.write(s.line.dashes+"- "+asValue(parts[1]), "Type a space behind the dash.")
}

func tellNoField(s *scene) (message, help string) {
	if s.line.name != "" || !s.line.isPlain() || strings.Contains(s.line.value, ": ") {
		return "", ""
	}
	return "this line is neither a field (`name: value`) nor indented below one",
		"Write a name, a colon and a space in front of the text; or two spaces, if the text of the line above goes on here."
}

func tellListOnItsFieldsLine(s *scene) (message, help string) {
	if s.line.name == "" || !strings.HasPrefix(s.line.value, "- ") || utf8.RuneCountInString(s.line.value) > maxShown {
		return "", ""
	}
	return "a list starts on the line below the name of its field",
		fmt.Sprintf("Write `%s` on a line of its own below `%s:`.", s.line.value, s.line.name)
}

func tellMixedList(s *scene) (message, help string) {
	switch {
	case s.peer == nil || s.peer.indent != s.line.indent || s.peer.name == "" && s.peer.dashes == "":
	case s.line.dashes != "" && s.peer.dashes == "":
		return "this line is a list entry (`- `), but the lines beside it are fields (`name: value`)",
			"Move the entry below the field that it belongs to, and indent it like the other entries there."
	case s.line.dashes == "" && s.line.name != "" && s.peer.dashes != "":
		return "this line is a field (`name: value`), but the lines beside it are list entries (`- `)",
			"Write `- ` in front of the line if it is an entry; two spaces if it belongs to the entry above."
	}
	return "", ""
}

func tellIndentation(s *scene) (message, help string) {
	if s.peer != nil || s.above.isBlank() || s.above.indent == s.line.indent {
		return "", ""
	}
	if columns := s.near(); len(columns) == 1 {
		s.repair = &repair{line: s.line.number, end: len(s.line.indent), text: strings.Repeat(" ", columns[0])}
		return "this line is not indented like the lines around it",
			fmt.Sprintf("Type %s in front of it, not %d.", source.Count(columns[0], "space", "spaces"), len(s.line.indent))
	}
	return "this line is not indented like the lines around it",
		"Type as many spaces in front of it as the other fields or entries that it belongs with have."
}

// near returns the columns, among those of the lines that this one may belong with,
// that it misses by one.
func (s *scene) near() (columns []int) {
	if s.line.indent == "" {
		return nil // it belongs to the record; the others are over by some
	}
	for _, column := range s.columns {
		if off := column - len(s.line.indent); (off == 1 || off == -1) && !slices.Contains(columns, column) {
			columns = append(columns, column)
		}
	}
	return columns
}

// isOpen reports whether a text starts with a quote, and nothing in it may close it.
func isOpen(value, quote string) bool {
	return strings.ContainsAny(quote, `"'`) && strings.HasPrefix(value, quote) && len(value) > 1 &&
		!strings.ContainsAny(value[1:], quote+`\#`) && !strings.ContainsAny(value[len(value)-1:], `"',;`)
}

func tellOpenQuote(s *scene) (message, help string) {
	value := s.line.value
	at := strings.IndexAny(s.line.with(value), `"'`)
	if at < 0 {
		return "", ""
	}
	quote := s.line.with(value)[at : at+1]
	add := "Type " + asCode(quote) + " where the text ends."
	message = "the quote that opens here is never closed"
	if s.line.column()+len(s.line.name) > len(s.line.indent) && isOpen(value, quote) {
		return message, s.write(s.line.with(value+quote), add)
	}
	return message, add
}

func tellOpenBracket(s *scene) (message, help string) {
	for _, pair := range []string{"[]", "{}"} {
		if strings.Count(s.line.value, pair[:1]) > strings.Count(s.line.value, pair[1:]) && !strings.ContainsAny(s.line.value, `"'`) {
			return "the bracket that opens here is never closed", fmt.Sprintf("Type `%s` where what `%s` opens ends.", pair[1:], pair[:1])
		}
	}
	return "", ""
}

func tellEscape(s *scene) (message, help string) {
	message = "in double quotes a `\\` needs a second one; in single quotes it is a character like any other"
	help = "Type `\\\\` for each `\\`, or use single quotes."
	value := s.line.value
	if len(value) < 2 || !strings.HasPrefix(value, `"`) || strings.Count(value, `"`) != 2 || !strings.HasSuffix(value, `"`) {
		return message, help
	}
	return message, s.write(s.line.with(inQuotes(value[1:len(value)-1])), help)
}
