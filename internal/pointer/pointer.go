// Package pointer writes the way to a value in a record as a JSON Pointer (RFC
// 6901), and reads it. Within the program a way is a path, the list of its
// names and indices; a pointer is for other programs, and for keys of maps.
package pointer

import "strings"

var escapes = strings.NewReplacer("~", "~0", "/", "~1")

// Of returns the JSON Pointer of a path; "" is the whole record's.
func Of(path []string) string {
	var b strings.Builder
	for _, segment := range path {
		b.WriteByte('/')
		escapes.WriteString(&b, segment)
	}
	return b.String()
}

var unescapes = strings.NewReplacer("~1", "/", "~0", "~")

// Path returns the path that a JSON Pointer writes down.
func Path(pointer string) []string {
	if pointer == "" {
		return nil
	}
	path := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i := range path {
		path[i] = unescapes.Replace(path[i])
	}
	return path
}
