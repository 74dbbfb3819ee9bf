// Package schema knows the kinds of record: their JSON Schemas, where their
// records live, and how to say in plain words what is wrong with one.
package schema

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A Set holds the kinds of record, one for each <kind>.schema.json. It is safe
// for use by several goroutines at once.
type Set struct {
	kinds    map[string]*kind
	names    []string // sorted
	handbook func(names ...string) string
}

type kind struct {
	name      string
	place     template
	validator validator
	document  document
	text      *text            // the document's
	events    map[string]Event // by field; "" is the record itself
	dues      []Due
	former    *formerNames // of its fields; nil where it has none
}

// Parsed are schemas as they are written.
type Parsed struct{ kinds []*kind }

// Load compiles every <kind>.schema.json in the root of fsys. A schema must be
// JSON Schema, refer to nothing outside itself and say in "x-place" where the
// records of its kind live; the error names the file that does not.
func Load(fsys fs.FS) (*Set, error) {
	parsed, err := Parse(fsys)
	if err != nil {
		return nil, err
	}
	return parsed.Compile()
}

// Parse reads the schemas in fsys; see Load. Whether they are JSON Schema is for
// Compile to say.
func Parse(fsys fs.FS) (*Parsed, error) {
	names, err := fs.Glob(fsys, "*"+layout.SchemaExt)
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("schemas/ holds no <kind>%s", layout.SchemaExt)
	}
	parsed := &Parsed{}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		kind, err := parse(strings.TrimSuffix(name, layout.SchemaExt), data)
		if err != nil {
			return nil, fmt.Errorf("schemas/%s: %w", name, err)
		}
		parsed.kinds = append(parsed.kinds, kind)
	}
	return parsed, nil
}

// Kinds returns the names of all kinds, sorted.
func (p *Parsed) Kinds() []string {
	names := make([]string, len(p.kinds))
	for i, kind := range p.kinds {
		names[i] = kind.name
	}
	slices.Sort(names)
	return names
}

// Compile makes schemas ready to judge.
func (p *Parsed) Compile() (*Set, error) {
	set := &Set{kinds: make(map[string]*kind, len(p.kinds)), names: p.Kinds(), handbook: noHandbook}
	for _, kind := range p.kinds {
		if err := kind.compile(); err != nil {
			return nil, fmt.Errorf("schemas/%s%s: %w", kind.name, layout.SchemaExt, err)
		}
		set.kinds[kind.name] = kind
	}
	return set, nil
}

// kindName is what a kind can be called: a rule's annotations name its schema, which
// Rego cannot do where there is a hyphen.
var kindName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func parse(name string, data []byte) (*kind, error) {
	if !kindName.MatchString(name) {
		return nil, fmt.Errorf("no rule could name the kind %q: its name must be lower-case letters, digits and underscores, "+
			"and begin with a letter, such as price_list%s", name, layout.SchemaExt)
	}
	document, text, err := read(data)
	if err != nil {
		return nil, err
	}
	pattern, _ := document["x-place"].(string)
	place, err := parseTemplate(pattern)
	if err != nil {
		return nil, err
	}
	return &kind{name: name, place: place, document: document, text: text}, vet(document, text)
}

func (k *kind) compile() (err error) {
	if k.validator, err = newValidator(k.name, k.text); err != nil {
		return err
	}
	if err := k.document.checkDay(); err != nil {
		return err
	}
	said := k.document.describe(k.document)
	if k.events, err = k.document.events(said); err != nil {
		return err
	}
	if k.dues, err = k.document.dues(k.text); err != nil {
		return err
	}
	k.former, err = k.document.formerNames(said, 0)
	return err
}

// FillFrom has the texts of the schemas filled in with what only the handbook knows:
// handbook returns what that has below some names, or "". Who calls it does so before the
// set is used by others.
func (s *Set) FillFrom(handbook func(names ...string) string) { s.handbook = handbook }

// noHandbook knows nothing.
func noHandbook(...string) string { return "" }

// Kinds returns the names of all kinds, sorted.
func (s *Set) Kinds() []string { return s.names }

// Document returns the schema of a kind as it is written, decoded from JSON
// with numbers as json.Number. It must not be changed.
func (s *Set) Document(kind string) map[string]any { return s.kinds[kind].document }

// Kind returns the kind that a record says it is, or "" where there is no such
// kind.
func (s *Set) Kind(r *record.Record) string {
	if kind := s.stated(r); kind != nil {
		return kind.name
	}
	return ""
}

// stated returns the kind that a record says it is, or nil where there is no
// such kind.
func (s *Set) stated(r *record.Record) *kind {
	return s.kinds[r.Root.Field("kind").AsText()]
}

// A Verdict is what a schema says of a record.
type Verdict struct {
	Kind     string         // "" where the record's kind is missing or unknown
	Record   *record.Record // with the names that its fields have now
	Valid    bool           // whether its fields are as the schema asks
	Findings []finding.Finding
}

// Judge says what is wrong with a record's kind, its place and its fields.
func (s *Set) Judge(r *record.Record) Verdict {
	kind := s.stated(r)
	if kind == nil {
		return Verdict{Record: r, Findings: []finding.Finding{s.unknownKind(r)}}
	}
	current, renamed := kind.current(r)
	findings := kind.validate(current)
	valid := len(findings) == 0
	findings = append(findings, kind.renames(r, renamed)...)
	if misplaced, ok := s.misplaced(kind, current); ok {
		findings = append(findings, misplaced)
	}
	return Verdict{kind.name, current, valid, findings}
}

func (k *kind) validate(r *record.Record) []finding.Finding {
	failed := k.validator.judge(r.Root, k.document)
	points := pointed(r.Root, nil)
	if failed == nil && points == nil {
		return nil
	}
	explainer := explainer{document: k.document, validator: k.validator, record: r, said: map[string]description{}}
	return explainer.findings(failed, points)
}
