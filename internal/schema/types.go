package schema

import (
	"reflect"
	"slices"
)

// Types returns for each kind a schema that says of which type its fields are, as
// far as they are of one, and nothing else: for rules, which can then be held
// against it, however the kind's own schema says so.
func (p *Parsed) Types() map[string]map[string]any {
	all := map[string]map[string]any{}
	for _, kind := range p.kinds {
		t := typer{kind.document, nil}
		all[kind.name] = t.schema(t.describe(kind.document))
	}
	return all
}

// A typer writes types down.
type typer struct {
	document
	onWay []uintptr // the schemas that it is in
}

// schema returns the type that a description says, {} for any. A value that may
// hold another one of its kind holds anything.
func (t typer) schema(of description) map[string]any {
	for _, schema := range of.always {
		id := reflect.ValueOf(schema).Pointer()
		if slices.Contains(t.onWay, id) {
			return map[string]any{}
		}
		t.onWay = append(slices.Clip(t.onWay), id)
	}
	switch kind := of.oneType(); kind {
	case "object":
		return t.object(of)
	case "array":
		return t.list(of)
	case "":
		return map[string]any{}
	default:
		return map[string]any{"type": kind}
	}
}

// oneType returns the only type that a value may have, or "".
func (all description) oneType() string {
	var found string
	for _, schema := range all.always {
		types := Texts(schema["type"])
		if _, ok := schema["properties"]; ok && len(types) == 0 {
			types = []string{"object"}
		}
		if len(types) > 1 || len(types) == 1 && found != "" && found != types[0] {
			return ""
		}
		if len(types) == 1 {
			found = types[0]
		}
	}
	return found
}

func (t typer) object(of description) map[string]any {
	fields := map[string]any{}
	for name := range of.fields() {
		fields[name] = t.schema(t.child(of, name))
	}
	if len(fields) == 0 {
		return map[string]any{"type": "object"}
	}
	return map[string]any{"type": "object", "properties": fields}
}

func (t typer) list(of description) map[string]any {
	for _, schema := range slices.Concat(of.always, of.perhaps) {
		if schema["prefixItems"] != nil {
			return map[string]any{"type": "array"}
		}
	}
	return map[string]any{"type": "array", "items": t.schema(t.child(of, "0"))}
}
