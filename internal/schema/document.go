package schema

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/pointer"
)

// A document is a schema as it is written.
type document map[string]any

// lookUp returns what stands at a path in the document, or nil.
func (d document) lookUp(path []string) any { return LookUp(map[string]any(d), path) }

// A description is what a schema says of a value: in every case, and in some,
// such as in one of several branches.
type description struct{ always, perhaps []map[string]any }

// describe returns what a schema, and all that it refers to, says of the value
// that it is about.
func (d document) describe(schema map[string]any) description {
	all := description{always: []map[string]any{schema}}
	for _, ref := range refs(schema) {
		path, _ := d.target(ref)
		if target, ok := d.lookUp(path).(map[string]any); ok {
			all.add(d.describe(target), true)
		}
	}
	for _, b := range heldBy(heldInPlace, schema, nil) {
		if object, ok := b.schema.(map[string]any); ok {
			all.add(d.describe(object), b.keyword == "allOf")
		}
	}
	return all
}

// add joins what another description says, always or only perhaps.
func (all *description) add(more description, always bool) {
	if always {
		all.always = append(all.always, more.always...)
	} else {
		all.perhaps = append(all.perhaps, more.always...)
	}
	all.perhaps = append(all.perhaps, more.perhaps...)
}

// child returns what a description says of a field of the value, or of one of
// its entries.
func (d document) child(of description, name string) (child description) {
	for _, schema := range of.always {
		for _, below := range childrenOf(schema, name) {
			child.add(d.describe(below), true)
		}
	}
	for _, schema := range of.perhaps {
		for _, below := range childrenOf(schema, name) {
			child.add(d.describe(below), false)
		}
	}
	return child
}

// childrenOf returns the schemas that one has for a field or an entry.
func childrenOf(schema map[string]any, name string) []map[string]any {
	var all []map[string]any
	add := func(child any) {
		if object, ok := child.(map[string]any); ok {
			all = append(all, object)
		}
	}
	i, err := strconv.Atoi(name)
	prefix := asList(schema["prefixItems"])
	property, known := asObject(schema["properties"])[name]
	add(property)
	patterns := asObject(schema["patternProperties"])
	for _, pattern := range sortedKeys(patterns) {
		if matches(pattern, name) {
			known = true
			add(patterns[pattern])
		}
	}
	switch {
	case known:
	case err == nil && i < len(prefix):
		add(prefix[i])
	case err == nil && schema["items"] != nil:
		add(schema["items"])
	default:
		add(schema["additionalProperties"])
	}
	return all
}

// property returns the schema of the value at path, with all that is said of it
// merged in; empty where the schema does not say.
func (d document) property(path []string) map[string]any {
	return d.saidOf(path).merged()
}

// saidOf returns what is said of the value at path.
func (d document) saidOf(path []string) description {
	all := d.describe(d)
	for _, segment := range path {
		all = d.child(all, segment)
	}
	return all
}

// merged lays what a description says together: what is said first counts. What
// is said in some cases only explains, and names fields.
func (all description) merged() map[string]any {
	merged := map[string]any{}
	for _, schema := range all.always {
		for keyword, value := range schema {
			if _, ok := merged[keyword]; !ok {
				merged[keyword] = value
			}
		}
	}
	for _, schema := range all.perhaps {
		for keyword, value := range schema {
			if _, ok := merged[keyword]; !ok && explains(keyword) {
				merged[keyword] = value
			}
		}
	}
	if fields := all.fields(); len(fields) > 0 {
		merged["properties"] = fields
	}
	return merged
}

// explains reports whether a keyword asks nothing of a value.
func explains(keyword string) bool {
	return keyword == "title" || keyword == "description" || keyword == "examples" ||
		strings.HasPrefix(keyword, "x-") && keyword != "x-expects"
}

// fields returns the fields that the value may have, each with a schema of it.
func (all description) fields() map[string]any {
	fields := map[string]any{}
	for _, schema := range slices.Concat(all.always, all.perhaps) {
		properties, _ := schema["properties"].(map[string]any)
		for name, field := range properties {
			if _, ok := fields[name]; !ok && field != false {
				fields[name] = field
			}
		}
	}
	return fields
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

// matches reports whether a name is one of those that a pattern stands for.
func matches(pattern, name string) bool {
	ok, err := regexp.MatchString(pattern, name)
	return ok && err == nil
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
// URL: each segment is escaped once more.
func fragmentPath(fragment string) []string {
	path := pointer.Path(fragment)
	for i := range path {
		if unescaped, err := url.PathUnescape(path[i]); err == nil {
			path[i] = unescaped
		}
	}
	return path
}
