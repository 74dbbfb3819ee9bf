package site

import (
	"maps"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

const rulesPage = "rules/index.html"

// A rulesBody is the list of all rules, by kind.
type rulesBody struct{ Groups []ruleGroup }

// A ruleGroup is the rules on one kind of record, or of one part of the
// validator.
type ruleGroup struct {
	Kind  string
	Built bool
	Rules []ruleBody
}

// A ruleBody is all that there is to say of a rule.
type ruleBody struct {
	finding.Rule
	File     string // "" where it is built into the validator
	Handbook string // the address of the handbook's section, or of the handbook; may be empty
	Examples []ruleExample
}

// A ruleExample is a tree of files that shows a rule.
type ruleExample struct {
	Title, Class string
	Files        []exampleFile
}

type exampleFile struct{ Path, Text string }

// catalogue returns all rules: those of the policies, and then the validator's
// own.
func (s *Site) catalogue() []ruleBody {
	var all []ruleBody
	for _, r := range s.Rules {
		all = append(all, ruleBody{Rule: r.Rule, File: r.File, Handbook: s.section(r.Handbook), Examples: ruleExamples(r)})
	}
	for _, r := range s.Built {
		all = append(all, ruleBody{Rule: *r, Handbook: s.section(r.Handbook)})
	}
	return all
}

// section returns the address of a section of the handbook, or that of the whole
// handbook where it is not known.
func (s *Site) section(title string) string {
	if title == "" {
		return ""
	}
	if address := s.Sections[title]; address != "" {
		return address
	}
	return s.Handbook.Text("url")
}

func ruleExamples(r *policy.Rule) []ruleExample {
	all := []ruleExample{
		{"Before the change", "before", exampleFiles(r.Before)},
		{"Wrong", "wrong", exampleFiles(r.Wrong)},
		{"Right", "right", exampleFiles(r.Right)},
	}
	return slices.DeleteFunc(all, func(e ruleExample) bool { return len(e.Files) == 0 })
}

func exampleFiles(example policy.Example) []exampleFile {
	var files []exampleFile
	for _, path := range slices.Sorted(maps.Keys(example)) {
		text := strings.Split(strings.TrimRight(example[path], "\n"), "\n")
		for i := range text {
			text[i] = source.Visible(text[i])
		}
		files = append(files, exampleFile{path, strings.Join(text, "\n")})
	}
	return files
}

// ruleKind returns the kind of record, or the part of the validator, that a rule
// is of.
func (r ruleBody) ruleKind() string {
	kind, _, _ := strings.Cut(r.ID, "/")
	return kind
}

func (pr *printer) catalogue() []task {
	var body rulesBody
	var tasks []task
	for _, r := range pr.site.catalogue() {
		if n := len(body.Groups); n == 0 || body.Groups[n-1].Kind != r.ruleKind() {
			body.Groups = append(body.Groups, ruleGroup{Kind: r.ruleKind(), Built: r.File == ""})
		}
		last := &body.Groups[len(body.Groups)-1]
		last.Rules = append(last.Rules, r)
		tasks = append(tasks, func() error {
			return pr.page(sheet{
				Page: rulePage(r.ID), Template: "rule", Title: r.Title, Section: rulesPage, Above: []place{{rulesPage, "Rules"}}, Body: r,
			})
		})
	}
	return append(tasks, func() error {
		return pr.page(sheet{Page: rulesPage, Template: "rules", Title: "Rules", Section: rulesPage, Body: body})
	})
}
