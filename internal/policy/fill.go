package policy

import (
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/fill"
)

// examplePartner is the partner that the examples are about, whom {partner} stands for
// in the names of documents.
const examplePartner = "Example CI"

// fill puts what the handbook says into what METADATA says of a rule, whose texts and
// examples may name what is the company's own, such as an address.
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
func (e Edition) fill(text string) string {
	filled, _ := fill.Handbook(text, e.Scalar)
	return filled
}
