// Package fill puts values into texts, in the place of names in braces.
package fill

import "strings"

// Text returns a template with each {name} replaced by what value returns for
// it, and whether all of them are known; for one that is not, value says what to
// write. A name can hold others: in {types.{type}.title}, {type} comes first. A
// brace without its partner, and braces in a value, are text.
func Text(template string, value func(name string) (text string, known bool)) (filled string, known bool) {
	var b strings.Builder
	known = true
	for {
		begin := strings.IndexByte(template, '{')
		end := partner(template, begin)
		if end < 0 {
			b.WriteString(template)
			return b.String(), known
		}
		b.WriteString(template[:begin])
		name, ok := Text(template[begin+1:end], value)
		text, found := value(name)
		b.WriteString(text)
		known = known && ok && found
		template = template[end+1:]
	}
}

// Handbook returns a text with each {handbook.name} replaced by what handbook returns for
// the names behind the first point, and whether all that stands in braces was replaced.
// What handbook returns "" for stays as it is, and so does all else in braces.
func Handbook(text string, handbook func(names ...string) string) (filled string, known bool) {
	return Text(text, func(name string) (string, bool) {
		if path, ours := strings.CutPrefix(name, "handbook."); ours {
			if value := handbook(strings.Split(path, ".")...); value != "" {
				return value, true
			}
		}
		return "{" + name + "}", false
	})
}

// Names returns the names in a template, those inside of others in front of
// them.
func Names(template string) []string {
	var names []string
	Text(template, func(name string) (string, bool) {
		names = append(names, name)
		return name, true
	})
	return names
}

// partner returns where the brace at begin is closed, or -1.
func partner(template string, begin int) int {
	if begin < 0 {
		return -1
	}
	depth := 0
	for i := begin; i < len(template); i++ {
		switch template[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
