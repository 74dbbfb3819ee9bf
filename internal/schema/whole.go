package schema

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// This file refuses a decimal point where whole units are asked for.

// isPointed reports whether a value is, or holds, a number with a decimal point that
// may be a whole one: another is refused in any case where one is asked for.
func isPointed(n *record.Node) bool {
	if n.IsScalar() {
		return n.Kind == record.Number && strings.Contains(n.Text, ".") && (either.MatchString(n.Text) || noFraction.MatchString(n.Text))
	}
	return slices.ContainsFunc(n.Items, isPointed) ||
		slices.ContainsFunc(n.Fields, func(f record.Field) bool { return isPointed(f.Value) })
}

// pointed returns the paths of such numbers.
func pointed(n *record.Node, path []string) (paths [][]string) {
	switch {
	case !isPointed(n):
		return nil
	case n.IsScalar():
		return [][]string{path}
	}
	for i := range n.Fields {
		paths = append(paths, pointed(n.Fields[i].Value, append(slices.Clip(path), n.Fields[i].Key))...)
	}
	for i, item := range n.Items {
		paths = append(paths, pointed(item, append(slices.Clip(path), strconv.Itoa(i)))...)
	}
	return paths
}

var noFraction = regexp.MustCompile(`\.0+$`)

// wholes returns the problems of numbers with a decimal point where whole ones are
// asked for. To JSON Schema, 8.000 is one; to a person, it may be 8000.
func (e *explainer) wholes(paths [][]string) (problems []problem) {
	for _, path := range paths {
		property := e.property(path)
		if types := e.types(property); slices.Contains(types, "integer") && !slices.Contains(types, "number") {
			problems = append(problems, problem{keyword: "type", path: path, schema: property, value: "integer", pointed: true})
		}
	}
	return problems
}

// pointedWords are those of a number with a decimal point where a whole one is asked
// for.
func (e *explainer) pointedWords(p problem, found *record.Node) (message string, expected any, help string) {
	meant := numbersMeant(found.Text)
	message = fmt.Sprintf("%s must be a whole number, not %s", e.name(p.path), found.Text)
	var values []any
	for _, number := range meant {
		if isNumber(number, true) {
			values = append(values, json.Number(number))
		}
	}
	if len(values) == 0 {
		return message, nil, "Write only the digits."
	}
	if len(meant) > 1 {
		message += fmt.Sprintf(": %s? Write only the digits", list(meant, "or"))
	} else {
		message += "; write only the digits"
	}
	return message, nil, e.write(p.path, values...)
}
