package catalogue

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// Options say how to write a catalogue.
type Options struct {
	Color bool // for text alone
}

var formats = []struct {
	name  string
	write func(w io.Writer, c *Catalogue, o Options) error
}{
	{"text", writeText},
	{"json", writeJSON},
	{"markdown", writeMarkdown},
}

// Formats returns the names of the formats, the default one first.
func Formats() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// Write writes a catalogue to w in the format of that name: a list, or all there
// is to say of the one rule that was selected by its name.
func Write(format string, w io.Writer, c *Catalogue, o Options) error {
	for _, f := range formats {
		if f.name == format {
			var out bytes.Buffer
			if err := f.write(&out, c, o); err != nil {
				return err
			}
			_, err := w.Write(out.Bytes())
			return err
		}
	}
	return fmt.Errorf("there is no format %q; there are %s", format, strings.Join(Formats(), ", "))
}

// groups returns the rules by kind, in their order.
func (c *Catalogue) groups() (groups [][]Rule) {
	for i := range c.Rules {
		if i == 0 || c.Rules[i].Kind != c.Rules[i-1].Kind {
			groups = append(groups, nil)
		}
		last := &groups[len(groups)-1]
		*last = append(*last, c.Rules[i])
	}
	return groups
}

// An Example is one of the trees of files that show a rule.
type Example struct {
	Name, Title string // such as wrong, and Wrong
	files       policy.Example
}

// Examples returns those that there are.
func (r *Rule) Examples() []Example {
	all := []Example{{"before", "Before the change", r.Before}, {"wrong", "Wrong", r.Wrong}, {"right", "Right", r.Right}}
	return slices.DeleteFunc(all, func(e Example) bool { return len(e.files) == 0 })
}

// Paths returns the paths of the example's files, sorted.
func (e Example) Paths() []string { return slices.Sorted(maps.Keys(e.files)) }

// Lines returns the text of one of them, line by line, each visible as it is.
func (e Example) Lines(path string) []string {
	lines := strings.Split(strings.TrimRight(e.files[path], "\n"), "\n")
	for i := range lines {
		lines[i] = source.Visible(lines[i])
	}
	return lines
}

// inline puts text that was written in lines on one.
func inline(text string) string {
	return source.Visible(strings.Join(strings.Fields(text), " "))
}

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
	Examples    *jsonExamples    `json:"examples,omitempty"`
}

type jsonExamples struct {
	Before policy.Example `json:"before,omitempty"`
	Wrong  policy.Example `json:"wrong,omitempty"`
	Right  policy.Example `json:"right,omitempty"`
}

// writeJSON writes all there is to say of each rule, for other programs.
func writeJSON(w io.Writer, c *Catalogue, _ Options) error {
	rules := make([]jsonRule, len(c.Rules))
	for i, r := range c.Rules {
		rules[i] = jsonRule{
			r.ID, r.Kind, r.Severity, r.Title, r.Description, r.Help, r.Handbook, r.HandbookURL, r.File, nil,
		}
		if len(r.Examples()) > 0 {
			rules[i].Examples = &jsonExamples{r.Before, r.Wrong, r.Right}
		}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(struct {
		Version int        `json:"version"`
		Rules   []jsonRule `json:"rules"`
	}{jsonVersion, rules})
}
