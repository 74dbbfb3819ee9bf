package schema

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/spelling"
)

// An explainer turns a tree of failures into problems. Of the tree it uses the
// places alone: what they mean it reads in the schema itself, so that nothing
// depends on the order of the tree.
type explainer struct {
	document
	validator validator
	record    *record.Record
	said      map[string]description // of values, by their pointers
	tried     int                    // how many bytes were; see takes
}

// saidOf returns what the schema says of the value at path.
func (e *explainer) saidOf(path []string) description {
	at := pointer.Of(path)
	said, known := e.said[at]
	switch {
	case known:
		return said
	case len(path) == 0:
		said = e.describe(e.document)
	default:
		said = e.child(e.saidOf(path[:len(path)-1]), path[len(path)-1])
	}
	e.said[at] = said
	return said
}

// property returns the schema of the value at path, as the document does.
func (e *explainer) property(path []string) map[string]any { return e.saidOf(path).merged() }

// A problem is one cause: a keyword of the schema that a value fails.
type problem struct {
	keyword string // as findings name it
	path    []string
	subject string         // the missing or unknown field
	schema  map[string]any // the schema object that holds the keyword
	value   any            // the keyword's value
	allowed string         // where several branches allow something: all of it
	since   string         // the condition under which a field is not allowed
	names   []string       // those that a field here may have instead
	meant   string         // the one of them that was meant
	owner   string         // the field that an unknown one belongs to, being indented too little
	owned   []string       // of an empty field: those that belong to it
	message string         // where it is known already
	entries [2]int         // which are equal
	after   bool           // whether it is there because of another problem
	pointed bool           // whether it is a number with a decimal point
}

// findings tells of a failure, which may be none, and of numbers with a decimal
// point.
func (e *explainer) findings(f *failure, pointed [][]string) []finding.Finding {
	problems, untold := e.wholes(pointed), 0
	if f != nil {
		var failed []problem
		failed, untold = e.leading(f)
		problems = append(problems, failed...)
	}
	problems = adopt(oneForEachCause(withoutEchoes(problems)))
	if rest := len(problems) - (record.MaxFindings + 1); rest > 0 {
		problems, untold = e.first(problems)[:record.MaxFindings+1], untold+rest
	}
	findings := make([]finding.Finding, len(problems))
	for i, p := range problems {
		findings[i] = e.finding(p)
	}
	dropRivals(problems, findings)
	e.dropWrong(findings)
	nameGuesses(findings)
	return record.Limit(findings, untold)
}

// adopt joins the fields that are indented too little with the empty field that
// they belong to: one problem, and at that field.
func adopt(problems []problem) []problem {
	empty := map[string]*problem{}
	for i := range problems {
		if problems[i].keyword == "type" {
			empty[pointer.Of(problems[i].path)] = &problems[i]
		}
	}
	owner := func(p *problem) *problem {
		if p.owner == "" {
			return nil
		}
		return empty[pointer.Of(append(slices.Clip(p.path[:len(p.path)-1]), p.owner))]
	}
	for i := range problems {
		if field := owner(&problems[i]); field != nil {
			field.owned = append(field.owned, problems[i].subject)
		}
	}
	var left []problem
	for i := range problems {
		if owner(&problems[i]) == nil {
			left = append(left, problems[i])
		}
	}
	return left
}

// withoutEchoes returns problems without those that others bring about: a field
// that is missing, since it is there under a misspelt name, and what is not
// known, since what would know it is wrong itself.
func withoutEchoes(problems []problem) []problem {
	meant, wrong := map[string]bool{}, map[string]bool{}
	for _, p := range problems {
		if p.meant != "" {
			meant[pointer.Of(append(slices.Clip(p.path[:len(p.path)-1]), p.meant))] = true
		}
		for n := range p.path {
			if !p.after {
				wrong[pointer.Of(p.path[:n])] = true
			}
		}
		if !p.after {
			wrong[pointer.Of(p.path)] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(problems), func(p problem) bool {
		switch {
		case p.keyword == "required":
			return meant[pointer.Of(append(slices.Clip(p.path), p.subject))]
		case p.after:
			return wrong[pointer.Of(p.path[:len(p.path)-1])]
		}
		return false
	})
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

// dropWrong takes back the values that are expected where they would be wrong as
// well: each is offered only if its field is right with it.
func (e *explainer) dropWrong(findings []finding.Finding) {
	isValue := func(f *finding.Finding) bool { return !f.AtKey && !f.Expected.IsNone() }
	if !slices.ContainsFunc(findings, func(f finding.Finding) bool { return isValue(&f) }) {
		return
	}
	better := e.record.Root.Clone()
	for i := range findings {
		if node := better.At(findings[i].Path); isValue(&findings[i]) && node != nil {
			*node = *record.FromJSON(findings[i].Expected.JSON())
		}
	}
	value := better.JSON()
	failed := e.validator.validate(value, e.document)
	for i := range findings {
		if isValue(&findings[i]) && failed.about(findings[i].Path) {
			findings[i].Expected, findings[i].Guess = finding.Value{}, false
			findings[i].Help = e.correct(findings[i].Path, e.property(findings[i].Path))
		}
	}
}

// nameGuesses has findings tell of the addresses that they guess, and that are
// not wrong as well.
func nameGuesses(findings []finding.Finding) {
	for i := range findings {
		if f := &findings[i]; f.Guess {
			address := fmt.Sprint(f.Expected.JSON())
			f.Message += "; try " + show(&record.Node{Kind: record.String, Text: address})
			f.Help = fmt.Sprintf("See whether %s opens, and write that.", address)
		}
	}
}

// isTold reports whether a failure is told as a whole, and not by its causes.
func (f *failure) isTold() bool {
	return len(f.causes) == 0 || f.branches() || f.last().keyword == "minContains"
}

// about reports whether what fails is the value at a path, or in it.
func (f *failure) about(path []string) bool {
	if f == nil {
		return false
	}
	if f.isTold() {
		return len(f.path) >= len(path) && slices.Equal(f.path[:len(path)], path)
	}
	return slices.ContainsFunc(f.causes, func(cause failure) bool { return cause.about(path) })
}

// problems returns the leaves below a failure.
func (e *explainer) problems(f *failure) []problem {
	switch {
	case len(f.causes) > 0 && f.branches():
		return e.meant(f)
	case len(f.causes) == 0 || f.last().keyword == "minContains":
		return e.leaf(f)
	}
	var problems []problem
	for i := range f.causes {
		problems = append(problems, e.problems(&f.causes[i])...)
	}
	return problems
}

func (e *explainer) leaf(f *failure) []problem {
	last := f.last()
	p := problem{keyword: last.keyword, path: f.path, schema: last.holder, value: last.value, entries: f.equal}
	if of := f.ofName(); of != nil {
		return []problem{e.misnamed(p, of)}
	}
	if last.refuses() {
		return []problem{e.notAllowed(p, f.way)}
	}
	switch p.keyword {
	case "required":
		return e.missing(p, Texts(p.value))
	case "dependentRequired":
		return e.missing(p, Texts(p.value))
	case "additionalProperties":
		return e.unknown(p)
	case "not":
		return e.excluded(p, asObject(p.value), f.location)
	case "const":
		p.value = []any{p.value}
		return []problem{e.listed(p)}
	case "enum":
		return []problem{e.listed(p)}
	case "oneOf":
		return []problem{e.tooMany(p, f.location)}
	case "minContains", "maxContains":
		return []problem{e.contained(p, f.location)}
	case "uniqueItems":
		return []problem{e.twice(p)}
	}
	return []problem{p}
}

// ofName returns the schema of names that a name fails, or nil.
func (f *failure) ofName() any {
	for i := range f.way {
		if f.way[i].keyword == "propertyNames" {
			return f.way[i].value
		}
	}
	return nil
}

// misnamed is the problem of a field whose name does not fit the schema of names.
func (e *explainer) misnamed(p problem, names any) problem {
	object := e.at(p.path[:len(p.path)-1])
	p.subject = p.path[len(p.path)-1]
	for _, value := range listOf(p) {
		if name, ok := value.(string); ok && object.Field(name) == nil {
			p.names = append(p.names, name)
		}
	}
	slices.Sort(p.names)
	p.keyword = "additionalProperties"
	p.meant = spelling.Meant(p.subject, p.names)
	if demand := e.demand(asObject(names)); p.names == nil && demand != "" && demand != unnamedForm {
		p.message = fmt.Sprintf("there is no field %s here; the name must be %s", code(p.subject), demand)
	}
	return p
}

// listOf returns the values that a problem's keyword lists.
func listOf(p problem) []any {
	switch p.keyword {
	case "const":
		return []any{p.value}
	case "enum":
		values, _ := p.value.([]any)
		return values
	}
	return nil
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
	known := asObject(p.schema["properties"])
	patterns := asObject(p.schema["patternProperties"])
	for _, field := range e.at(p.path).Fields {
		if _, ok := known[field.Key]; ok || matchesAny(patterns, field.Key) {
			continue
		}
		unknown := p
		unknown.path = append(slices.Clone(p.path), field.Key)
		problems = append(problems, e.strange(unknown, known))
	}
	return problems
}

func matchesAny(patterns map[string]any, name string) bool {
	for pattern := range patterns {
		if matches(pattern, name) {
			return true
		}
	}
	return false
}

// strange is the problem of a field that is none of the known ones. A name that
// the schema knows elsewhere is not misspelt.
func (e *explainer) strange(p problem, known map[string]any) problem {
	object := p.path[:len(p.path)-1]
	p.keyword, p.subject = "additionalProperties", p.path[len(p.path)-1]
	if e.knows(object, p.subject) {
		return p
	}
	node := e.at(object)
	var free []string
	for _, name := range sortedKeys(known) {
		if known[name] == false {
			continue
		}
		p.names = append(p.names, name)
		if node.Field(name) == nil {
			free = append(free, name)
		}
	}
	p.owner = e.owner(object, p.subject)
	p.meant = spelling.Meant(p.subject, free)
	return p
}

// knows reports whether a schema has anything to say of a field of the object at
// path, be it that it must not be there.
func (e *explainer) knows(path []string, name string) bool {
	all := e.saidOf(path)
	for _, schema := range slices.Concat(all.always, all.perhaps) {
		if _, ok := asObject(schema["properties"])[name]; ok {
			return true
		}
	}
	return false
}

// notAllowed is the problem of a value whose schema is false: as a field it is
// one that is not allowed here.
func (e *explainer) notAllowed(p problem, way []step) problem {
	since := e.condition(way)
	into := len(way) - 1 // the step into the value
	for into >= 0 && !way[into].descends() {
		into--
	}
	ofValue := e.condition(way[into+1:])
	if ofValue != "" || into < 0 || e.isEntry(p.path) {
		p.after = p.keyword == "unevaluatedItems" && len(e.saidOf(p.path).always) > 0
		return e.superfluous(p, ofValue)
	}
	object, holder := p.path[:len(p.path)-1], way[into].holder
	p = e.strange(p, asObject(e.property(object)["properties"]))
	p.since = since
	if way[into].keyword == "unevaluatedProperties" {
		p.after = e.knows(object, p.subject)
		p.since = e.elsewhere(holder, object, p.subject)
	}
	if p.since == "" && p.names == nil && e.knows(object, p.subject) {
		p.message = code(p.subject) + " must not be there"
	}
	return p
}

// elsewhere tells which of the record's values lead past the branch of a schema
// that knows a field of the object at path.
func (e *explainer) elsewhere(schema map[string]any, path []string, name string) string {
	all := e.describe(schema)
	for _, schema := range slices.Concat(all.always, all.perhaps) {
		for _, branch := range []string{"then", "else"} {
			if _, ok := e.describe(asObject(schema[branch])).fields()[name]; ok {
				return e.given(asObject(schema["if"]), path)
			}
		}
	}
	return ""
}

// superfluous is the problem of an entry, or a whole record, that must not be.
func (e *explainer) superfluous(p problem, since string) problem {
	p.keyword = "not"
	switch {
	case since != "":
		p.message = e.name(p.path) + " is not right, since " + since
		return p
	case !e.isEntry(p.path):
		p.message = e.name(p.path) + " is never right: its schema allows nothing"
		return p
	}
	p.message = e.name(p.path) + " is one too many"
	if n := len(asList(p.schema["prefixItems"])); n > 0 {
		p.message += fmt.Sprintf(": %s must have at most %s", e.name(p.path[:len(p.path)-1]), entries(n))
	}
	return p
}

// excluded reads what a "not" rules out: fields, a list of values, or else.
func (e *explainer) excluded(p problem, ruledOut map[string]any, location []string) []problem {
	if names := Texts(ruledOut["required"]); len(names) > 0 && len(ruledOut) == 1 {
		return []problem{e.together(p, names)}
	}
	if branches := asList(ruledOut["anyOf"]); len(branches) > 0 && len(ruledOut) == 1 {
		var problems []problem
		for i, branch := range branches {
			at := append(slices.Clip(location), "anyOf", fmt.Sprint(i))
			if object := asObject(branch); object != nil && e.fits(p.path, at) {
				problems = append(problems, e.excluded(p, object, at)...)
			}
		}
		return problems
	}
	if demand := e.demand(ruledOut); demand != "" && ruledOut["const"] == nil && ruledOut["enum"] == nil {
		p.message = fmt.Sprintf("%s must not be %s", e.name(p.path), demand)
		if found := e.at(p.path); found.IsScalar() {
			p.message += fmt.Sprintf(", as %s is", show(found))
		}
	}
	return []problem{p}
}

// fits reports whether the value at path fits the schema at a location.
func (e *explainer) fits(path, location []string) bool {
	return e.validator.fits(e.at(path).JSON(), location)
}

// together is the problem of fields that must not be there, or not all of them.
// It is the last one's.
func (e *explainer) together(p problem, names []string) problem {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	last := names[0]
	for _, field := range e.at(p.path).Fields {
		if slices.Contains(names, field.Key) {
			last = field.Key
		}
	}
	p.path, p.subject = append(slices.Clone(p.path), last), last
	if len(names) == 1 {
		p.keyword = "additionalProperties"
		return p
	}
	p.keyword = "not"
	both := "both"
	if len(names) > 2 {
		both = "all"
	}
	p.message = fmt.Sprintf("%s cannot %s be there", list(quoted(names), "and"), both)
	return p
}

// condition tells which of the record's values lead to the branch (then, else,
// dependentSchemas) that a way goes through, as "`product` is `self-managed`".
func (e *explainer) condition(way []step) string {
	for _, s := range slices.Backward(way) {
		switch s.keyword {
		case "dependentSchemas":
			return code(s.name) + " is there"
		case "then", "else":
			return e.given(asObject(s.holder["if"]), s.at)
		}
	}
	return ""
}

// given tells what is in the fields of the object at path that a condition names.
func (e *explainer) given(condition map[string]any, path []string) string {
	names := append(sortedKeys(asObject(condition["properties"])), Texts(condition["required"])...)
	slices.Sort(names)
	var given []string
	for _, name := range slices.Compact(names) {
		switch node := e.at(path).Field(name); {
		case node == nil:
		case node.IsScalar():
			given = append(given, code(name)+" is "+show(node))
		default:
			given = append(given, code(name)+" is there")
		}
	}
	return list(given, "and")
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
			cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.keyword, b.keyword), strings.Compare(a.message, b.message))
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
