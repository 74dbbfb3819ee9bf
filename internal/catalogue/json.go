package catalogue

import (
	"io"

	"gitlab.com/gitlab-com/alliances/internal/chronicle"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/format"
	"gitlab.com/gitlab-com/alliances/internal/ledger"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/policy"
)

// jsonVersion changes when a field of the JSON changes its meaning or goes away;
// new fields do not change it.
const jsonVersion = 1

type jsonRule struct {
	ID          string           `json:"id"`
	Kind        string           `json:"kind"`
	Severity    finding.Severity `json:"severity"`
	Title       string           `json:"title"`
	Description string           `json:"description"`
	Help        string           `json:"help"`
	Handbook    string           `json:"handbook,omitempty"`
	HandbookURL string           `json:"handbook_url,omitempty"`
	File        string           `json:"file,omitempty"`
	Numbers     []jsonNumber     `json:"numbers,omitempty"`
	Waivable    bool             `json:"waivable"`
	Waivers     []jsonWaiver     `json:"waivers,omitempty"`
	Examples    *jsonExamples    `json:"examples,omitempty"`
}

// A jsonWaiver is an exception that there is.
type jsonWaiver struct {
	File       string `json:"file"`
	Reason     string `json:"reason"`
	ApprovedBy string `json:"approved_by"`
	ApprovedOn string `json:"approved_on"`
	ExpiresAt  string `json:"expires_at,omitempty"`
}

// A jsonNumber is a value of the handbook that a rule judges by.
type jsonNumber struct {
	Path   string      `json:"path"`
	Text   string      `json:"text"`
	Values []jsonValue `json:"values"`
}

type jsonValue struct {
	From  string `json:"from,omitempty"`
	Value any    `json:"value"`
}

type jsonExamples struct {
	Before policy.Example `json:"before,omitempty"`
	Wrong  policy.Example `json:"wrong,omitempty"`
	Right  policy.Example `json:"right,omitempty"`
}

func numbers(all []chronicle.Number) (written []jsonNumber) {
	for _, number := range all {
		n := jsonNumber{Path: pointer.Of(number.Path), Text: number.Text}
		for _, v := range number.Values {
			n.Values = append(n.Values, jsonValue{v.Since, ledger.Value(v.Value)})
		}
		written = append(written, n)
	}
	return written
}

// writeJSON writes all there is to say of each rule, for other programs.
func writeJSON(w io.Writer, c *Catalogue, _ Options) error {
	rules := make([]jsonRule, len(c.Rules))
	for i, r := range c.Rules {
		rules[i] = jsonRule{
			r.ID, r.Kind, r.Severity, r.Title, r.Description, r.Help, r.Handbook, r.HandbookURL, r.File,
			numbers(r.Numbers), r.Waivable, nil, nil,
		}
		for _, w := range r.Waivers {
			rules[i].Waivers = append(rules[i].Waivers, jsonWaiver{w.File, w.Reason, w.By, w.On, w.Until})
		}
		if len(r.Examples()) > 0 {
			rules[i].Examples = &jsonExamples{r.Before, r.Wrong, r.Right}
		}
	}
	return format.JSON(w, struct {
		Version int        `json:"version"`
		Rules   []jsonRule `json:"rules"`
	}{jsonVersion, rules})
}
