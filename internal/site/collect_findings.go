package site

import (
	"cmp"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// published returns what may be published of a folder's findings, by path.
//
// A finding says no more than which rule is broken, and where, if it points at
// what is private, is about a record of which nobody can tell what is, or has
// words of what is private anywhere in the folder: rules see all of it.
func (c *collector) published(listed *repo.Folder, records []loaded) map[string][]finding.Finding {
	all := map[string][]finding.Finding{}
	if len(c.findings[listed.Name]) == 0 {
		return all
	}
	words := c.privateWords(records)
	byPath := map[string]loaded{}
	for _, r := range records {
		byPath[r.path] = r
	}
	for _, f := range c.findings[listed.Name] {
		r, read := byPath[f.File]
		switch {
		case c.Private:
		case read && r.public == nil:
			continue // not even that it is there
		case !read && slices.Contains(listed.Records, f.File):
			f = c.withhold(f, nil)
		case read:
			f = c.about(f, r)
			fallthrough
		default:
			f = c.without(f, words)
		}
		all[f.File] = append(all[f.File], f)
	}
	return all
}

// privateWords returns the words of what is private in records, but for those
// that are published with them anyway, as is a company's name in an address.
func (c *collector) privateWords(records []loaded) vocabulary {
	words := newVocabulary()
	if c.Private {
		return words
	}
	for _, r := range records {
		r.kind.mask.publish(r.root, words.add)
	}
	for _, r := range records {
		if r.public != nil {
			eachTextOf(r.public, words.drop)
		}
	}
	return words
}

// about returns a finding, withheld if it points at what is private.
func (c *collector) about(f finding.Finding, r loaded) finding.Finding {
	path := f.Path
	if known, all := r.kind.mask.reveals(r.root, path); !all {
		return c.withhold(f, path[:known])
	}
	return f
}

// without returns a finding, withheld if it quotes one of the words. A rule's own
// help quotes nobody.
func (c *collector) without(f finding.Finding, words vocabulary) finding.Finding {
	f.Related = nil // no page shows where else to look, and nobody judged that for privacy
	texts := []string{f.Message, f.Subject}
	if rule := c.rules[f.Rule]; rule == nil || rule.Help != f.Help {
		texts = append(texts, f.Help)
	}
	if !f.Expected.IsNone() {
		texts = append(texts, fmt.Sprint(f.Expected.JSON()))
	}
	if slices.ContainsFunc(texts, words.in) {
		return c.withhold(f, f.Path)
	}
	return f
}

// withhold returns of a finding what it says of the rule, and where it is. How
// long a value is goes too, and the fingerprint, which is a hash of it.
func (c *collector) withhold(f finding.Finding, path []string) finding.Finding {
	rule := c.rules[f.Rule]
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

// shared returns the private texts of partners that all folders are judged by.
func (c *collector) shared(records []loaded) []string {
	var all []string
	for _, r := range records {
		if c.Private || len(c.Input.Findings) == 0 || r.kind.name != repo.PartnerKind {
			continue
		}
		for _, name := range []string{"name", "aliases", "type", "status"} {
			if value := r.root.Field(name); value != nil && r.public.Field(name) != value {
				eachTextOf(value, func(text string) { all = append(all, text) })
			}
		}
	}
	return all
}

// hideShared withholds findings that have words of what is private in another
// folder.
func (c *collector) hideShared(site *Site, folders []*folder) {
	words := newVocabulary()
	for _, f := range folders {
		for _, text := range f.shared {
			words.add(text)
		}
	}
	if words.empty() {
		return
	}
	site.eachFindings(func(findings []finding.Finding) {
		for i := range findings {
			findings[i] = c.without(findings[i], words)
		}
	})
}

// eachFindings calls f with the findings of every record.
func (s *Site) eachFindings(f func([]finding.Finding)) {
	f(s.Unplaced)
	for _, month := range s.Months {
		f(month.Findings)
	}
	for _, kind := range s.Kinds {
		for _, r := range kind.Records {
			f(r.Findings)
		}
	}
	for _, p := range s.Partners {
		for _, r := range p.records() {
			f(r.Findings)
		}
	}
}

// records returns the partner's own record and those in its folder of kinds with
// pages of their own.
func (p *Partner) records() []*Record {
	all := []*Record{&p.Record}
	for _, l := range p.Licenses {
		all = append(all, &l.Record)
	}
	for _, c := range p.Campaigns {
		all = append(all, &c.Record)
	}
	for _, r := range p.Requests {
		all = append(all, &r.Record)
	}
	for _, r := range p.Proposals {
		all = append(all, &r.Record)
	}
	return all
}

func sorted(findings []finding.Finding) []finding.Finding {
	slices.SortStableFunc(findings, func(a, b finding.Finding) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Span.Start.Compare(b.Span.Start), strings.Compare(a.Rule, b.Rule),
			strings.Compare(a.Pointer(), b.Pointer()), strings.Compare(a.Message, b.Message))
	})
	return findings
}

// A vocabulary knows the words of texts, in order to tell whether another one
// quotes them: in part, cut off, escaped or in another case. Where a text is
// long, single common words of it are no quotation; two proper ones or any four
// in a row are.
type vocabulary struct {
	telling map[string]bool       // single words, and words in a row
	whole   map[string][][]string // the words of whole texts, by the first
}

func newVocabulary() vocabulary {
	return vocabulary{map[string]bool{}, map[string][][]string{}}
}

func (v vocabulary) empty() bool { return len(v.telling) == 0 && len(v.whole) == 0 }

// Of a text of few words, each that is no mere syllable tells what it is. A long
// word does anywhere, and so does a number.
const (
	fewWords   = 4
	properWord = 4
	longWord   = 8
	longNumber = 3
	longRun    = 4
)

// topLevel is the end of an email address, which tells nothing.
var topLevel = regexp.MustCompile(`(@\S+)\.\pL+$`)

func (v vocabulary) add(text string) {
	for _, text := range []string{text, source.Visible(text)} {
		words := wordsOf(topLevel.ReplaceAllString(text, "$1"))
		for _, word := range words {
			if telling(word, len(words)) {
				v.telling[word] = true
			}
		}
		for run := range runsOf(words) {
			v.telling[run] = true
		}
		if len(words) > 1 || len(words) == 1 && strings.ContainsFunc(words[0], unicode.IsDigit) {
			v.whole[words[0]] = append(v.whole[words[0]], words)
		}
	}
}

// telling reports whether a word of a text of that many tells what it is.
func telling(word string, of int) bool {
	return of == 1 || of <= fewWords && len(word) >= properWord || len(word) >= longWord ||
		len(word) >= longNumber && strings.ContainsFunc(word, unicode.IsDigit)
}

// runsOf returns the words in a row that tell what a text is.
func runsOf(words []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := 1; i < len(words); i++ {
			a, b := words[i-1], words[i]
			if len(a) >= properWord && len(b) >= properWord && !yield(a+" "+b) {
				return
			}
			if i+1 >= longRun && !yield(strings.Join(words[i+1-longRun:i+1], " ")) {
				return
			}
		}
	}
}

// drop takes out the words of a text. A whole text stays, unless it is a single
// word: the parts of an address may be public, and the address be private.
func (v vocabulary) drop(text string) {
	if len(v.telling) == 0 {
		return
	}
	words := wordsOf(text)
	for _, word := range words {
		delete(v.telling, word)
	}
	for run := range runsOf(words) {
		delete(v.telling, run)
	}
}

// in reports whether a text quotes any of the words.
func (v vocabulary) in(text string) bool {
	if v.empty() || text == "" {
		return false
	}
	words := wordsOf(text)
	for i, word := range words {
		begins := func(whole []string) bool {
			return len(whole) <= len(words)-i && slices.Equal(whole, words[i:i+len(whole)])
		}
		if v.telling[word] || slices.ContainsFunc(v.whole[word], begins) {
			return true
		}
	}
	for run := range runsOf(words) {
		if v.telling[run] {
			return true
		}
	}
	return false
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
