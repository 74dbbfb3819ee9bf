package policy

import (
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/fill"
)

// examplePartner is the partner of the examples, whose name is that of {partner}
// in the names of documents.
const examplePartner = "Example CI"

// fill puts what the handbook says into what METADATA says of a rule: its help may
// name an address that is the company's own, and its examples hold some.
func (r *Rule) fill(book Edition) {
	r.Rule.Handbook = book.Heading(r.Rule.Handbook)
	r.HandbookURL = book.sectionURL(r.Rule.Handbook)
	for _, text := range []*string{&r.Title, &r.Description, &r.Help} {
		*text = book.fill(*text)
	}
	for _, files := range []Example{r.Before, r.Wrong, r.Right} {
		for file, text := range files {
			files[file] = strings.ReplaceAll(book.fill(text), "{partner}", examplePartner)
		}
	}
}

// fill puts the handbook's values into a text, in the place of {handbook.name}. What
// else stands in braces is left alone: flow mappings of examples do.
func (e Edition) fill(template string) string {
	if !strings.Contains(template, "{handbook.") {
		return template
	}
	filled, _ := fill.Text(template, func(name string) (string, bool) {
		path, ours := strings.CutPrefix(name, "handbook.")
		value := e.Scalar(strings.Split(path, ".")...)
		if !ours || value == "" {
			return "{" + name + "}", false
		}
		return value, true
	})
	return filled
}
