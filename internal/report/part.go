package report

import (
	"fmt"
	"unicode/utf8"

	"gitlab.com/gitlab-com/alliances/internal/finding"
)

// A Part says which part of a run a report is of. All parts together are what one
// run would have found.
type Part struct {
	Index, Count int // the first has the index 1
	Run          Run
}

// String says which part it is, for people.
func (p *Part) String() string { return fmt.Sprintf("part %d of %d", p.Index, p.Count) }

// A Run is what all parts of one run share.
type Run struct {
	Validator string           `json:"validator"`           // its version
	Records   string           `json:"records"`             // the commit, or a digest of the files
	Base      string           `json:"base,omitempty"`      // the commit that they are compared with
	Rules     string           `json:"rules"`               // a digest of what judges them
	AsOf      string           `json:"as_of,omitempty"`     // the day on which waivers may have ended
	FailOn    finding.Severity `json:"fail_on"`             // as in Options
	Scope     string           `json:"scope,omitempty"`     // as in Report
	LinkBase  string           `json:"link_base,omitempty"` // as in Options
}

// The JSON report of a part holds whatever any format shows, so that the parts are
// joined without the records: in its member shard, and in members of the findings
// that the report of a whole run has not.
type jsonPart struct {
	Index   int        `json:"index"`
	Count   int        `json:"count"`
	Run     Run        `json:"run"`
	Seconds float64    `json:"seconds"`
	Rules   []jsonRule `json:"rules"`   // those of the catalogue that findings break
	Records []string   `json:"records"` // the paths of those that were judged
}

type jsonRule struct {
	ID          string           `json:"id"`
	Title       string           `json:"title"`
	Description string           `json:"description,omitempty"`
	Severity    finding.Severity `json:"severity"`
	Help        string           `json:"help,omitempty"`
	Handbook    string           `json:"handbook,omitempty"`
	HandbookURL string           `json:"handbook_url,omitempty"`
}

// jsonMore is what a part tells of a finding besides. Bytes are written in base64: a
// file or its name need not be UTF-8.
type jsonMore struct {
	HandbookURL string  `json:"handbook_url,omitempty"`
	Subject     string  `json:"subject,omitempty"`
	AtKey       bool    `json:"at_key,omitempty"`
	FileBytes   []byte  `json:"file_bytes,omitempty"` // where the path is no UTF-8
	Text        *[]byte `json:"text,omitempty"`       // of the file, with its first finding, where there is one to show
}

// toJSONPart returns what a report says of its part, nil where it is of a whole run.
func toJSONPart(r *Report, o *Options) *jsonPart {
	if r.Part == nil {
		return nil
	}
	part := &jsonPart{
		Index: r.Part.Index, Count: r.Part.Count, Run: r.Part.Run, Seconds: o.Elapsed.Seconds(),
		Rules: []jsonRule{}, Records: append([]string{}, r.Files...),
	}
	known := map[string]bool{}
	for _, rule := range r.Rules {
		known[rule.ID] = true
	}
	for _, rule := range occurring(r) {
		if known[rule.ID] {
			part.Rules = append(part.Rules, jsonRule(*rule))
		}
	}
	return part
}

// A teller tells more of the findings of a part.
type teller struct {
	options *Options
	shown   map[string]bool // the files whose text is told
}

// more returns what a part tells of a finding besides.
func (t *teller) more(f *finding.Finding) jsonMore {
	more := jsonMore{HandbookURL: f.HandbookURL, Subject: f.Subject, AtKey: f.AtKey}
	if !utf8.ValidString(f.File) {
		more.FileBytes = []byte(f.File)
	}
	if !t.shown[f.File] && t.options.Source != nil {
		t.shown[f.File] = true
		if text := t.options.Source(f.File); text != nil {
			whole := text.Text()
			more.Text = &whole
		}
	}
	return more
}
