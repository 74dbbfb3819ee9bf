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

// A Folder redacts the findings in one folder.
type Folder struct {
	*Redactor
	records map[string]Masked // by path
	files   []string          // the paths of all records
	words   Vocabulary        // of what is private
}

// Folder returns what redacts the findings in a folder. Files are the paths of all
// its records: of one that is not among records nobody can tell what is private.
func (r *Redactor) Folder(records []Masked, files []string) *Folder {
	f := &Folder{r, make(map[string]Masked, len(records)), files, r.privateWords(records)}
	for _, m := range records {
		f.records[m.Path] = m
	}
	return f
}

// Findings returns what may be published of findings, by path.
func (f *Folder) Findings(findings []finding.Finding) map[string][]finding.Finding {
	all := map[string][]finding.Finding{}
	for _, found := range findings {
		if shown, ok := f.Finding(found); ok {
			all[shown.File] = append(all[shown.File], shown)
		}
	}
	return all
}

// Finding returns what may be published of a finding, if anything.
//
// A finding says no more than which rule is broken, and where, if it points at
// what is private, is about a file of which nobody can tell, or has words of what
// is private anywhere in the folder: rules see all of it.
func (f *Folder) Finding(found finding.Finding) (shown finding.Finding, ok bool) {
	m, known := f.records[found.File]
	switch {
	case f.private:
		return found, true
	case m.Misplaced, !known && slices.Contains(f.files, found.File):
		return f.withhold(found, nil), true
	case known && m.Public == nil:
		return found, false // not even that it is there
	case known:
		found = f.about(found, m)
	}
	return f.Without(found, f.words), true
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
