package privacy

import (
	"regexp"
	"slices"
	"strconv"
	"sync"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// A view is what a schema says of the values at one place, with everything that
// it applies there by reference, alternative or condition: what any of them
// marks private is.
type view struct {
	*Mask
	schemas []map[string]any
	private bool
	within  bool     // whether a part of the value is private
	types   []string // that the value may have, where the schema says so
	first   int      // how many entries of a list have schemas of their own
	below   sync.Map // views by field or index; nil where the schema describes none
}

func (m *Mask) view(written []any) *view {
	v := &view{Mask: m}
	seen := map[string]bool{}
	for _, schema := range written {
		v.apply(schema, seen)
	}
	for _, applied := range v.schemas {
		v.private = v.private || isPrivate(applied)
		v.within = v.within || m.mentions(applied, map[string]bool{})
		v.types = append(v.types, schema.Texts(applied["type"])...)
		first, _ := applied["prefixItems"].([]any)
		v.first = max(v.first, len(first))
	}
	return v
}

// isPrivate reports whether a schema is marked, in whatever way: only a plain
// false says that it is not.
func isPrivate(schema map[string]any) bool {
	mark, marked := schema["x-private"]
	return marked && mark != false
}

// apply adds a schema and all that it applies to the same value.
func (v *view) apply(written any, seen map[string]bool) {
	schema, ok := written.(map[string]any)
	if !ok {
		return
	}
	v.schemas = append(v.schemas, schema)
	for _, keyword := range []string{"$ref", "$dynamicRef"} {
		ref, ok := schema[keyword].(string)
		if ok && !seen[ref] {
			seen[ref] = true
			v.apply(v.target(ref), seen)
		}
	}
	for _, keyword := range []string{"not", "if", "then", "else"} {
		v.apply(schema[keyword], seen)
	}
	for _, keyword := range []string{"allOf", "anyOf", "oneOf"} {
		branches, _ := schema[keyword].([]any)
		for _, branch := range branches {
			v.apply(branch, seen)
		}
	}
	dependent, _ := schema["dependentSchemas"].(map[string]any)
	for _, branch := range dependent {
		v.apply(branch, seen)
	}
}

// takes reports whether the value may have one of the types. Where the schema
// names none it may have any, unless a part of it would be private.
func (v *view) takes(types ...string) bool {
	if len(v.types) == 0 {
		return !v.within
	}
	return slices.ContainsFunc(types, func(name string) bool { return slices.Contains(v.types, name) })
}

// child returns the view of a field or an entry, or nil where the schema does
// not describe it.
func (v *view) child(segment string, parent record.Kind) *view {
	key := segment
	if i, err := strconv.Atoi(segment); err == nil && parent == record.List {
		segment = strconv.Itoa(min(i, v.first)) // all others are described alike
		key = "[" + segment + "]"
	}
	if known, ok := v.below.Load(key); ok {
		return known.(*view)
	}
	child := v.describe(segment, parent)
	v.below.Store(key, child)
	return child
}

func (v *view) describe(segment string, parent record.Kind) *view {
	var written []any
	describes, name := fieldSchemas, "object"
	if parent == record.List {
		describes, name = itemSchemas, "array"
	}
	for _, schema := range v.schemas {
		written = append(written, describes(schema, segment)...)
	}
	written = slices.DeleteFunc(written, func(schema any) bool { return schema == nil || schema == false })
	if len(written) > 0 || v.takes(name) && !v.within && !v.closed() {
		return v.view(written)
	}
	return nil
}

// closed reports whether no other fields are known than those described: one
// that stands beside fields with names may be misspelt, or another place's.
func (v *view) closed() bool {
	return slices.ContainsFunc(v.schemas, func(schema map[string]any) bool {
		return schema["additionalProperties"] == false || schema["unevaluatedProperties"] == false || schema["properties"] != nil
	})
}

// fieldSchemas returns what a schema of an object says of one of its fields.
func fieldSchemas(schema map[string]any, name string) []any {
	var written []any
	properties, _ := schema["properties"].(map[string]any)
	if property, ok := properties[name]; ok {
		written = append(written, property)
	}
	patterns, _ := schema["patternProperties"].(map[string]any)
	for pattern, property := range patterns {
		if matched, err := regexp.MatchString(pattern, name); matched || err != nil {
			written = append(written, property)
		}
	}
	if len(written) == 0 {
		written = append(written, schema["additionalProperties"])
	}
	return append(written, schema["unevaluatedProperties"], markOnly(schema["propertyNames"]))
}

// markOnly returns of a schema of fields' names that it is marked private, if
// so: their values go with them.
func markOnly(written any) any {
	if schema, ok := written.(map[string]any); ok && isPrivate(schema) {
		return map[string]any{"x-private": true}
	}
	return nil
}

// itemSchemas returns what a schema of a list says of one of its entries.
func itemSchemas(schema map[string]any, index string) []any {
	written := []any{schema["contains"], schema["unevaluatedItems"]}
	first, _ := schema["prefixItems"].([]any)
	if i, err := strconv.Atoi(index); err == nil && i < len(first) {
		return append(written, first[i])
	}
	return append(written, schema["items"])
}

func (v *view) publish(n *record.Node, hidden func(text string)) *record.Node {
	if v == nil || v.private || n.IsScalar() && !v.takes("string", "number", "integer", "boolean", "null") {
		EachText(n, hidden)
		return nil
	}
	switch n.Kind {
	case record.Map:
		return v.publishFields(n, hidden)
	case record.List:
		return v.publishItems(n, hidden)
	}
	return n
}

// EachText calls f, where that is not nil, with every text in a value, names of
// fields included.
func EachText(n *record.Node, f func(text string)) {
	if f == nil {
		return
	}
	if n.IsScalar() && n.Text != "" {
		f(n.Text)
	}
	for _, item := range n.Items {
		EachText(item, f)
	}
	for i := range n.Fields {
		f(n.Fields[i].Key)
		EachText(n.Fields[i].Value, f)
	}
}

// publishFields returns the object itself where all of it may be published,
// and nil where nothing of it may.
func (v *view) publishFields(n *record.Node, hidden func(text string)) *record.Node {
	fields := make([]record.Field, 0, len(n.Fields))
	whole := true
	for i := range n.Fields {
		field := n.Fields[i]
		value := v.child(field.Key, n.Kind).publish(field.Value, hidden)
		whole = whole && value == field.Value
		if field.Value = value; value != nil {
			fields = append(fields, field)
		} else if hidden != nil && !v.names(field.Key) {
			hidden(field.Key)
		}
	}
	if whole {
		return n
	}
	if len(fields) == 0 {
		return nil
	}
	public := *n
	public.Fields = fields
	return &public
}

// names reports whether it is the schema that gives a field its name.
func (v *view) names(key string) bool {
	return slices.ContainsFunc(v.schemas, func(applied map[string]any) bool {
		return schema.LookUp(applied, []string{"properties", key}) != nil
	})
}

func (v *view) publishItems(n *record.Node, hidden func(text string)) *record.Node {
	items := make([]*record.Node, 0, len(n.Items))
	whole := true
	for i, item := range n.Items {
		value := v.child(strconv.Itoa(i), n.Kind).publish(item, hidden)
		whole = whole && value == item
		if value != nil {
			items = append(items, value)
		}
	}
	if whole {
		return n
	}
	if len(items) == 0 {
		return nil
	}
	public := *n
	public.Items = items
	return &public
}
