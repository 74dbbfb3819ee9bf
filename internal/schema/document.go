package schema

import (
	"maps"
	"net/url"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/pointer"
)

// A document is a schema as it is written.
type document map[string]any

// lookUp returns what stands at a path in the document, or nil.
func (d document) lookUp(path []string) any { return LookUp(map[string]any(d), path) }

// property returns the schema of the value at path, with what it refers to
// merged in; empty where the schema does not say.
func (d document) property(path []string) map[string]any {
	schema := d.resolve(d)
	for _, segment := range path {
		next := LookUp(schema, []string{"properties", segment})
		if next == nil && isIndex(segment) {
			next = schema["items"]
		}
		if next == nil {
			next = schema["additionalProperties"]
		}
		object, _ := next.(map[string]any)
		schema = d.resolve(object)
	}
	return schema
}

func isIndex(segment string) bool {
	_, err := strconv.Atoi(segment)
	return err == nil
}

// resolve lays a schema over the one that it refers to.
func (d document) resolve(schema map[string]any) map[string]any {
	ref, ok := schema["$ref"].(string)
	if !ok {
		return schema
	}
	target, _ := d.lookUp(fragmentPath(strings.TrimPrefix(ref, "#"))).(map[string]any)
	merged := maps.Clone(target)
	if merged == nil {
		merged = map[string]any{}
	}
	maps.Copy(merged, schema)
	return merged
}

// title returns what people call the value at path: the last name in path
// where the schema has no title for it.
func (d document) title(path []string) string {
	title, _ := d.property(path)["title"].(string)
	if title == "" && len(path) > 0 {
		return path[len(path)-1]
	}
	return title
}

// LookUp returns the value at a path in a JSON document, or nil.
func LookUp(document any, path []string) any {
	for _, segment := range path {
		switch value := document.(type) {
		case map[string]any:
			document = value[segment]
		case []any:
			i, err := strconv.Atoi(segment)
			if err != nil || i < 0 || i >= len(value) {
				return nil
			}
			document = value[i]
		default:
			return nil
		}
	}
	return document
}

// Texts returns the strings of a JSON value that is one or a list of them.
func Texts(value any) []string {
	switch value := value.(type) {
	case string:
		return []string{value}
	case []any:
		var all []string
		for _, v := range value {
			if text, ok := v.(string); ok {
				all = append(all, text)
			}
		}
		return all
	}
	return nil
}

// fragmentPath returns the path of a JSON Pointer that stands behind the # of a
// URL: each segment is escaped once more. "/" is the root, too.
func fragmentPath(fragment string) []string {
	if fragment == "/" {
		return nil
	}
	path := pointer.Path(fragment)
	for i := range path {
		if unescaped, err := url.PathUnescape(path[i]); err == nil {
			path[i] = unescaped
		}
	}
	return path
}
