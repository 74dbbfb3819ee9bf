package report

import (
	"bufio"
	"cmp"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/markdown"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// SARIF 2.1.0, as far as code scanning and editors read it. GitLab skips a
// result that has a longer text than these limits, in characters.
const (
	maxSARIFMessage = 2048
	maxSARIFRule    = 1024
)

type sarifHead struct {
	Schema  string `json:"$schema"`
	Version string `json:"version"`
}

type sarifRun struct {
	Tool struct {
		Driver sarifDriver `json:"driver"`
	} `json:"tool"`
	ColumnKind string `json:"columnKind"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	InformationURI string      `json:"informationUri,omitempty"`
	Version        string      `json:"version,omitempty"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID               string        `json:"id"`
	ShortDescription sarifText     `json:"shortDescription"`
	FullDescription  *sarifText    `json:"fullDescription,omitempty"`
	Help             *sarifText    `json:"help,omitempty"`
	HelpURI          string        `json:"helpUri,omitempty"`
	Default          sarifSeverity `json:"defaultConfiguration"`
}

type sarifSeverity struct {
	Level finding.Severity `json:"level"` // SARIF's levels have the names of ours
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Level        finding.Severity  `json:"level"`
	Message      sarifText         `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Related      []sarifLocation   `json:"relatedLocations,omitempty"`
	Fingerprints map[string]string `json:"partialFingerprints"`
	Fixes        []sarifFix        `json:"fixes,omitempty"`

	// Of a run in which anything is waived, every result says whether it is, and no
	// result does otherwise (section 3.27.23).
	Suppressions *[]sarifSuppression `json:"suppressions,omitempty"`
}

type sarifSuppression struct {
	Kind          string        `json:"kind"`
	Status        string        `json:"status"`
	Justification string        `json:"justification"`
	Location      sarifLocation `json:"location"`
}

type sarifLocation struct {
	Physical sarifPlace `json:"physicalLocation"`
	Message  *sarifText `json:"message,omitempty"`
}

type sarifPlace struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

// sarifArtifact has a URI relative to the root of the repository, which is
// what GitHub, GitLab and editors take a relative one for.
type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"` // the first behind, as ours is
}

type sarifFix struct {
	Description sarifText     `json:"description"`
	Changes     []sarifChange `json:"artifactChanges"`
}

type sarifChange struct {
	Artifact     sarifArtifact      `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  sarifRegion `json:"deletedRegion"`
	Inserted sarifText   `json:"insertedContent"`
}

// writeSARIF writes a report for code scanning and editors, a result a line.
func writeSARIF(out *bufio.Writer, r *Report, o *Options) error {
	rules, pages := occurring(r), o.rulePages(r)
	index := make(map[string]int, len(rules))
	run := sarifRun{ColumnKind: "unicodeCodePoints"}
	run.Tool.Driver = sarifDriver{"alliances", o.Homepage, o.Version, make([]sarifRule, len(rules))}
	for i, rule := range rules {
		index[rule.ID] = i
		run.Tool.Driver.Rules[i] = toSARIFRule(rule, pages[rule.ID])
	}
	stream := newJSONStream(out, "")
	stream.object(sarifHead{"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", "2.1.0"}, "runs")
	stream.object(run, "results")
	texts := o.texts()
	for i := range r.Findings {
		f := &r.Findings[i]
		rule := index[f.Rule]
		result := toSARIF(f, rules[rule], rule)
		if !f.Expected.IsNone() {
			result.Fixes = fixes(f, texts.of(f.File))
		}
		if len(r.Waived) > 0 {
			result.Suppressions = &[]sarifSuppression{}
		}
		stream.element(result)
	}
	for i := range r.Waived {
		w := &r.Waived[i]
		rule := index[w.Rule]
		result := toSARIF(&w.Finding, rules[rule], rule)
		result.Suppressions = &[]sarifSuppression{suppression(&w.Waiver)}
		stream.element(result)
	}
	return stream.end()
}

// suppression says why a finding does not count. A waiver is a record of its own,
// so that it is kept outside of the file with the finding.
func suppression(w *finding.Waiver) sarifSuppression {
	why := source.Shorten(noLink(source.Inline(w.Reason)+" ("+decision(w)+")"), maxSARIFMessage)
	place := finding.Place{File: w.File, Span: source.Start}
	return sarifSuppression{"external", "accepted", why, sarifLocation{Physical: toSARIFPlace(&place)}}
}

// occurring returns the rules that findings break, in the order of their ids.
// For one that is not in the catalogue, its id and severity have to do.
func occurring(r *Report) []*finding.Rule {
	known := make(map[string]*finding.Rule, len(r.Rules))
	for _, rule := range r.Rules {
		known[rule.ID] = rule
	}
	var rules []*finding.Rule
	seen := map[string]bool{}
	add := func(f *finding.Finding) {
		if seen[f.Rule] {
			return
		}
		seen[f.Rule] = true
		rule := known[f.Rule]
		if rule == nil {
			rule = &finding.Rule{ID: f.Rule, Title: f.Rule, Severity: f.Severity}
		}
		rules = append(rules, rule)
	}
	for i := range r.Findings {
		add(&r.Findings[i])
	}
	for i := range r.Waived {
		add(&r.Waived[i].Finding)
	}
	slices.SortFunc(rules, func(a, b *finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	return rules
}

// toSARIFRule returns a rule, with the address of the page that explains it or else
// that of its section of the handbook.
func toSARIFRule(rule *finding.Rule, page string) sarifRule {
	help := source.Inline(rule.Help)
	if rule.Handbook != "" {
		help = strings.TrimSpace(help + " Handbook: " + source.Inline(rule.Handbook))
	}
	return sarifRule{
		ID:               rule.ID,
		ShortDescription: sarifText{source.Shorten(source.Inline(rule.Title), maxSARIFRule)},
		FullDescription:  optional(source.Shorten(source.Inline(rule.Description), maxSARIFRule)),
		Help:             optional(source.Shorten(help, maxSARIFMessage)),
		HelpURI:          cmp.Or(page, rule.HandbookURL),
		Default:          sarifSeverity{rule.Severity},
	}
}

func optional(text string) *sarifText {
	if text == "" {
		return nil
	}
	return &sarifText{text}
}

func toSARIF(f *finding.Finding, rule *finding.Rule, index int) sarifResult {
	return sarifResult{
		RuleID: f.Rule, RuleIndex: index, Level: f.Severity, Message: sarifText{sarifMessage(f, rule)},
		Locations:    []sarifLocation{{Physical: toSARIFPlace(&f.Place)}},
		Related:      toSARIFRelated(f.Related),
		Fingerprints: map[string]string{"alliances/v1": f.Fingerprint},
	}
}

func toSARIFPlace(p *finding.Place) sarifPlace {
	return sarifPlace{sarifArtifact{markdown.PathURL(p.File)}, region(p.Span)}
}

func toSARIFRelated(related []finding.Related) []sarifLocation {
	var locations []sarifLocation
	for _, r := range related {
		message := source.Shorten(noLink(source.Visible(r.Message)), maxSARIFMessage)
		locations = append(locations, sarifLocation{toSARIFPlace(&r.Place), &sarifText{message}})
	}
	return locations
}

// sarifMessage returns what is wrong, and how to put it right where the rule's
// own help does not say it already.
func sarifMessage(f *finding.Finding, rule *finding.Rule) string {
	message := source.Visible(f.Message)
	if f.Help != "" && f.Help != rule.Help {
		message += " – " + source.Inline(f.Help)
	}
	return source.Shorten(noLink(message), maxSARIFMessage)
}

// noLink keeps viewers from making a link of [text](address), which they do in
// plain messages too (section 3.11.6): a record shall not have one made.
func noLink(message string) string { return strings.ReplaceAll(message, "](", "] (") }

func region(span source.Span) sarifRegion {
	return sarifRegion{span.Start.Line, span.Start.Column, span.End.Line, span.End.Column}
}

// fixes returns how to write the value that would put the finding right, and
// nothing where its place holds something else than the value to replace: a
// value that is missing is to be added elsewhere.
func fixes(f *finding.Finding, text *source.File) []sarifFix {
	value, ok := record.Scalar(f.Expected.JSON())
	if !ok || text == nil || !holdsValue(f, text) {
		return nil
	}
	return []sarifFix{{
		Description: sarifText{"Write " + value},
		Changes: []sarifChange{{
			Artifact:     sarifArtifact{markdown.PathURL(f.File)},
			Replacements: []sarifReplacement{{region(f.Span), sarifText{value}}},
		}},
	}}
}

// holdsValue reports whether what is written at the finding's place is, in one
// line, the scalar that the finding is about, or the name of its field.
func holdsValue(f *finding.Finding, text *source.File) bool {
	if f.Span.Start.Line != f.Span.End.Line {
		return false
	}
	written := string(text.Text()[text.Offset(f.Span.Start):text.Offset(f.Span.End)])
	if f.AtKey {
		_, isName := f.Expected.JSON().(string)
		return isName && len(f.Path) > 0 && spells(written, f.Path[len(f.Path)-1])
	}
	return written != "" && spells(written, f.Subject)
}

// spells reports whether YAML text, plain or in quotes, is this value.
// Values that are escaped in it count as another.
func spells(written, value string) bool {
	if last := len(written) - 1; last > 0 && written[0] == written[last] && strings.ContainsRune(`'"`, rune(written[0])) {
		return written[1:last] == value
	}
	return written == value
}
