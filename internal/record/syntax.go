package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// checkEncoding reports the first place where the bytes are no text that YAML
// allows (YAML 1.2, section 5.1: c-printable), and whether there is none.
func (l *loader) checkEncoding(data []byte) bool {
	for _, mark := range []string{"\xFF\xFE", "\xFE\xFF", "\x00\x00\xFE\xFF"} {
		if bytes.HasPrefix(data, []byte(mark)) {
			l.report(encodingRule, source.Start, "this file is UTF-16 or UTF-32; a record is UTF-8")
			return false
		}
	}
	text := l.record.File.Text()
	for at := 0; at < len(text); {
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(text[at:])
		}
		switch {
		case r == utf8.RuneError && size == 1:
			l.reportByte(at, size, fmt.Sprintf("the byte 0x%02X here is no UTF-8", text[at]))
			return false
		case !isPrintable(r):
			l.reportByte(at, size, fmt.Sprintf("the control character U+%04X is not allowed in YAML", r))
			return false
		}
		at += size
	}
	return true
}

func (l *loader) reportByte(at, size int, message string) {
	l.report(encodingRule, l.record.File.Span(at, at+size), message)
}

func isPrintable(r rune) bool {
	switch {
	case r == '\t', r == '\n', r == '\r', r == 0x85:
		return true
	case r < 0x20, r >= 0x7F && r < 0xA0, r == 0xFFFE, r == 0xFFFF:
		return false
	}
	return true
}

var (
	errorLine     = regexp.MustCompile(`^yaml: (?:line ([0-9]+): )?(.*)$`)
	unknownAnchor = regexp.MustCompile(`^unknown anchor '(.*)' referenced$`)
)

// reportSyntax reports what yaml.v3 says of a text that it cannot parse.
func (l *loader) reportSyntax(text []byte, err error) {
	words := syntaxWords(err)
	switch {
	case strings.Contains(words, "exceeded max depth"):
		l.report(limitRule, source.Start, fmt.Sprintf("this file is nested deeper than %d levels", MaxDepth))
	case unknownAnchor.MatchString(words):
		name := unknownAnchor.FindStringSubmatch(words)[1]
		l.report(aliasRule, l.aliasSpan(name), fmt.Sprintf("`*%s` stands for a value that is written nowhere; write it out here", name))
	default:
		l.report(syntaxRule, l.lineSpan(failingLine(text, words)), "this is no YAML: "+words)
	}
}

func syntaxWords(err error) string {
	if match := errorLine.FindStringSubmatch(err.Error()); match != nil {
		return match[2]
	}
	return err.Error()
}

// failingLine returns the line at which the text fails in these words. Where
// yaml.v3's scanner fails, its line is right, unless it is the first, which it
// takes for none: so it is asked once more with a line above. Where its parser
// fails, it names the line where the surrounding collection starts, or the one
// above: the line that matters is the first with which the text fails so.
func failingLine(text []byte, words string) int {
	if !strings.HasPrefix(words, "did not find expected") {
		match := errorLine.FindStringSubmatch(fmt.Sprint(parseError(append([]byte("\n"), text...))))
		if match == nil {
			return 1
		}
		line, _ := strconv.Atoi(match[1])
		return max(1, line-1)
	}
	file := source.New(text)
	return 1 + sort.Search(file.Lines()-1, func(i int) bool {
		end := file.Offset(source.Position{Line: i + 2, Column: 1})
		err := parseError(text[:end])
		return err != nil && syntaxWords(err) == words
	})
}

// parseError returns why the text as a whole does not parse.
func parseError(text []byte) error {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	for {
		var node yaml.Node
		switch err := decode(decoder, &node); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// lineSpan returns the span of what is written on a line.
func (l *loader) lineSpan(line int) source.Span {
	file := l.record.File
	line = min(line, file.Lines())
	text := []byte(file.Line(line))
	start := file.Offset(source.Position{Line: line, Column: 1})
	first := skip(text, 0, isSpace)
	last := len(bytes.TrimRightFunc(text, isSpace))
	return file.Span(start+min(first, last), start+last)
}

// aliasSpan returns the span of the first alias of that name.
func (l *loader) aliasSpan(name string) source.Span {
	at := bytes.Index(l.record.File.Text(), []byte("*"+name))
	if at < 0 {
		return source.Start
	}
	return l.record.File.Span(at, at+1+len(name))
}
