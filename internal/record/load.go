// Package record reads a record's YAML text into its value, and leads from a
// path in the value back to the place in the text. It refuses what a reviewer
// and a program could read differently: the words in the file are the value.
package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"gopkg.in/yaml.v3"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// MaxBytes and MaxDepth bound a record. Real ones stay far below; what is
// larger is an accident or an attack.
const (
	MaxBytes = 1 << 20
	MaxDepth = 64
)

// A Record is one YAML file that could be read without doubt. It is not safe
// for use by several goroutines at once.
type Record struct {
	Path string // from the root of the tree, with slashes
	File *source.File
	Root *Node
}

// Load reads the record at path. Where the text is no record that can be
// relied on, it returns nil and the findings that say why, each of a rule in
// Rules.
func Load(path string, data []byte) (*Record, []finding.Finding) {
	l := &loader{record: &Record{Path: path, File: source.New(data)}}
	l.load(data)
	if len(l.findings) > 0 {
		return nil, l.findings
	}
	return l.record, nil
}

type loader struct {
	record   *Record
	restore  *strings.Replacer // puts line separators back; see substitute
	findings []finding.Finding
}

func (l *loader) load(data []byte) {
	if len(data) > MaxBytes {
		l.report(limitRule, source.Start, fmt.Sprintf("this file has %d bytes; a record has at most %d", len(data), MaxBytes))
		return
	}
	if !l.checkEncoding(data) {
		return
	}
	document := l.parse()
	if len(l.findings) > 0 && document == nil {
		return
	}
	if document == nil || isEmpty(document.Content[0]) {
		l.report(emptyRule, source.Start, "this file holds no record")
		return
	}
	if l.tooDeep(document.Content[0], 1) {
		return
	}
	l.record.Root = l.convert(document.Content[0])
}

// isEmpty reports whether a document is nothing, or says that it is nothing.
func isEmpty(root *yaml.Node) bool {
	if root.Kind != yaml.ScalarNode || root.Style&^yaml.TaggedStyle != 0 || root.Anchor != "" {
		return false
	}
	kind, _ := plainKind(root.Value)
	return kind == Null
}

// parse returns the first document, or nil where there is none, and reports
// what keeps the text from being one YAML document.
func (l *loader) parse() (document *yaml.Node) {
	text := l.substitute(l.record.File.Text())
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var first, second yaml.Node
	switch err := decode(decoder, &first); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		l.reportSyntax(text, err)
		return nil
	}
	switch err := decode(decoder, &second); {
	case errors.Is(err, io.EOF):
	case err != nil:
		l.reportSyntax(text, err)
		return nil
	default:
		l.report(multipleDocumentsRule, l.tokenSpan(&second),
			"a second document starts here; a file holds one record")
	}
	return &first
}

// decode reads the next document. yaml.v3 panics on some texts that are no
// YAML: for a record that is a syntax error like any other.
func decode(decoder *yaml.Decoder, node *yaml.Node) (err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("yaml: %v", problem)
		}
	}()
	return decoder.Decode(node)
}

// substitute replaces the characters that YAML 1.1, and so yaml.v3, takes for
// line breaks and YAML 1.2 and every editor do not: a comment would end where
// no reader sees it end, and lines would be counted differently. Characters of
// the private use area that the text does not hold stand in for them.
func (l *loader) substitute(text []byte) []byte {
	const separators = "\u0085\u2028\u2029"
	if !bytes.ContainsAny(text, separators) {
		return text
	}
	standIn := rune(0xE000)
	var forth, back []string
	for _, separator := range separators {
		for bytes.ContainsRune(text, standIn) {
			standIn++
		}
		forth = append(forth, string(separator), string(standIn))
		back = append(back, string(standIn), string(separator))
		standIn++
	}
	l.restore = strings.NewReplacer(back...)
	return []byte(strings.NewReplacer(forth...).Replace(string(text)))
}

// tooDeep reports the first value that is nested deeper than MaxDepth.
func (l *loader) tooDeep(n *yaml.Node, depth int) bool {
	if len(n.Content) == 0 && n.Kind == yaml.ScalarNode || n.Kind == yaml.AliasNode {
		return false
	}
	if depth > MaxDepth {
		l.report(limitRule, l.tokenSpan(n), fmt.Sprintf("this is nested deeper than %d levels", MaxDepth))
		return true
	}
	for _, child := range n.Content {
		if l.tooDeep(child, depth+1) {
			return true
		}
	}
	return false
}

// convert returns n as a Node, and reports what a record must not hold.
func (l *loader) convert(n *yaml.Node) *Node {
	l.checkNode(n)
	node := &Node{line: n.Line, column: n.Column, style: styleOf(n)}
	switch n.Kind {
	case yaml.MappingNode:
		node.Kind = Map
		node.Fields = l.fields(n)
	case yaml.SequenceNode:
		node.Kind = List
		node.Items = make([]*Node, len(n.Content))
		for i, item := range n.Content {
			node.Items[i] = l.convert(item)
		}
	case yaml.ScalarNode:
		l.scalar(node, n)
	}
	return node
}

func (l *loader) scalar(node *Node, n *yaml.Node) {
	node.Kind, node.Text = String, n.Value
	if l.restore != nil {
		node.Text = l.restore.Replace(node.Text)
	}
	if node.style != plain {
		return
	}
	var problem string
	node.Kind, problem = plainKind(node.Text)
	if problem != "" {
		l.reportAt(numberRule, node, fmt.Sprintf("`%s` %s", node.Text, problem))
	}
}

// fields converts a mapping's keys and values, and reports keys that stand
// twice or are no strings.
func (l *loader) fields(n *yaml.Node) []Field {
	fields := make([]Field, 0, len(n.Content)/2)
	lines := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := l.key(n.Content[i])
		value := l.convert(n.Content[i+1])
		if key == nil {
			continue
		}
		if line, twice := lines[key.Text]; twice {
			l.reportAt(duplicateKeyRule, key, fmt.Sprintf("`%s` is already given on line %d", key.Text, line))
			continue
		}
		lines[key.Text] = key.line
		fields = append(fields, Field{Key: key.Text, Value: value, key: key})
	}
	return fields
}

// key returns a mapping's key as a Node, or nil where it is none.
func (l *loader) key(n *yaml.Node) *Node {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!merge" {
		l.report(aliasRule, l.tokenSpan(n), "`<<` merges another mapping in here; write its fields out")
		return nil
	}
	if n.Kind == yaml.AliasNode {
		l.checkNode(n)
		return nil
	}
	key := &Node{line: n.Line, column: n.Column, style: styleOf(n)}
	if n.Kind != yaml.ScalarNode {
		l.report(keyRule, l.tokenSpan(n), "this key is no text but a list or a mapping")
		return nil
	}
	l.checkNode(n)
	key.Kind, key.Text = String, n.Value
	if l.restore != nil {
		key.Text = l.restore.Replace(key.Text)
	}
	if key.style == plain {
		key.Kind, _ = plainKind(key.Text)
	}
	if key.Kind != String {
		l.reportAt(keyRule, key, keyMessage(key))
	}
	return key
}

func keyMessage(key *Node) string {
	if key.isBlank() {
		return "the name in front of this colon is missing"
	}
	return fmt.Sprintf("the key `%s` is no text: YAML reads it as a number, a truth value or nothing", key.Text)
}

// checkNode reports anchors, aliases and tags.
func (l *loader) checkNode(n *yaml.Node) {
	switch {
	case n.Kind == yaml.AliasNode:
		l.report(aliasRule, l.tokenSpan(n), fmt.Sprintf("`*%s` stands for a value that is written elsewhere; write it out here", n.Value))
	case n.Anchor != "":
		l.report(aliasRule, l.tokenSpan(n), fmt.Sprintf("`&%s` names a value to be used elsewhere; write values out where they belong", n.Anchor))
	case l.startsWith(n, '!'):
		l.report(tagRule, l.tokenSpan(n), "a tag (`!`) changes what a value is; a record says it in the value itself")
	}
	if n.Anchor != "" && n.Style&yaml.TaggedStyle != 0 {
		l.report(tagRule, l.tokenSpan(n), "a tag (`!`) changes what a value is; a record says it in the value itself")
	}
}

// startsWith reports whether the text at a node that may carry a tag starts
// with b. A quoted scalar, too, starts with its properties.
func (l *loader) startsWith(n *yaml.Node, b byte) bool {
	offset := l.record.File.Offset(source.Position{Line: n.Line, Column: n.Column})
	text := l.record.File.Text()
	return offset < len(text) && text[offset] == b
}

// tokenSpan returns the span of the word that a node starts with: an alias, an
// anchor, a tag, the mark of a document.
func (l *loader) tokenSpan(n *yaml.Node) source.Span {
	text := l.record.File.Text()
	start := l.record.File.Offset(source.Position{Line: n.Line, Column: n.Column})
	end := skip(text, start, func(r rune) bool { return !isSpace(r) && !strings.ContainsRune(",[]{}", r) })
	if end == start && end < len(text) && text[end] != '\n' && text[end] != '\r' {
		end++
	}
	return l.record.File.Span(start, end)
}

func styleOf(n *yaml.Node) style {
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

func (l *loader) reportAt(rule *finding.Rule, n *Node, message string) {
	l.report(rule, l.record.span(n, nil, false), message)
}

func (l *loader) report(rule *finding.Rule, span source.Span, message string) {
	place := finding.Place{File: l.record.Path, Span: span, Subject: message}
	l.findings = append(l.findings, finding.New(rule, place, message))
}
