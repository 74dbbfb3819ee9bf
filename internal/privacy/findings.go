package privacy

import (
	"cmp"
	"fmt"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A Masked is a record with what may be published of it.
type Masked struct {
	Path      string
	Mask      *Mask
	Root      *record.Node // all of it
	Public    *record.Node // what may be published of it; nil where nothing may
	Misplaced bool         // whether its place is none of its kind's
}

// Of returns a record with what may be published of it.
func (m *Mask) Of(path string, root *record.Node) Masked {
	return Masked{Path: path, Mask: m, Root: root, Public: m.Publish(root, nil)}
}

// OfMisplaced returns a record in a place where those of its kind do not live. Of
// which kind it is meant to be nobody can tell, so that nothing of it may be
// published but that it is there.
func OfMisplaced(path string, root *record.Node) Masked {
	return Masked{Path: path, Mask: NewMask(map[string]any{"x-private": true}, false), Root: root, Misplaced: true}
}

// A Redactor takes what is private out of findings.
type Redactor struct {
	rules   map[string]*finding.Rule
	common  common
	private bool // whether it leaves everything in
}

// NewRedactor returns a redactor of what breaks the rules and the schemas or, for
// a private site, one that lets everything through.
func NewRedactor(rules []*finding.Rule, schemas []map[string]any, private bool) *Redactor {
	r := &Redactor{map[string]*finding.Rule{}, newCommon(rules), private}
	for _, rule := range rules {
		r.rules[rule.ID] = rule
	}
	for _, document := range schemas {
		r.common.addSchema(document)
	}
	return r
}

// Words returns a vocabulary without words.
func (r *Redactor) Words() Vocabulary { return newVocabulary(r.common) }

// Findings returns what may be published of a folder's findings, by path. Files
// are the paths of all its records: of one that is not among records nobody can
// tell what is private.
//
// A finding says no more than which rule is broken, and where, if it points at
// what is private, is about such a file, or has words of what is private
// anywhere in the folder: rules see all of it.
func (r *Redactor) Findings(findings []finding.Finding, records []Masked, files []string) map[string][]finding.Finding {
	all := map[string][]finding.Finding{}
	if len(findings) == 0 {
		return all
	}
	words := r.privateWords(records)
	byPath := map[string]Masked{}
	for _, m := range records {
		byPath[m.Path] = m
	}
	for _, f := range findings {
		m, known := byPath[f.File]
		switch {
		case r.private:
		case m.Misplaced, !known && slices.Contains(files, f.File):
			f = r.withhold(f, nil)
		case known && m.Public == nil:
			continue // not even that it is there
		case known:
			f = r.about(f, m)
			fallthrough
		default:
			f = r.Without(f, words)
		}
		all[f.File] = append(all[f.File], f)
	}
	return all
}

// privateWords returns the words of what is private in records, but for those
// that are published with them anyway, as is a company's name in an address.
func (r *Redactor) privateWords(records []Masked) Vocabulary {
	words := r.Words()
	if r.private {
		return words
	}
	for _, m := range records {
		m.Mask.Publish(m.Root, words.Add)
	}
	for _, m := range records {
		if m.Public != nil {
			EachText(m.Public, words.Drop)
		}
	}
	return words
}

// about returns a finding, withheld if it points at what is private.
func (r *Redactor) about(f finding.Finding, m Masked) finding.Finding {
	path := f.Path
	if known, all := m.Mask.Reveals(m.Root, path); !all {
		return r.withhold(f, path[:known])
	}
	return f
}

// Without returns a finding, withheld if it quotes one of the words. A rule's own
// help quotes nobody.
func (r *Redactor) Without(f finding.Finding, words Vocabulary) finding.Finding {
	texts := []string{f.Message, f.Subject}
	if rule := r.rules[f.Rule]; rule == nil || rule.Help != f.Help {
		texts = append(texts, f.Help)
	}
	if !f.Expected.IsNone() {
		texts = append(texts, fmt.Sprint(f.Expected.JSON()))
	}
	f.Related = nil // no page shows where else to look, and nobody judged that for privacy
	if slices.ContainsFunc(texts, words.In) {
		return r.withhold(f, f.Path)
	}
	return f
}

// withhold returns of a finding what it says of the rule, and where it is. How
// long a value is goes too, and the fingerprint, which is a hash of it.
func (r *Redactor) withhold(f finding.Finding, path []string) finding.Finding {
	rule := r.rules[f.Rule]
	if rule == nil {
		rule = &finding.Rule{Title: f.Rule}
	}
	f.Message = cmp.Or(rule.Title, f.Rule) + " (what is wrong in detail is not published)"
	f.Help = rule.Help
	f.Subject, f.Expected, f.Fingerprint, f.Related = "", finding.Value{}, "", nil
	f.Span.End = f.Span.Start
	f.Path = path
	return f
}
