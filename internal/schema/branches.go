package schema

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// meant returns the problems of the branch of an anyOf or oneOf that the value
// was meant for: the one of its type, and of the value that tells the branches
// apart. Where no branch can be told, it is one problem that names them all.
func (e *explainer) meant(f *failure) []problem {
	var fitting [][]problem
	var others []problem
	for i := range f.causes {
		problems := oneForEachCause(withoutEchoes(e.problems(&f.causes[i])))
		if i := slices.IndexFunc(problems, func(p problem) bool { return e.tellsApart(p, f.path) }); i >= 0 {
			others = append(others, problems[i])
			continue
		}
		fitting = append(fitting, problems)
	}
	branches := asList(f.last().value)
	switch {
	case len(fitting) == 0:
		return []problem{e.union(f.path, others, branches)}
	case len(fitting) == 1:
		return fitting[0]
	}
	return e.oneOfThese(f, fitting)
}

// tellsApart reports whether p says that a branch is not the one meant: the
// value at path has another type, or it, or a field right in it, is outside
// the branch's list of values.
func (e *explainer) tellsApart(p problem, path []string) bool {
	switch {
	case p.keyword == "enum", p.keyword == "type" && p.allowed != "":
		return len(p.path) <= len(path)+1
	case p.keyword == "type":
		return len(p.path) == len(path)
	}
	return false
}

// union joins what no branch of an anyOf or oneOf allows into one problem. It
// is one of the list if any branch lists values of that type, else of type.
func (e *explainer) union(path []string, problems []problem, branches []any) problem {
	joined := problems[0]
	var values []any
	for _, p := range problems {
		if listed, ok := p.value.([]any); ok && slices.Equal(p.path, joined.path) && (p.keyword == "enum" || p.allowed != "") {
			values = append(values, withoutThese(listed, values)...)
		}
		if p.keyword == "enum" {
			joined = p
		}
	}
	switch {
	case joined.keyword == "enum":
		joined.value, joined.allowed = values, ""
	case values != nil:
		joined.value, joined.allowed = values, allowedValues(values)
	}
	if words := e.alternatives(branches); len(joined.path) == len(path) && len(words) > 0 {
		joined.allowed = list(words, "or")
	}
	return joined
}

// withoutThese returns the values that are none of those.
func withoutThese(values, those []any) []any {
	return slices.DeleteFunc(slices.Clone(values), func(value any) bool {
		return slices.ContainsFunc(those, func(other any) bool { return reflect.DeepEqual(value, other) })
	})
}

// oneOfThese returns the problems of several branches that the value may have
// been meant for: those of the one that knows what was meant, or that is by far
// the nearest, else one problem that tells of all.
func (e *explainer) oneOfThese(f *failure, branches [][]problem) []problem {
	if missing, ok := allMissing(branches); ok {
		return e.eitherMissing(branches, missing)
	}
	slices.SortStableFunc(branches, func(a, b []problem) int { return distance(a) - distance(b) })
	near := slices.DeleteFunc(branches, func(b []problem) bool { return distance(b) > distance(branches[0]) })
	near = slices.CompactFunc(near, func(a, b []problem) bool { return e.told(a) == e.told(b) })
	if len(near) == 1 {
		return near[0]
	}
	if joined, ok := e.joined(f, near); ok {
		return []problem{joined}
	}
	return []problem{e.either(f, near)}
}

// distance is how far a value is from a branch: how many problems it has with it,
// but for those where it is known what was meant.
func distance(problems []problem) int {
	n := 0
	for _, p := range problems {
		n += 2
		if p.meant != "" {
			n--
		}
	}
	return n
}

// allMissing returns for each branch the fields that it misses, if that is all
// that is wrong.
func allMissing(branches [][]problem) (missing [][]string, ok bool) {
	for _, branch := range branches {
		var names []string
		for _, p := range branch {
			if p.keyword != "required" || p.message != "" || !slices.Equal(p.path, branches[0][0].path) {
				return nil, false
			}
			names = append(names, p.subject)
		}
		missing = append(missing, names)
	}
	return missing, true
}

// eitherMissing returns the problems of what every branch misses, or else one that
// tells what each does.
func (e *explainer) eitherMissing(branches [][]problem, missing [][]string) []problem {
	common := slices.DeleteFunc(slices.Clone(branches[0]), func(p problem) bool {
		return slices.ContainsFunc(missing, func(names []string) bool { return !slices.Contains(names, p.subject) })
	})
	if len(common) > 0 {
		return common
	}
	var sets []string
	several := false
	for _, names := range missing {
		sets = append(sets, list(quoted(names), "and"))
		several = several || len(names) > 1
	}
	sets = slices.Compact(sets)
	p := branches[0][0]
	p.message = list(sets, "or") + " is missing"
	if several {
		p.message = "one of these is missing: " + strings.Join(sets, "; or ")
	}
	if len(p.path) > 0 {
		p.message = strings.Replace(p.message, "missing", "missing in "+e.name(p.path), 1)
	}
	return []problem{p}
}

// joined returns the problem of a value for which each branch has one demand.
func (e *explainer) joined(f *failure, branches [][]problem) (problem, bool) {
	joined := branches[0][0]
	var demands, names []string
	for _, branch := range branches {
		p := branch[0]
		if len(branch) > 1 || !slices.Equal(p.path, joined.path) {
			return problem{}, false
		}
		if p.keyword != joined.keyword {
			joined.keyword = f.last().keyword
		}
		demands = append(demands, e.demand(map[string]any{p.keyword: p.value, "x-expects": p.schema["x-expects"], "examples": p.schema["examples"]}))
		names = append(names, p.names...)
	}
	if joined.keyword == "additionalProperties" {
		slices.Sort(names)
		joined.names = slices.Compact(names)
		return joined, true
	}
	if slices.Contains(demands, "") {
		return problem{}, false
	}
	joined.message = fmt.Sprintf("%s must be %s, not %s", e.name(joined.path), list(slices.Compact(demands), "or"), show(e.at(joined.path)))
	return joined, true
}

// either tells in one problem what each branch finds.
func (e *explainer) either(f *failure, branches [][]problem) problem {
	words := make([]string, len(branches))
	for i, branch := range branches {
		words[i] = e.told(branch)
	}
	p := problem{keyword: f.last().keyword, path: f.path, schema: f.last().holder}
	p.message = "one of these must be put right: " + strings.Join(words, "; or ")
	return p
}

// told returns the messages of problems.
func (e *explainer) told(problems []problem) string {
	words := make([]string, len(problems))
	for i, p := range problems {
		words[i], _, _ = e.words(p, e.property(p.path))
	}
	return strings.Join(words, " and ")
}

// tooMany is the problem of a value that fits more than one branch of a oneOf.
func (e *explainer) tooMany(p problem, location []string) problem {
	var demands []string
	var together []string
	for i, branch := range asList(p.value) {
		if !e.fits(p.path, append(slices.Clip(location), fmt.Sprint(i))) {
			continue
		}
		object := asObject(branch)
		if names := Texts(object["required"]); len(names) == 1 && together != nil || len(demands) == 0 && len(names) == 1 {
			together = append(together, names...)
		} else {
			together = nil
		}
		demand := e.demand(object)
		if demand == "" {
			demand = fmt.Sprintf("what alternative %d of its schema allows", i+1)
		}
		demands = append(demands, demand)
	}
	if len(together) == len(demands) && len(demands) > 1 {
		all := e.together(p, together)
		all.keyword = p.keyword
		return all
	}
	p.message = fmt.Sprintf("%s must be only one of these: %s", e.name(p.path), list(demands, "or"))
	if found := e.at(p.path); found.IsScalar() {
		p.message += fmt.Sprintf("; %s is more than one", show(found))
	}
	return p
}

// contained is the problem of a list with too few or too many entries of the
// kind that is asked for.
func (e *explainer) contained(p problem, location []string) problem {
	what := append(slices.Clip(location[:len(location)-1]), "contains")
	count := 0
	for _, item := range e.at(p.path).Items {
		if e.validator.fits(item.JSON(), what) {
			count++
		}
	}
	bound := "at least"
	limit := 1
	if p.keyword == "maxContains" {
		bound = "at most"
	}
	if p.schema[p.keyword] != nil {
		limit = wholeNumber(p.value)
	}
	kind := e.demand(asObject(p.schema["contains"]))
	switch {
	case kind != "" && limit == 1:
		kind = " that is " + kind
	case kind != "":
		kind = " that are " + kind
	}
	p.keyword = "contains"
	p.message = fmt.Sprintf("%s must have %s %s%s; it has %d", e.name(p.path), bound, entries(limit), kind, count)
	return p
}

// twice is the problem of an entry that another one is equal to.
func (e *explainer) twice(p problem) problem {
	first := append(slices.Clone(p.path), fmt.Sprint(p.entries[0]))
	second := append(slices.Clone(p.path), fmt.Sprint(p.entries[1]))
	line := e.record.Locate(first, false).Span.Start.Line
	p.message = fmt.Sprintf("%s is the same as entry %d, on line %d", e.name(second), p.entries[0]+1, line)
	p.path = second
	return p
}

func asList(value any) []any {
	list, _ := value.([]any)
	return list
}
