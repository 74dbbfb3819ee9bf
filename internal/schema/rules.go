package schema

import (
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// Rules are the demands on a record's kind, its place and its fields, sorted by
// id. What a schema demands with other keywords is found too, as schema/<keyword>.
func Rules() []*finding.Rule {
	rules := []*finding.Rule{kindRule, record.PathRule, formerRule}
	for keyword, title := range keywordTitles {
		rules = append(rules, &finding.Rule{
			ID: "schema/" + keyword, Severity: finding.Error, Title: title,
			Description: "The schema of a record's kind says which fields it has, and what may be in them.",
			Help:        "Correct the field as the message says; the schema describes what belongs in it.",
		})
	}
	slices.SortFunc(rules, func(a, b *finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	return rules
}

// keywordTitles say what the keywords demand that schemas mostly use.
var keywordTitles = map[string]string{
	"additionalProperties": "No field that the schema does not know",
	"contains":             "An entry of the kind that is asked for",
	"dependentRequired":    "No field without those that it needs",
	"enum":                 "A value from the schema's list",
	"exclusiveMaximum":     "A number below the most",
	"exclusiveMinimum":     "A number above the least",
	"format":               "A value of the right form",
	"maximum":              "A number that is not too large",
	"maxItems":             "Not too many entries",
	"maxLength":            "Text that is not too long",
	"maxProperties":        "Not too many fields",
	"minItems":             "Enough entries",
	"minLength":            "Text that is long enough",
	"minProperties":        "Enough fields",
	"minimum":              "A number that is large enough",
	"multipleOf":           "A number that can be divided as asked for",
	"not":                  "Nothing that the schema rules out",
	"oneOf":                "One of the things that the schema allows",
	"pattern":              "A value of the right form",
	"required":             "No field missing",
	"type":                 "A value of the right type",
	"uniqueItems":          "No entry twice",
}
