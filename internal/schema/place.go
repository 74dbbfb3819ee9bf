package schema

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A template is where the records of a kind live, such as
// partners/{partner}/licenses/{id}.yaml. {partner} and {id} stand for a slug,
// any other name in braces for the record's field of that name.
type template []segment

// A segment is a name between two slashes: text around at most one placeholder.
type segment struct {
	before, placeholder, after string
}

var segmentPattern = regexp.MustCompile(`^([^{}/]*)(?:\{([a-z_]+)\}([^{}/]*))?$`)

func parseTemplate(pattern string) (template, error) {
	if !strings.HasPrefix(pattern, "partners/") {
		return nil, errors.New(`"x-place" must say where records of this kind live, such as "partners/{partner}/things/{id}.yaml"`)
	}
	var t template
	for name := range strings.SplitSeq(pattern, "/") {
		match := segmentPattern.FindStringSubmatch(name)
		if match == nil || name == "" {
			return nil, fmt.Errorf(`"x-place": %q is no name with at most one {placeholder}`, name)
		}
		t = append(t, segment{match[1], match[2], match[3]})
	}
	return t, nil
}

func (t template) String() string {
	names := make([]string, len(t))
	for i, s := range t {
		names[i] = s.before
		if s.placeholder != "" {
			names[i] += "<" + s.placeholder + ">" + s.after
		}
	}
	return strings.Join(names, "/")
}

// match returns what the placeholders stand for in path, in their order, and
// whether path has the template's form.
func (t template) match(path string) (filled []placeholder, ok bool) {
	names := strings.Split(path, "/")
	if len(names) != len(t) {
		return nil, false
	}
	for i, s := range t {
		if s.placeholder == "" {
			if names[i] != s.before {
				return nil, false
			}
			continue
		}
		value, hasBefore := strings.CutPrefix(names[i], s.before)
		value, hasAfter := strings.CutSuffix(value, s.after)
		if !hasBefore || !hasAfter {
			return nil, false
		}
		filled = append(filled, placeholder{s.placeholder, value})
	}
	return filled, true
}

type placeholder struct{ name, value string }

const maxSlug = 63

var (
	slugPattern = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)

	// reserved are words that KPI records use beside partners' slugs.
	reserved = []string{"other", "unknown", "total"}
)

// problem returns why the placeholder's value cannot stand there, or "".
func (p placeholder) problem() string {
	switch {
	case p.name != "partner" && p.name != "id":
		return ""
	case !slugPattern.MatchString(p.value):
		return fmt.Sprintf("`%s` must be lower-case letters and digits, with single hyphens between them", p.value)
	case len(p.value) > maxSlug:
		return fmt.Sprintf("`%s` has %d characters; at most %d are allowed", p.value, len(p.value), maxSlug)
	case p.name == "partner" && slices.Contains(reserved, p.value):
		return fmt.Sprintf("no partner's folder can be named `%s`: the word has a meaning of its own in the KPI records", p.value)
	}
	return ""
}

// misplaced reports a record that is not where its kind lives, or whose place
// and fields contradict each other.
func (k *kind) misplaced(r *record.Record) (finding.Finding, bool) {
	filled, ok := k.place.match(r.Path)
	if !ok {
		return misplacedAt(r, "kind", fmt.Sprintf("a %s record lives at %s, not here", k.name, k.place)), true
	}
	for _, p := range filled {
		if problem := p.problem(); problem != "" {
			return misplacedAt(r, "kind", "the path of this record is malformed: "+problem), true
		}
		field := r.Root.Field(p.name)
		if p.name != "partner" && p.name != "id" && field != nil && field.Kind == record.String && field.Text != p.value {
			return misplacedAt(r, p.name, fmt.Sprintf("`%s` is `%s`, but the record's path says `%s`", p.name, field.Text, p.value)), true
		}
	}
	return finding.Finding{}, false
}

func misplacedAt(r *record.Record, field, message string) finding.Finding {
	return finding.New(pathRule, r.Locate([]string{field}, false), message)
}

// unknownKind reports a record whose kind is missing, or is none. The kind
// that lives at the record's path is most likely what was meant.
func (s *Set) unknownKind(r *record.Record) finding.Finding {
	meant := s.kindAt(r.Path)
	node := r.Root.Field("kind")
	if node == nil {
		message := "`kind` is missing: it says what the record is"
		if meant != "" {
			message += fmt.Sprintf(" (here: `kind: %s`)", meant)
		}
		place := r.Locate(nil, false)
		place.Subject = "kind"
		return finding.New(kindRule, place, message)
	}
	if meant == "" && node.IsScalar() {
		meant = nearest(node.Text, s.names)
	}
	message := fmt.Sprintf("there is no kind of record named %s; there are %s", show(node), list(s.names, "and"))
	f := finding.New(kindRule, r.Locate([]string{"kind"}, false), message)
	if meant != "" {
		f.Message = fmt.Sprintf("there is no kind of record named %s; did you mean `%s`?", show(node), meant)
		f = f.WithExpected(meant)
	}
	return f
}

// kindAt returns the one kind whose records live at a path of this form.
func (s *Set) kindAt(path string) string {
	for _, name := range s.names {
		if _, ok := s.kinds[name].place.match(path); ok {
			return name
		}
	}
	return ""
}

var (
	kindRule = &finding.Rule{
		ID: "repo/kind", Severity: finding.Error,
		Title:       "Every record says what it is",
		Description: "The kind of a record decides which schema and which rules judge it.",
		Help:        "Write one of the kinds in the field `kind`.",
	}
	pathRule = &finding.Rule{
		ID: "repo/path", Severity: finding.Error,
		Title:       "Every record is where its kind lives",
		Description: "A record is known by its path: the partner's folder and the file's name are part of what it says.",
		Help:        "Move or rename the file, or correct the field that its path repeats.",
	}
)

// PlaceRules are the demands on a record's kind and place.
func PlaceRules() []*finding.Rule { return []*finding.Rule{kindRule, pathRule} }
