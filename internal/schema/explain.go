package schema

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// An explainer turns a tree of failures into problems. Of the tree it uses the
// places alone: what they mean it reads in the schema itself, so that nothing
// depends on the order of the tree.
type explainer struct {
	document
	record *record.Record
}

// A problem is one cause: a keyword of the schema that a value fails.
type problem struct {
	keyword string // as findings name it
	path    []string
	subject string         // the missing or unknown field
	schema  map[string]any // the schema object that holds the keyword
	value   any            // the keyword's value
	allowed string         // where several branches allow something: all of it
	since   string         // the condition under which a field is not allowed
}

func (e *explainer) findings(f *failure) []finding.Finding {
	problems := oneForEachCause(e.problems(f))
	findings := make([]finding.Finding, len(problems))
	for i, p := range problems {
		findings[i] = e.finding(p)
	}
	dropRivals(problems, findings)
	return findings
}

// dropRivals takes back the names that are expected for several fields of one
// object: only one of them can have been meant.
func dropRivals(problems []problem, findings []finding.Finding) {
	first := map[string]int{}
	for i, p := range problems {
		if p.keyword != "additionalProperties" || findings[i].Expected.IsNone() {
			continue
		}
		key := fmt.Sprintf("%q %v", p.path[:len(p.path)-1], findings[i].Expected.JSON())
		if rival, ok := first[key]; ok {
			findings[i].Expected, findings[rival].Expected = finding.Value{}, finding.Value{}
			continue
		}
		first[key] = i
	}
}

// problems returns the leaves below a failure.
func (e *explainer) problems(f *failure) []problem {
	switch {
	case f.keyword == "anyOf" || f.keyword == "oneOf":
		return e.meant(f)
	case len(f.causes) == 0 || f.keyword == "minContains":
		return e.leaf(f)
	}
	var problems []problem
	for i := range f.causes {
		problems = append(problems, e.problems(&f.causes[i])...)
	}
	return problems
}

func (e *explainer) leaf(f *failure) []problem {
	base := problem{keyword: f.keyword, path: f.path, value: e.lookUp(f.location)}
	if base.value == false && f.keyword != "additionalProperties" {
		return []problem{e.notAllowed(base, f.location)}
	}
	if f.ofName {
		base.keyword = "additionalProperties"
		return []problem{e.notAllowed(base, nil)}
	}
	base.schema, _ = e.lookUp(f.location[:max(0, len(f.location)-1)]).(map[string]any)
	switch f.keyword {
	case "required":
		return e.missing(base, Texts(base.value))
	case "dependentRequired", "dependencies":
		name, _ := base.value.(string)
		return e.missing(base, []string{name})
	case "additionalProperties":
		return e.unknown(base)
	case "not":
		return e.excluded(base)
	case "const":
		base.value = []any{base.value}
		return []problem{e.listed(base)}
	case "enum":
		return []problem{e.listed(base)}
	case "minContains":
		base.keyword = "contains"
	}
	return []problem{base}
}

// listed is the problem of a value outside a list: one of type, if the list has
// none of the value's type.
func (e *explainer) listed(p problem) problem {
	p.keyword = "enum"
	if !e.sameType(p) {
		p.keyword = "type"
		values, _ := p.value.([]any)
		p.allowed = allowedValues(values)
	}
	return p
}

// missing returns a problem for each name that the object at p.path lacks.
func (e *explainer) missing(p problem, names []string) []problem {
	var problems []problem
	object := e.at(p.path)
	for _, name := range names {
		if object.Field(name) == nil {
			problems = append(problems, problem{keyword: "required", path: p.path, subject: name, schema: p.schema})
		}
	}
	return problems
}

// unknown returns a problem for each field that the schema does not know.
func (e *explainer) unknown(p problem) []problem {
	var problems []problem
	known, _ := p.schema["properties"].(map[string]any)
	patterns, _ := p.schema["patternProperties"].(map[string]any)
	for _, field := range e.at(p.path).Fields {
		if _, ok := known[field.Key]; ok || matchesAny(patterns, field.Key) {
			continue
		}
		unknown := p
		unknown.path = append(slices.Clone(p.path), field.Key)
		unknown.subject = field.Key
		problems = append(problems, unknown)
	}
	return problems
}

func matchesAny(patterns map[string]any, name string) bool {
	for pattern := range patterns {
		if ok, err := regexp.MatchString(pattern, name); ok && err == nil {
			return true
		}
	}
	return false
}

// notAllowed is the problem of a value whose schema is false: as a field it is
// one that is not allowed here. location is where that schema stands.
func (e *explainer) notAllowed(p problem, location []string) problem {
	if len(p.path) == 0 || e.at(p.path[:len(p.path)-1]).Kind != record.Map {
		p.keyword = "not"
		return p
	}
	p.keyword = "additionalProperties"
	p.subject = p.path[len(p.path)-1]
	p.since = e.condition(location, p.path[:len(p.path)-1])
	return p
}

// excluded reads what a "not" rules out: fields, a list of values, or else.
func (e *explainer) excluded(p problem) []problem {
	ruledOut, _ := p.value.(map[string]any)
	names := Texts(ruledOut["required"])
	if len(names) == 0 {
		return []problem{p}
	}
	var problems []problem
	for _, name := range names {
		if e.at(p.path).Field(name) != nil {
			path := append(slices.Clone(p.path), name)
			problems = append(problems, problem{keyword: "additionalProperties", path: path, subject: name})
		}
	}
	return problems
}

// condition tells which of the record's values lead to the branch (then, else)
// that location stands in, as "`product` is `self-managed`".
func (e *explainer) condition(location, object []string) string {
	for i := len(location) - 1; i >= 0; i-- {
		if location[i] != "then" && location[i] != "else" {
			continue
		}
		test := append(slices.Clone(location[:i]), "if", "properties")
		properties, _ := e.lookUp(test).(map[string]any)
		var given []string
		for _, name := range sortedKeys(properties) {
			if node := e.at(object).Field(name); node != nil {
				given = append(given, "`"+name+"` is "+show(node))
			}
		}
		return list(given, "and")
	}
	return ""
}

// meant returns the problems of the branch of an anyOf or oneOf that the value
// was meant for: the one of its type, and of the value that tells the branches
// apart. Where no branch can be told, it is one problem that names them all.
func (e *explainer) meant(f *failure) []problem {
	var fitting [][]problem
	var others []problem
	for i := range f.causes {
		problems := oneForEachCause(e.problems(&f.causes[i]))
		if i := slices.IndexFunc(problems, func(p problem) bool { return e.tellsApart(p, f.path) }); i >= 0 {
			others = append(others, problems[i])
			continue
		}
		fitting = append(fitting, problems)
	}
	branches, _ := e.lookUp(f.location).([]any)
	if len(fitting) > 0 {
		return slices.MinFunc(fitting, func(a, b []problem) int { return len(a) - len(b) })
	}
	if len(others) == 0 { // it fits more than one branch
		return []problem{{keyword: f.keyword, path: f.path}}
	}
	return []problem{e.union(f.path, others, branches)}
}

// tellsApart reports whether p says that a branch is not the one meant: the
// value at path has another type, or it, or a field right in it, is outside
// the branch's list of values.
func (e *explainer) tellsApart(p problem, path []string) bool {
	switch p.keyword {
	case "type":
		return len(p.path) == len(path)
	case "enum":
		return len(p.path) <= len(path)+1
	}
	return false
}

// union joins what no branch of an anyOf or oneOf allows into one problem. It
// is one of the list if any branch lists values of that type, else of type.
func (e *explainer) union(path []string, problems []problem, branches []any) problem {
	joined := problems[0]
	var values []any
	for _, p := range problems {
		if p.keyword == "enum" {
			joined = p
			values = append(values, p.value.([]any)...)
		}
	}
	if joined.keyword == "enum" {
		joined.value = values
	}
	if words := e.alternatives(branches); len(joined.path) == len(path) && len(words) > 0 {
		joined.allowed = list(words, "or")
	}
	return joined
}

// sameType reports whether a list of values holds one of the value's type.
func (e *explainer) sameType(p problem) bool {
	values, _ := p.value.([]any)
	kind := e.at(p.path).Kind
	return slices.ContainsFunc(values, func(v any) bool { return kindOf(v) == kind })
}

func kindOf(value any) record.Kind {
	switch value.(type) {
	case bool:
		return record.Bool
	case json.Number:
		return record.Number
	case string:
		return record.String
	case []any:
		return record.List
	case map[string]any:
		return record.Map
	}
	return record.Null
}

// at returns the record's value at path.
func (e *explainer) at(path []string) *record.Node { return e.record.Root.At(path) }

// rank orders the causes that a single value may have: the first one makes the
// others pointless.
func (p *problem) rank() int {
	order := []string{"additionalProperties", "type", "enum", "minLength", "format", "pattern"}
	if i := slices.Index(order, p.keyword); i >= 0 {
		return i
	}
	return len(order)
}

// oneForEachCause sorts problems and keeps one for each value, and one for
// each field that is missing.
func oneForEachCause(problems []problem) []problem {
	slices.SortStableFunc(problems, func(a, b problem) int {
		return cmp.Or(slices.Compare(a.path, b.path), cmp.Compare(a.missingField(), b.missingField()),
			cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.keyword, b.keyword))
	})
	return slices.CompactFunc(problems, func(a, b problem) bool {
		return slices.Equal(a.path, b.path) && a.missingField() == b.missingField()
	})
}

func (p *problem) missingField() string {
	if p.keyword == "required" {
		return p.subject
	}
	return ""
}
