package schema

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/spelling"
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
	if !strings.HasPrefix(pattern, layout.Partners+"/") {
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

// fill returns the path that has the values in the place of the placeholders,
// and "<id>" for an id that is not among them.
func (t template) fill(values map[string]string) string {
	names := make([]string, len(t))
	for i, s := range t {
		names[i] = s.before
		if s.placeholder != "" {
			names[i] += cmp.Or(values[s.placeholder], "<"+s.placeholder+">") + s.after
		}
	}
	return strings.Join(names, "/")
}

// match appends what the placeholders stand for in path, in their order, and reports
// whether path has the template's form.
func (t template) match(filled []placeholder, path string) (_ []placeholder, ok bool) {
	if strings.Count(path, "/") != len(t)-1 {
		return nil, false
	}
	for _, s := range t {
		var name string
		name, path, _ = strings.Cut(path, "/")
		if s.placeholder == "" {
			if name != s.before {
				return nil, false
			}
			continue
		}
		value, hasBefore := strings.CutPrefix(name, s.before)
		value, hasAfter := strings.CutSuffix(value, s.after)
		if !hasBefore || !hasAfter {
			return nil, false
		}
		filled = append(filled, placeholder{s.placeholder, value})
	}
	return filled, true
}

type placeholder struct{ name, value string }

// MaxSlug is how long the name of a partner or a record may be.
const MaxSlug = 63

// reserved are words that KPI records use beside partners' slugs.
var reserved = []string{"other", "unknown", "total"}

// isWords reports whether a text is letters and digits of ASCII, with single
// separators between them.
func isWords(text, separators string) bool {
	between := false
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9':
			between = true
		case !between || strings.IndexByte(separators, c) < 0:
			return false
		default:
			between = false
		}
	}
	return between
}

// problem returns why the placeholder's value cannot stand there, or "".
func (p placeholder) problem() string {
	switch {
	case p.name != "partner" && p.name != "id":
		return ""
	case !isWords(p.value, "-") || p.value != strings.ToLower(p.value):
		problem := fmt.Sprintf("`%s` must be lower-case letters and digits, with single hyphens between them", p.value)
		if slug := nearestSlug(p.value); slug != "" && (placeholder{p.name, slug}).problem() == "" {
			problem += fmt.Sprintf("; for example `%s`", slug)
		}
		return problem
	case len(p.value) > MaxSlug:
		return fmt.Sprintf("`%s` has %d characters; at most %d are allowed", p.value, len(p.value), MaxSlug)
	case p.name == "partner" && slices.Contains(reserved, p.value):
		return fmt.Sprintf("no partner's folder can be named `%s`: the word has a meaning of its own in the KPI records", p.value)
	}
	return ""
}

var noSlug = regexp.MustCompile(`[^a-z0-9]+`)

// nearestSlug returns text as a slug, or "" where letters would be lost.
func nearestSlug(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) {
		return ""
	}
	return strings.Trim(noSlug.ReplaceAllString(strings.ToLower(text), "-"), "-")
}

// slugs returns what a path says of the partner and the id, as far as it is
// well-formed.
func slugs(path string) map[string]string {
	values := map[string]string{}
	names := strings.Split(path, "/")
	if partner := (placeholder{"partner", names[min(1, len(names)-1)]}); len(names) > 2 && partner.problem() == "" {
		values["partner"] = partner.value
	}
	if id := (placeholder{"id", strings.TrimSuffix(names[len(names)-1], ".yaml")}); id.problem() == "" {
		values["id"] = id.value
	}
	return values
}

// misplaced reports a record that is not where its kind lives, or whose place
// and fields contradict each other.
func (s *Set) misplaced(k *kind, r *record.Record) (finding.Finding, bool) {
	var room [4]placeholder // for those of most places
	filled, ok := k.place.match(room[:0], r.Path)
	if !ok {
		return s.elsewhere(k, r), true
	}
	for _, p := range filled {
		if problem := p.problem(); problem != "" {
			message, help := "the path of this record is malformed: "+problem, "Rename the file."
			if p.name == "partner" {
				message, help = "the name of this record's folder is malformed: "+problem, RenameFolder
			}
			return misplacedAt(r, "kind", message, help), true
		}
		field := r.Root.Field(p.name)
		if p.name != "partner" && p.name != "id" && field != nil && field.Kind == record.String && field.Text != p.value {
			message := fmt.Sprintf("`%s` is `%s`, but the record's path says `%s`", p.name, field.Text, p.value)
			return misplacedAt(r, p.name, message, fmt.Sprintf("Correct `%s`, or rename the file.", p.name)), true
		}
	}
	return finding.Finding{}, false
}

// elsewhere says where a record of kind k that is not in its place belongs, or
// what kind of record belongs where it is.
func (s *Set) elsewhere(k *kind, r *record.Record) finding.Finding {
	target := k.place.fill(slugs(r.Path))
	other := s.kinds[s.kindAt(r.Path)]
	if other == nil {
		message := fmt.Sprintf("this %s record belongs at %s, not here", k.name, target)
		return misplacedAt(r, "kind", message, "Move the file there, or correct `kind`.")
	}
	if k.isRight(r) && !other.isRight(r) {
		return misplacedAt(r, "kind", fmt.Sprintf("this %s record belongs at %s, not among those of kind %s", k.name, target, other.name), "Move the file there.")
	}
	holds := "this folder holds"
	if last := other.place[len(other.place)-1]; last.placeholder == "" {
		holds = fmt.Sprintf("`%s` is the name of", last.before)
	}
	message := fmt.Sprintf("%s %s records, but `kind` says `%s`; did you mean `kind: %s`?", holds, other.name, k.name, other.name)
	help := fmt.Sprintf("Write `kind: %s`, or move the file to %s.", other.name, target)
	return misplacedAt(r, "kind", message, help)
}

// isRight reports whether a record, wherever it is, is what a kind asks for.
func (k *kind) isRight(r *record.Record) bool {
	return k.validator.judge(r.Root, k.document) == nil
}

// RenameFolder is the help of a finding about the name of a record's folder, which
// is the same for all records in it.
const RenameFolder = "Rename the folder."

func misplacedAt(r *record.Record, field, message, help string) finding.Finding {
	f := finding.New(record.PathRule, r.Locate([]string{field}, false), message)
	f.Help = help
	return f
}

// unknownKind reports a record whose kind is missing, or is none. The kind
// that lives at the record's path is most likely what was meant.
func (s *Set) unknownKind(r *record.Record) finding.Finding {
	meant := s.kindAt(r.Path)
	node := r.Root.Field("kind")
	if node == nil {
		return missingKind(r, meant)
	}
	if meant == "" && node.IsScalar() {
		meant = spelling.Meant(node.Text, s.names)
	}
	message := fmt.Sprintf("there is no kind of record named %s; there are %s", show(node), list(s.names, "and"))
	f := finding.New(kindRule, r.Locate([]string{"kind"}, false), message)
	if meant != "" {
		f.Message = fmt.Sprintf("there is no kind of record named %s; did you mean `%s`?", show(node), meant)
		f.Help = fmt.Sprintf("Write `kind: %s`.", meant)
		f = f.WithExpected(meant)
	}
	return f
}

var colonWithoutSpace = regexp.MustCompile(`:\S`)

// missingKind reports a record without the field `kind`. meant is what belongs
// there, or "".
func missingKind(r *record.Record, meant string) finding.Finding {
	message, help := "`kind` is missing: it says what the record is", kindRule.Help
	if meant != "" {
		message += fmt.Sprintf(" (here: `kind: %s`)", meant)
		help = fmt.Sprintf("Write `kind: %s`.", meant)
	}
	if r.Root.Kind == record.String && colonWithoutSpace.MatchString(r.Root.Text) {
		message = "`kind` is missing, since nothing here is a field: a space is missing behind each colon"
		help = "Write a space behind each colon that follows a field's name: `kind: " + cmp.Or(meant, "…") + "`."
	}
	place := r.Locate(nil, false)
	place.Subject = "kind"
	f := finding.New(kindRule, place, message)
	f.Help = help
	return f
}

// kindAt returns the one kind whose records live at a path of this form.
func (s *Set) kindAt(path string) string {
	for _, name := range s.names {
		if _, ok := s.kinds[name].place.match(nil, path); ok {
			return name
		}
	}
	return ""
}

var kindRule = &finding.Rule{
	ID: "repo/kind", Severity: finding.Error,
	Title:       "Every record says what it is",
	Description: "The kind of a record decides which schema and which rules judge it.",
	Help:        "Write one of the kinds in the field `kind`.",
}
