package catalogue

import (
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/markdown"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

func writeMarkdown(w io.Writer, c *Catalogue, _ Options) error {
	if c.one {
		explainInMarkdown(w, &c.Rules[0])
		return nil
	}
	for i, group := range c.groups() {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "## %s\n\n", markdown.Inert(group[0].Kind))
		for _, r := range group {
			fmt.Fprintf(w, "- **%s** %s: %s\n", r.Severity, markdown.Code(r.ID), markdown.Inert(source.Inline(r.Title)))
		}
	}
	return nil
}

func explainInMarkdown(w io.Writer, r *Explanation) {
	fmt.Fprintf(w, "## %s: %s\n\n", markdown.Code(r.ID), markdown.Inert(source.Inline(r.Title)))
	fmt.Fprintf(w, "%s\n\n", markdown.Inert(source.Inline(r.Description)))
	fmt.Fprintf(w, "- Severity: **%s**\n", r.Severity)
	fmt.Fprintf(w, "- To put it right: %s\n", markdown.Inert(source.Inline(r.Help)))
	if r.Handbook != "" {
		fmt.Fprintf(w, "- Handbook: %s\n", markdown.Link(markdown.Inert(source.Inline(r.Handbook)), r.HandbookURL))
	}
	for _, number := range r.Numbers {
		fmt.Fprintf(w, "- In force: %s\n", markdown.Inert(source.Inline(number.Text)))
	}
	if r.Waivable {
		fmt.Fprintf(w, "- Exceptions: %s\n", markdown.Inert(exceptions))
	}
	for i := range r.Waivers {
		fmt.Fprintf(w, "  - %s: %s\n", markdown.Code(source.Visible(r.Waivers[i].File)), markdown.Inert(allowed(&r.Waivers[i])))
	}
	if r.File != "" {
		fmt.Fprintf(w, "- Rule: %s\n", markdown.Code(source.Visible(r.File)))
	} else {
		fmt.Fprintln(w, "- Rule: built into the validator")
	}
	for _, e := range r.Examples() {
		fmt.Fprintf(w, "\n### %s\n", e.Title)
		for _, name := range e.Paths() {
			fmt.Fprintf(w, "\n%s\n\n%s", markdown.Code(source.Visible(name)), fenced(name, e.Lines(name)))
		}
	}
}

// fenced returns lines of a file as Markdown's code. Its fences are longer than
// any run of backticks among them, which would end it.
func fenced(name string, lines []string) string {
	text := strings.Join(lines, "\n")
	longest := 2
	for _, run := range backticks.FindAllString(text, -1) {
		longest = max(longest, len(run))
	}
	fence := strings.Repeat("`", longest+1)
	return fence + language.FindString(path.Ext(name)) + "\n" + text + "\n" + fence + "\n"
}

var (
	backticks = regexp.MustCompile("`+")
	language  = regexp.MustCompile(`[a-z]+$`) // of a file, by its name's ending
)
