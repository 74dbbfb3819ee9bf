package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// This file alone knows yaml.v3: its nodes, and the words of its errors.

// A parser reads the documents of a text, one after the other.
type parser struct{ decoder *yaml.Decoder }

func newParser(text []byte) parser { return parser{yaml.NewDecoder(bytes.NewReader(text))} }

// next returns the next document, or what keeps the text from being one; neither
// at the end of the text. yaml.v3 panics on some texts that are no YAML: for a
// record that is a syntax error like any other.
func (p parser) next() (document parsed, problem *complaint) {
	defer func() {
		if panicked := recover(); panicked != nil {
			document, problem = parsed{}, toComplaint(fmt.Errorf("yaml: %v", panicked))
		}
	}()
	var node yaml.Node
	switch err := p.decoder.Decode(&node); {
	case errors.Is(err, io.EOF):
		return parsed{}, nil
	case err != nil:
		return parsed{}, toComplaint(err)
	}
	return parsed{&node}, nil
}

// complaintAbout returns what keeps a text as a whole from being YAML, or nil.
func complaintAbout(text []byte) *complaint {
	for p := newParser(text); ; {
		document, problem := p.next()
		if problem != nil || document.isNone() {
			return problem
		}
	}
}

// A complaint is what the parser says of a text that it does not take.
type complaint struct {
	words string
	line  int // 0 where it names none
}

var complaintParts = regexp.MustCompile(`^yaml: (?:line ([0-9]+): )?(.*)$`)

func toComplaint(err error) *complaint {
	parts := complaintParts.FindStringSubmatch(err.Error())
	if parts == nil {
		return &complaint{words: err.Error()}
	}
	line, _ := strconv.Atoi(parts[1])
	return &complaint{parts[2], line}
}

// A wording is what some of the parser's complaints have in common.
type wording string

const (
	tooDeep       wording = "exceeded max depth"
	tabCharacter  wording = "found a tab character"
	noKey         wording = "did not find expected key"
	noEntry       wording = "did not find expected '-' indicator"
	noDocument    wording = "did not find expected <document start>"
	noColon       wording = "could not find expected ':'"
	noContent     wording = "did not find expected node content"
	noComma       wording = "did not find expected ',' or"
	noToken       wording = "found character that cannot start any token"
	noMapping     wording = "mapping values are not allowed"
	noList        wording = "block sequence entries are not allowed"
	noName        wording = "alphabetic or numeric character"
	noTagHandle   wording = "found undefined tag handle"
	noBlockHeader wording = "expected comment or line break"
	endOfText     wording = "found unexpected end of stream"
	endOfDocument wording = "found unexpected document indicator"
	unknownEscape wording = "unknown escape character"
	noHexadecimal wording = "expected hexdecimal number"
)

func (c *complaint) says(w wording) bool { return strings.Contains(c.words, string(w)) }

var unknownAnchor = regexp.MustCompile(`^unknown anchor '(.*)' referenced$`)

// unknownAlias returns the name of an alias that stands for nothing, where that
// is the complaint.
func (c *complaint) unknownAlias() (name string, ok bool) {
	match := unknownAnchor.FindStringSubmatch(c.words)
	if match == nil {
		return "", false
	}
	return match[1], true
}

// parsed is a document, or a value in one, as the parser found it.
type parsed struct{ node *yaml.Node }

func (p parsed) isNone() bool    { return p.node == nil }
func (p parsed) isScalar() bool  { return p.node.Kind == yaml.ScalarNode }
func (p parsed) isAlias() bool   { return p.node.Kind == yaml.AliasNode }
func (p parsed) isMapping() bool { return p.node.Kind == yaml.MappingNode }

// isMerge reports whether it is a key that merges another mapping in.
func (p parsed) isMerge() bool { return p.node.Tag == "!!merge" }

// text is what a scalar says, or the name of an alias.
func (p parsed) text() string { return p.node.Value }

// anchor is the name that it is given, or "".
func (p parsed) anchor() string { return p.node.Anchor }

// position is where it starts: at the first character of what is in front of
// it, an anchor or a tag.
func (p parsed) position() source.Position {
	return source.Position{Line: p.node.Line, Column: p.node.Column}
}

// children returns how many parts it has: a document its one value, a mapping
// its keys and values in turn.
func (p parsed) children() int { return len(p.node.Content) }

func (p parsed) child(i int) parsed { return parsed{p.node.Content[i]} }

// root returns the value of a document.
func (p parsed) root() parsed {
	if p.isNone() {
		return p
	}
	return p.child(0)
}

func (p parsed) style() style {
	n := p.node
	switch {
	case n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode:
		if n.Style&yaml.FlowStyle != 0 || len(n.Content) == 0 {
			return flow
		}
		return indented
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return doubleQuoted
	case n.Style&yaml.SingleQuotedStyle != 0:
		return singleQuoted
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return block
	}
	return plain
}
