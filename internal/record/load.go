// Package record reads a record's YAML text into its value, and leads from a
// path in the value back to the place in the text. It refuses what a reviewer
// and a program could read differently: the words in the file are the value.
package record

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// MaxBytes, MaxDepth and MaxEntries bound a record. Real ones stay far below; what
// is larger is an accident or an attack.
const (
	MaxBytes   = 1 << 20
	MaxDepth   = 64
	MaxEntries = 1000 // of one list or mapping
)

// A Record is one YAML file that could be read without doubt. It is not safe
// for use by several goroutines at once.
type Record struct {
	Path string // from the root of the tree, with slashes
	File *source.File
	Root *Node

	Warnings []finding.Finding // of what is in it and hardly meant; mostly none
}

// Load reads the record at path. Where the text is no record that can be
// relied on, it returns nil and the findings that say why, each of a rule in
// Rules.
func Load(path string, data []byte) (*Record, []finding.Finding) {
	return (&loader{record: &Record{Path: path, File: source.New(data)}}).result(data)
}

// LoadPast is Load for what a record was at an earlier time, when less was
// refused: words for true and false are texts, as they were meant, characters that
// cannot be seen are taken, and a field that was called `on` has today's name.
func LoadPast(path string, data []byte) (*Record, []finding.Finding) {
	return (&loader{record: &Record{Path: path, File: source.New(data)}, past: true}).result(data)
}

type loader struct {
	record   *Record
	past     bool   // see LoadPast
	edits    []Edit // that put findings right; see Mend
	findings []finding.Finding
	untold   int // how many more there are; see isFull
	spare    []Node
	indent   int     // the column of the list or group in lines that is being converted
	inFlow   bool    // whether it is one in brackets
	odd      bool    // whether the text may hold what checkTokens looks for
	scalars  []*Node // for checkTokens
	marked   bool    // whether the text holds what anchors, tags and odd keys begin with
	reported int     // up to where anchors and tags have been reported
}

func (l *loader) result(data []byte) (*Record, []finding.Finding) {
	l.load(data)
	if len(l.findings) > 0 {
		return nil, Limit(l.findings, l.untold)
	}
	return l.record, nil
}

func (l *loader) load(data []byte) {
	if len(data) > MaxBytes {
		l.report(limitRule, source.Start, fmt.Sprintf("this file is larger than a record may be, %d bytes", MaxBytes))
		return
	}
	if !l.checkEncoding(data) {
		return
	}
	if root, sure := readSurely(l.record.File.String()); sure {
		l.record.Root = root
	} else {
		l.read()
	}
	l.warn()
}

// read makes the record's value of what the parser finds in its text, and reports what
// is wrong with it.
func (l *loader) read() {
	l.marked = bytes.ContainsAny(l.record.File.Text(), "&!?")
	l.odd = hasOddTokens(l.record.File.Text())
	if l.beginsBeyondLimits() {
		return
	}
	root := l.parse()
	if len(l.findings) > 0 && root.isNone() {
		return
	}
	if root.isNone() || isEmpty(root) {
		l.report(emptyRule, source.Start, "this file holds no record")
		return
	}
	if l.isBeyondLimits(root, 1) {
		return
	}
	l.record.Root = l.convert(root)
	if l.odd {
		l.checkTokens(l.scalars)
	}
}

// isEmpty reports whether a document is nothing, or says that it is nothing.
func isEmpty(root parsed) bool {
	if !root.isScalar() || root.style() != plain || root.anchor() != "" {
		return false
	}
	kind, _ := plainKind(root.text())
	return kind == Null
}

// parse returns the value of the first document, or none where there is none,
// and reports what keeps the text from being one YAML document.
func (l *loader) parse() (root parsed) {
	text := l.record.File.Text()
	documents := newParser(text)
	first, problem := documents.next()
	switch {
	case problem != nil:
		l.reportSyntax(text, problem)
		return parsed{}
	case first.isNone() || endsWithIt(first.root(), text):
		return first.root()
	}
	switch second, problem := documents.next(); {
	case problem != nil:
		l.reportSyntax(text, problem)
		return parsed{}
	case !second.isNone():
		l.reportSecondDocument(l.wordSpan(l.offset(second)))
	}
	return first.root()
}

// endsWithIt reports whether no other document can follow in the text, which
// spares asking for it: fields that start in the first column go on to the end
// of the text, or to a line of dashes or dots.
func endsWithIt(root parsed, text []byte) bool {
	return root.isMapping() && root.style() == indented && root.position().Column == 1 &&
		!bytes.Contains(text, []byte("---")) && !bytes.Contains(text, []byte("..."))
}

func (l *loader) reportSecondDocument(span source.Span) {
	l.report(multipleDocumentsRule, span, "a second document starts here; a file holds one record")
}

// largeText is what no record comes near to.
const largeText = 1 << 17

// beginsBeyondLimits reports what is beyond the limits in the beginning of a large
// text, which spares parsing all of it.
func (l *loader) beginsBeyondLimits() bool {
	text := l.record.File.Text()
	if len(text) <= largeText {
		return false
	}
	lines := 1 + bytes.LastIndexByte(text[:largeText], '\n')
	first, problem := newParser(text[:lines]).next()
	return problem == nil && !first.isNone() && l.isBeyondLimits(first.root(), 1)
}

// isBeyondLimits reports the first value that is nested deeper than MaxDepth, or
// the first past MaxEntries.
func (l *loader) isBeyondLimits(n parsed, depth int) bool {
	if n.isScalar() || n.isAlias() {
		return false
	}
	if depth > MaxDepth {
		l.report(limitRule, l.headSpan(n), fmt.Sprintf("this is nested deeper than %d levels", MaxDepth))
		return true
	}
	most, what := MaxEntries, "entries of one list"
	if n.isMapping() {
		most, what = 2*MaxEntries, "fields of one group"
	}
	for i := range n.children() {
		if i == most {
			l.report(limitRule, l.headSpan(n.child(i)), fmt.Sprintf("this is past the %s %s that a record may have", thousand, what))
			return true
		}
		if l.isBeyondLimits(n.child(i), depth+1) {
			return true
		}
	}
	return false
}

// thousand is MaxEntries in words.
const thousand = "1,000"

// headSpan returns the span of what a collection begins with: its bracket or
// dash, or its first key.
func (l *loader) headSpan(n parsed) source.Span {
	start := l.offset(n)
	if n.children() > 0 {
		if first := n.child(0); first.isScalar() && l.offset(first) == start {
			key := &Node{Text: first.text(), start: int32(start), style: first.style()}
			return l.record.span(key, nil, false)
		}
	}
	return l.record.File.Span(start, min(start+1, len(l.record.File.Text())))
}

// convert returns n as a Node, and reports what a record must not hold.
func (l *loader) convert(n parsed) *Node {
	l.checkProperties(n)
	node := l.node(n)
	switch {
	case n.isAlias():
		start := l.offset(n)
		l.report(aliasRule, l.record.File.Span(start, start+len("*")+len(n.text())), fmt.Sprintf("`*%s` stands for a value that is written elsewhere; write it out here", n.text()))
	case n.isScalar():
		l.scalar(node, n.text())
	default:
		l.collection(node, n)
	}
	return node
}

// scalar makes node the scalar that a text is.
func (l *loader) scalar(node *Node, text string) {
	node.Kind, node.Text = String, text
	if node.style == plain {
		var sound bool
		if node.Kind, sound = plainKind(node.Text); !sound {
			l.reportPlain(node)
		}
	}
	if l.odd {
		l.scalars = append(l.scalars, node)
	}
	l.checkScalar(node)
}

// collection makes node the group or list that n is.
func (l *loader) collection(node *Node, n parsed) {
	indent, inFlow := l.indent, l.inFlow
	if node.style == flow {
		l.inFlow = true
	} else if first := l.record.File.Text()[l.offset(n)]; first != '&' && first != '!' {
		l.indent = n.position().Column
	}
	if n.isMapping() {
		node.Kind = Map
		node.Fields = l.fields(n)
	} else {
		node.Kind = List
		node.Items = make([]*Node, n.children())
		for i := range node.Items {
			node.Items[i] = l.convert(n.child(i))
		}
	}
	l.indent, l.inFlow = indent, inFlow
	if node.style == flow {
		l.checkFlow(node)
	}
}

// reportPlain reports a plain value that programs read in more than one way.
func (l *loader) reportPlain(n *Node) {
	if l.past && n.Kind == String || l.isFull() {
		return
	}
	if n.Kind == Number {
		message, help := numberProblem(n.Text)
		l.reportWithHelp(numberRule, l.record.span(n, nil, false), message, help)
		return
	}
	quoted := inDoubleQuotes(n.Text)
	l.reportBoolean(n, fmt.Sprintf("Write `%s`.", quoted))
	last := &l.findings[len(l.findings)-1]
	*last = last.WithExpected(n.Text)
	l.mend(Edit{int(n.start), n.end(l.record.File.Text()), quoted})
}

// reportBoolean reports a word that is a truth value to some programs.
func (l *loader) reportBoolean(n *Node, help string) {
	l.reportWithHelp(booleanRule, l.record.span(n, nil, false),
		fmt.Sprintf("`%s` is text to some programs and true or false to others", n.Text), help)
}

// fields converts a mapping's keys and values, and reports keys that stand
// twice.
func (l *loader) fields(n parsed) []Field {
	fields := make([]Field, 0, n.children()/2)
	var index map[string]int // of the keys, for mappings in which a search would be slow
	if n.children() > 2*16 {
		index = make(map[string]int, n.children()/2)
	}
	for i := 0; i+1 < n.children(); i += 2 {
		key := l.key(n.child(i))
		if key.Kind == String { // others are reported: the record is not taken
			if first := indexOf(key.Text, fields, index); first >= 0 {
				l.reportDuplicate(&key, fields[first].key())
			} else if index != nil {
				index[key.Text] = len(fields)
			}
		}
		field := Field{Key: key.Text, Value: l.convert(n.child(i + 1)), start: key.start, style: key.style}
		if n.child(i).position().Line != n.child(i+1).position().Line {
			l.checkGap(&key, field.Value)
		}
		if key.Kind == String {
			fields = append(fields, field)
		}
	}
	return fields
}

// indexOf returns which of the fields has a key, or -1.
func indexOf(key string, fields []Field, index map[string]int) int {
	if index != nil {
		if i, ok := index[key]; ok {
			return i
		}
		return -1
	}
	return slices.IndexFunc(fields, func(f Field) bool { return f.Key == key })
}

// reportDuplicate reports a key that is there already.
func (l *loader) reportDuplicate(key, first *Node) {
	if l.isFull() {
		return
	}
	span := l.record.span(first, nil, false)
	l.reportAt(duplicateKeyRule, key, fmt.Sprintf("`%s` is already given on line %d", key.Text, span.Start.Line))
	last := &l.findings[len(l.findings)-1]
	*last = last.WithRelated(finding.Related{
		Place:   finding.Place{File: l.record.Path, Span: span, Subject: first.Text},
		Message: fmt.Sprintf("`%s` is given here first", first.Text),
	})
}

// key returns a mapping's key as a Node, and reports one that is no text.
func (l *loader) key(n parsed) Node {
	if !n.isScalar() {
		inFlow := l.inFlow
		l.inFlow = true      // it may stand in the first column
		key := *l.convert(n) // of no kind that a key may have
		l.inFlow = inFlow
		if !n.isAlias() {
			l.reportAt(keyRule, &key, "this key is no text but a list or a mapping")
		}
		return key
	}
	l.checkProperties(n)
	key := Node{Kind: String, Text: n.text(), start: int32(l.offset(n)), style: n.style()}
	sound := true
	if key.style == plain {
		key.Kind, sound = plainKind(key.Text)
	}
	if l.odd {
		l.scalars = append(l.scalars, &Node{Text: key.Text, start: key.start, style: key.style})
	}
	if key.style == block {
		l.checkStart(&key)
	}
	if key.style != plain {
		l.checkQuoted(&key)
	} else if l.inFlow && strings.HasSuffix(key.Text, ":") {
		l.checkPlain(&key)
	}
	if l.past && key.style == plain && key.Text == "on" {
		key.Text = "date"
	}
	switch {
	case n.isMerge():
		l.reportAt(aliasRule, &key, "`<<` merges another mapping in here; write its fields out")
	case key.isBlank():
		l.reportAt(keyRule, &key, "the name in front of this colon is missing")
	case key.Kind == Bool:
		l.reportTruthKey(&key)
	case key.Kind != String:
		l.reportAt(keyRule, &key, fmt.Sprintf("the key `%s` is no text: YAML reads it as a number, a truth value or nothing", key.Text))
	case key.style == plain && isTimestamp(key.Text):
		l.reportAt(keyRule, &key, fmt.Sprintf("some programs read the key `%s` as a date", key.Text))
	case !sound && !l.past:
		l.reportBoolean(&key, "Give the field the name that its schema has, or put the name in quotes.")
	case l.marked && l.isBehind('?', n):
		l.reportAt(keyRule, &key, fmt.Sprintf("the `?` in front of `%s` is a part of the key to some programs and none to others", key.Text))
	}
	return key
}

// reportTruthKey reports a key that is a truth value. Nobody calls a field so, but
// programs that take `on` for one write it back like that.
func (l *loader) reportTruthKey(key *Node) {
	was, help := "`on`, `yes` or `y`", "Write the field's name again; the day of something is its `date`."
	if !key.True() {
		was, help = "`off`, `no` or `n`", "Write the field's name again."
	}
	l.reportWithHelp(keyRule, l.record.span(key, nil, false),
		fmt.Sprintf("the key `%s` is no text but a truth value: some programs make it of %s", key.Text, was), help)
}

// isBehind reports whether a character stands right in front of a node.
func (l *loader) isBehind(b byte, n parsed) bool {
	start := l.offset(n)
	return start > 0 && l.record.File.Text()[start-1] == b
}

// checkProperties reports the anchor and the tag in front of a node. The parser
// keeps no trace of some tags, but a node's place is that of what is in front. A
// value that is missing gets the place of the next key, whose anchor and tag are
// reported once.
func (l *loader) checkProperties(n parsed) {
	if !l.marked {
		return
	}
	if n.children() > 0 && n.child(0).position() == n.position() {
		return // what stands there is the first key's
	}
	text := l.record.File.Text()
	anchored := false
	for at := l.offset(n); at < len(text) && (text[at] == '&' || text[at] == '!'); {
		word := l.wordSpan(at)
		anchored = anchored || text[at] == '&'
		if at >= l.reported {
			l.reportProperty(word, text[at])
			l.reported = at + 1
		}
		at = skip(text, l.record.File.Offset(word.End), func(r rune) bool { return r == ' ' || r == '\t' })
	}
	if n.anchor() != "" && !anchored { // it stands on a later line than the tag
		l.reportAnchor(l.wordSpan(l.offset(n)))
	}
}

// reportProperty reports an anchor or a tag by the character that it begins with.
func (l *loader) reportProperty(word source.Span, begin byte) {
	if begin == '&' {
		l.reportAnchor(word)
	} else {
		l.report(tagRule, word, "a tag (`!`) changes what a value is; a record says it in the value itself")
	}
}

func (l *loader) reportAnchor(span source.Span) {
	l.report(aliasRule, span, "an anchor (`&`) names a value to be used elsewhere; write values out where they belong")
}

func (l *loader) offset(n parsed) int {
	return l.record.File.Offset(n.position())
}

// wordSpan returns the span of the word at an offset: an anchor, a tag, the
// mark of a document.
func (l *loader) wordSpan(start int) source.Span {
	text := l.record.File.Text()
	inWord := func(r rune) bool { return !isSpace(r) && !strings.ContainsRune(",[]{}", r) }
	switch {
	case bytes.HasPrefix(text[start:], []byte("!<")):
		inWord = func(r rune) bool { return !isSpace(r) }
	case bytes.HasPrefix(text[start:], []byte("&")): // the parser takes no more into a name
		inWord = func(r rune) bool { return r == '&' || r == '_' || r == '-' || isAlphanumeric(r) }
	}
	return l.record.File.Span(start, skip(text, start, inWord))
}

func isAlphanumeric(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

// node returns a new Node for what the parser found. They are made by the dozen.
func (l *loader) node(n parsed) *Node {
	if len(l.spare) == 0 {
		l.spare = make([]Node, 16)
	}
	node := &l.spare[0]
	l.spare = l.spare[1:]
	node.start, node.style = int32(l.offset(n)), n.style()
	return node
}

// reportMended reports what edit puts right.
func (l *loader) reportMended(span source.Span, message, help string, edit Edit) {
	if l.past || l.isFull() {
		return
	}
	l.reportWithHelp(syntaxRule, span, message, help)
	l.mend(edit)
}

func (l *loader) reportAt(rule *finding.Rule, n *Node, message string) {
	l.report(rule, l.record.span(n, nil, false), message)
}

// isFull reports whether so much is found that no more will be told, and counts
// what is not. What is found comes in the order of the text, but for what stands
// at one place.
func (l *loader) isFull() bool {
	if len(l.findings) < 2*MaxFindings {
		return false
	}
	l.untold++
	return true
}

func (l *loader) report(rule *finding.Rule, span source.Span, message string) {
	l.reportWithHelp(rule, span, message, rule.Help)
}

func (l *loader) reportWithHelp(rule *finding.Rule, span source.Span, message, help string) {
	if l.isFull() {
		return
	}
	file := l.record.File
	subject := file.Text()[file.Offset(span.Start):file.Offset(span.End)]
	place := finding.Place{File: l.record.Path, Span: span, Subject: string(subject)}
	found := finding.New(rule, place, message)
	found.Help = help
	l.findings = append(l.findings, found)
}
