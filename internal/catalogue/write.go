package catalogue

import (
	"io"
	"maps"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/format"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// Options say how to write a catalogue.
type Options struct {
	Color bool // for text alone
}

var formats = format.Set[func(w io.Writer, c *Catalogue, o Options) error]{
	{Name: "text", Writer: writeText},
	{Name: "json", Writer: writeJSON},
	{Name: "markdown", Writer: writeMarkdown},
}

// Formats returns the names of the formats, the default one first.
func Formats() []string { return formats.Names() }

// Write writes a catalogue to w in the format of that name: a list, or all there
// is to say of the one rule that was selected by its name.
func Write(name string, w io.Writer, c *Catalogue, o Options) error {
	write, err := formats.Get(name)
	if err != nil {
		return err
	}
	return format.Whole(w, func(w io.Writer) error { return write(w, c, o) })
}

// groups returns the rules by kind, in their order.
func (c *Catalogue) groups() (groups [][]Explanation) {
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
func (r *Explanation) Examples() []Example {
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
