// Package finding holds what the validator has to say about a record: the one
// diagnostic type, its one constructor, its one order and its fingerprint. It
// does not know where findings come from.
package finding

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// Severity says whether a finding blocks.
type Severity string

// The severities, from the graver to the milder.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// AtLeast reports whether s is as grave as threshold or graver.
func (s Severity) AtLeast(threshold Severity) bool {
	return s == Error || s == threshold
}

// Valid reports whether s is one of the severities.
func (s Severity) Valid() bool { return s == Error || s == Warning }

// A Rule is what a finding breaks: a rule of the policies, a keyword of a
// schema, or a demand of the validator itself on files and YAML.
type Rule struct {
	ID          string // its address, such as license/seat_cap
	Title       string // one line
	Description string // why it exists and what it judges
	Severity    Severity
	Help        string // how to put a violation right
	Handbook    string // title of the handbook section it comes from; may be empty
	HandbookURL string // the section's address; may be empty
}

// A Place is where in a record a finding is.
type Place struct {
	File    string // path from the root of the tree, with slashes
	Span    source.Span
	Path    []string // of the value in the record; none is the record itself
	AtKey   bool     // whether it is the name of a field, not its value
	Subject string   // what the place holds: a scalar's text, or a missing field's name
}

// Pointer returns the path as a JSON Pointer.
func (p *Place) Pointer() string { return pointer.Of(p.Path) }

// A Finding is one violation at one place.
type Finding struct {
	Rule     string
	Severity Severity
	Message  string
	Detail   string // what a library says of it in its own words; mostly empty
	Place
	Expected    Value // what would put it right; none where unknown
	Guess       bool  // whether Expected is for a person to try, and never written by a program
	Help        string
	Handbook    string
	HandbookURL string
	Related     []Related // in the order of files and lines
	Fingerprint string    // set by Sort
}

var ruleID = regexp.MustCompile(`^[a-z0-9_-]+/[A-Za-z0-9_$-]+$`)

// New returns the finding that rule is violated at place. What a message quotes
// of a record is made visible, so that it stays on one line. It panics where no
// report could show it.
func New(rule *Rule, place Place, message string) Finding {
	f := Finding{
		Rule: rule.ID, Severity: rule.Severity, Message: message, Place: place,
		Help: rule.Help, Handbook: rule.Handbook, HandbookURL: rule.HandbookURL,
	}
	if err := f.Check(); err != nil {
		panic("finding: " + err.Error())
	}
	f.Message = source.Visible(message)
	return f
}

// Check returns why no report could show the finding, or nil: it has a rule without
// id or severity, no message, no file, or a span that ends before it starts.
func (f *Finding) Check() error {
	switch {
	case !ruleID.MatchString(f.Rule) || !f.Severity.Valid():
		return fmt.Errorf("no rule: %q, %q", f.Rule, f.Severity)
	case strings.TrimSpace(f.Message) == "":
		return fmt.Errorf("%s without a message", f.Rule)
	case f.File == "":
		return fmt.Errorf("%s without a file", f.Rule)
	case !f.Span.Valid():
		return fmt.Errorf("%s at the span %v", f.Rule, f.Span)
	}
	return nil
}

// WithExpected returns f with the value that would put it right, as ValueOf takes
// it.
func (f Finding) WithExpected(value any) Finding {
	f.Expected = ValueOf(value)
	return f
}

// WithDetail returns f with what a library says of it in its own words.
func (f Finding) WithDetail(words string) Finding {
	f.Detail = source.Visible(words)
	return f
}

// WithGuess returns f with a value that may put it right, which a person has to
// find out.
func (f Finding) WithGuess(value any) Finding {
	f = f.WithExpected(value)
	f.Guess = !f.Expected.IsNone()
	return f
}

// IsFixable reports whether it is known what would put it right.
func (f *Finding) IsFixable() bool { return !f.Expected.IsNone() && !f.Guess }

// Sort brings findings into the one order of every report (file, line, column,
// rule, pointer, message) and numbers their fingerprints.
func Sort(findings []Finding) {
	slices.SortFunc(findings, Compare)
	seen := make(map[string]int, len(findings))
	for i := range findings {
		findings[i].number(seen)
	}
}

// number gives a finding its fingerprint; seen counts those in front of it by
// their identities.
func (f *Finding) number(seen map[string]int) {
	identity := f.identity()
	f.Fingerprint = fingerprint(identity, seen[identity])
	seen[identity]++
}

// Compare orders findings as every report has them.
func Compare(a, b Finding) int {
	order := cmp.Or(
		strings.Compare(a.File, b.File),
		a.Span.Start.Compare(b.Span.Start),
		strings.Compare(a.Rule, b.Rule),
	)
	if order != 0 {
		return order
	}
	return cmp.Or(strings.Compare(a.Pointer(), b.Pointer()), strings.Compare(a.Message, b.Message))
}

// identity is what a finding keeps while lines move around it; its place in
// the file and its wording are no part of it.
func (f *Finding) identity() string {
	return strings.Join([]string{f.Rule, f.File, f.Pointer(), f.Subject}, "\x00")
}

// fingerprint hashes an identity. Findings that share one are told apart by
// their ordinal, so that readers that key by fingerprint lose none.
func fingerprint(identity string, ordinal int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", identity, ordinal))
	return hex.EncodeToString(sum[:16])
}
