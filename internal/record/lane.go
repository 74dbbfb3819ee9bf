package record

import (
	"slices"
	"strings"
)

// This file and lane_scalar.go are a lane past the parser: one pass that
// reads what people write in records. It is sure, or it steps aside.
//
//   - It takes groups and lists in lines, plain scalars, scalars in quotes on one line,
//     texts in lines (`|`, `>`), lists and groups in brackets on one line, and comments.
//     From all else it steps aside: the parser reads that.
//   - What it takes has the very values, places and styles that read gives it, and
//     nothing that read would report. The lane itself reports nothing.
//   - The parser is the only judge of what is wrong, of what is unusual, and of the lane:
//     the tests in lane_test.go hold the two against each other.

// A lane is one pass over a text.
type lane struct {
	text   string
	at     int // the offset of what comes next
	column int // of the line that comes next, from 0; -1 at the end of the text

	breaks    int  // how many blank lines stand in front of it
	commented bool // whether a comment stands between it and what was read last

	spare []Node
	texts strings.Builder // of the scalars that are not written as they read
}

// maxName and maxNames are more than the names of a record's fields come to. The
// parser gives up on longer names; more of them would need an index.
const (
	maxName  = 128
	maxNames = 64
)

// readSurely returns the value of a text that checkEncoding took, where it is sure
// what read makes of it.
func readSurely(text string) (root *Node, sure bool) {
	if len(text) > largeText || strings.IndexByte(text, '\t') >= 0 || strings.Contains(text, "\uFEFF") {
		return nil, false
	}
	l := lane{text: text}
	if l.nextLine(); l.column != 0 {
		return nil, false
	}
	root = l.group(0, 1)
	return root, root != nil && l.column < 0 // a line may start in none of the columns
}

// nextLine goes to the first character of the next line that is neither blank nor a
// comment. It starts at the beginning of a line.
func (l *lane) nextLine() {
	l.breaks = 0
	for start := l.at; l.at < len(l.text); start = l.at {
		l.skipSpaces()
		switch {
		case l.isAtEnd():
			l.breaks++
		case l.text[l.at] == '#':
			l.commented = true
		default:
			l.column = l.at - start
			return
		}
		l.skipLine()
	}
	l.column = -1
}

// endLine goes on to the next line, and is not ok where more than a comment stands
// behind what was read.
func (l *lane) endLine() (ok bool) {
	l.commented = false
	start := l.at
	l.skipSpaces()
	if !l.isAtEnd() {
		if l.text[l.at] != '#' || l.at == start {
			return false
		}
		l.commented = true
	}
	l.skipLine()
	return true
}

func (l *lane) skipSpaces() {
	for l.at < len(l.text) && l.text[l.at] == ' ' {
		l.at++
	}
}

func (l *lane) skipLine() {
	if length := strings.IndexByte(l.text[l.at:], '\n'); length >= 0 {
		l.at += length + 1
	} else {
		l.at = len(l.text)
	}
}

// isAtEnd reports whether nothing more stands in the line.
func (l *lane) isAtEnd() bool { return isLineEnd(l.text, l.at) }

func isLineEnd(text string, at int) bool {
	return at == len(text) || text[at] == '\n' || text[at] == '\r'
}

// isGapAt reports whether there is a blank at an offset, or the end of a line.
func (l *lane) isGapAt(at int) bool { return isLineEnd(l.text, at) || l.text[at] == ' ' }

func (l *lane) isEntry() bool { return l.text[l.at] == '-' && l.isGapAt(l.at+1) }

// The methods below return nil where they step aside. Unless they say where they go,
// they go to the line that comes next.

// value reads what starts in a column, and belongs to what starts in the column parent.
func (l *lane) value(parent, column, depth int) *Node {
	if l.isEntry() {
		return l.list(column, depth)
	}
	if _, stop := l.plainEnd(l.at); stop == ':' && startsName(l.text[l.at]) {
		return l.group(column, depth)
	}
	return l.inline(parent, depth)
}

// group reads the fields that start in a column.
func (l *lane) group(column, depth int) *Node {
	if depth > MaxDepth {
		return nil
	}
	node := l.node(Map, l.at, indented)
	var room [16]Field // for most groups, until it is known how many they have
	fields := room[:0]
	for l.column == column || len(fields) == 0 {
		field := l.field(column, depth, fields)
		if field.Value == nil {
			return nil
		}
		fields = append(fields, field)
	}
	node.Fields = slices.Clone(fields)
	return node
}

// field reads one field, which has no value where the lane steps aside.
func (l *lane) field(column, depth int, before []Field) Field {
	start := l.at
	end, _ := l.plainEnd(start)
	if !l.isName(start, end, before) {
		return Field{}
	}
	l.at = end + 1
	return Field{Key: l.text[start:end], Value: l.fieldValue(column, depth+1), start: int32(start)}
}

// isName reports whether a plain text is the name of a field that comes after others,
// and its colon follows at once.
func (l *lane) isName(start, end int, before []Field) bool {
	if end == len(l.text) || l.text[end] != ':' || !l.isGapAt(end+1) || end-start > maxName || !startsName(l.text[start]) {
		return false
	}
	name := l.text[start:end]
	kind, sound := plainKind(name)
	return kind == String && sound && name[len(name)-1] != ':' && len(before) < maxNames && indexOf(name, before, nil) < 0
}

// fieldValue reads what stands behind a field's colon, or below it.
func (l *lane) fieldValue(column, depth int) *Node {
	behind := l.at
	if l.skipSpaces(); !l.isAtEnd() && l.text[l.at] != '#' {
		return l.inline(column, depth)
	}
	l.commented = !l.isAtEnd()
	l.skipLine()
	switch l.nextLine(); {
	case l.column == column && l.isEntry():
		return l.list(column, depth)
	case l.column <= column:
		return l.node(Null, behind, plain)
	}
	commented := l.commented
	node := l.value(column, l.column, depth)
	if commented && node != nil && node.style != indented {
		return nil
	}
	return node
}

// list reads the entries whose dashes stand in a column.
func (l *lane) list(column, depth int) *Node {
	if depth > MaxDepth {
		return nil
	}
	node := l.node(List, l.at, indented)
	var room [8]*Node // for most lists
	items := room[:0]
	for len(items) == 0 || l.column == column && l.isEntry() {
		item := l.item(column, depth+1)
		if item == nil {
			return nil
		}
		items = append(items, item)
	}
	if len(items) > MaxEntries {
		return nil
	}
	node.Items = slices.Clone(items)
	return node
}

// item reads what stands behind a dash, or below it.
func (l *lane) item(column, depth int) *Node {
	dash := l.at
	l.at++
	behind := l.at
	if l.skipSpaces(); !l.isAtEnd() && l.text[l.at] != '#' {
		return l.value(column, column+l.at-dash, depth)
	}
	l.skipLine()
	if l.nextLine(); l.column > column {
		return l.value(column, l.column, depth)
	}
	return l.node(Null, behind, plain)
}

// flowList reads a list in brackets, and goes behind it. It has to end in this line.
func (l *lane) flowList(depth int) *Node {
	node := l.node(List, l.at, flow)
	node.Items = []*Node{}
	for more := l.opens(']'); more && len(node.Items) < MaxEntries; more = l.goesOn() {
		item := l.flowValue(depth + 1)
		if item == nil {
			return nil
		}
		node.Items = append(node.Items, item)
	}
	return l.closed(node, ']', depth)
}

// flowGroup reads a group in braces, and goes behind it. It has to end in this line.
func (l *lane) flowGroup(depth int) *Node {
	node := l.node(Map, l.at, flow)
	node.Fields = []Field{}
	for more := l.opens('}'); more; more = l.goesOn() {
		field := l.flowField(depth, node.Fields)
		if field.Value == nil {
			return nil
		}
		node.Fields = append(node.Fields, field)
	}
	return l.closed(node, '}', depth)
}

// opens goes behind an opening bracket, and reports whether something is in it.
func (l *lane) opens(closing byte) bool {
	l.at++
	l.skipSpaces()
	return !l.isAtEnd() && l.text[l.at] != closing
}

// goesOn goes behind a comma, if one is there.
func (l *lane) goesOn() bool {
	l.skipSpaces()
	if l.isAtEnd() || l.text[l.at] != ',' {
		return false
	}
	l.at++
	l.skipSpaces()
	return true
}

// closed goes behind the bracket that closes a collection, if it is there.
func (l *lane) closed(node *Node, closing byte, depth int) *Node {
	if l.isAtEnd() || l.text[l.at] != closing || depth > MaxDepth {
		return nil
	}
	l.at++
	return node
}

// flowField reads one field in braces, which has no value where the lane steps aside.
func (l *lane) flowField(depth int, before []Field) Field {
	start, end := l.at, l.flowPlainEnd()
	if !l.isName(start, end, before) {
		return Field{}
	}
	l.at = end + 1
	l.skipSpaces()
	return Field{Key: l.text[start:end], Value: l.flowValue(depth + 1), start: int32(start)}
}

// flowValue reads a value in brackets or braces, and goes behind it.
func (l *lane) flowValue(depth int) *Node {
	if l.isAtEnd() || depth > MaxDepth+1 {
		return nil
	}
	switch l.text[l.at] {
	case '\'', '"', '[', '{':
		return l.enclosed(depth)
	}
	start, end := l.at, l.flowPlainEnd()
	if end == start || !l.startsPlain() {
		return nil
	}
	l.at = end
	return l.plainNode(start, l.text[start:end])
}

// node returns a new Node. They are made together, about as many as there are values
// ahead: most stand behind a colon.
func (l *lane) node(kind Kind, start int, style style) *Node {
	if len(l.spare) == 0 {
		l.spare = make([]Node, min(max(4, strings.Count(l.text[l.at:], ":")), 64))
	}
	node := &l.spare[0]
	l.spare = l.spare[1:]
	node.Kind, node.start, node.style = kind, int32(start), style
	return node
}
