// Package guide makes HTML of guides: pages for people that are written in
// Markdown.
package guide

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A Guide is a page for people.
type Guide struct {
	Title    string
	HTML     string    // of all below the title
	Sections []Section // what stands below the title first
}

// A Section is a heading, and what stands below it up to the next one.
type Section struct {
	Level int // of the heading: 1 is the title
	Title string
	ID    string // of the heading on the page; "" of the title
	Text  string // in one line, without markup
}

// Read makes a guide of the text of the file of that name in the repository.
func Read(name string, markup []byte, targets Targets) (*Guide, error) {
	r := &reader{name: name, text: []byte(readable(string(markup))), targets: targets, taken: map[string]int{"content": 1}}
	markdown := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(r, 1))), // before the library's own
	)
	page := markdown.Parser().Parse(text.NewReader(r.text))
	guide := &Guide{Title: r.takeTitle(page)}
	r.nameHeadings(page)
	guide.Sections = r.sections(page, guide.Title)
	var out bytes.Buffer
	if err := markdown.Renderer().Render(&out, r.text, page); err != nil {
		return nil, err
	}
	guide.HTML = readable(out.String())
	return guide, nil
}

// A reader reads one guide.
type reader struct {
	name    string
	text    []byte
	targets Targets
	taken   map[string]int // how many things have an id on the page; the content is one of the page's own
}

// takeTitle takes the title from the page, which has a place for it.
func (r *reader) takeTitle(page ast.Node) string {
	first, ok := page.FirstChild().(*ast.Heading)
	if !ok || first.Level != 1 {
		return r.name
	}
	page.RemoveChild(page, first)
	return r.words(first)
}

// nameHeadings gives each heading an id, and a level below that of the title.
func (r *reader) nameHeadings(page ast.Node) {
	visit(page, func(n ast.Node, entering bool) {
		if heading, ok := n.(*ast.Heading); ok && entering {
			heading.Level = max(heading.Level, 2)
			heading.SetAttributeString("id", []byte(r.id(r.words(heading))))
		}
	})
}

// visit calls f with all nodes, before and after what they hold.
func visit(page ast.Node, f func(n ast.Node, entering bool)) {
	// A walk fails only where what it calls does.
	_ = ast.Walk(page, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		f(n, entering)
		return ast.WalkContinue, nil
	})
}

// sections returns what stands below the title, and below each heading.
func (r *reader) sections(page ast.Node, title string) []Section {
	all := []Section{{Level: 1, Title: title}}
	for node := page.FirstChild(); node != nil; node = node.NextSibling() {
		heading, ok := node.(*ast.Heading)
		if !ok {
			last := &all[len(all)-1]
			last.Text = strings.TrimSpace(last.Text + " " + r.words(node))
			continue
		}
		id, _ := heading.AttributeString("id")
		name, _ := id.([]byte)
		all = append(all, Section{Level: heading.Level, Title: r.words(heading), ID: string(name)})
	}
	return all
}

// words returns the text of a node in one line, without markup.
func (r *reader) words(node ast.Node) string {
	var b strings.Builder
	visit(node, func(n ast.Node, entering bool) {
		switch {
		case n.Type() == ast.TypeBlock:
			b.WriteByte(' ')
			if entering && n.IsRaw() && n.Kind() != ast.KindHTMLBlock {
				b.Write(n.Lines().Value(r.text))
			}
		case entering:
			b.Write(r.inline(n))
		}
	})
	return readable(strings.Join(strings.Fields(b.String()), " "))
}

// inline returns what a node itself has to be read.
func (r *reader) inline(node ast.Node) []byte {
	switch n := node.(type) {
	case *ast.AutoLink:
		return n.Label(r.text)
	case *ast.Text:
		written := n.Segment.Value(r.text)
		if n.Parent().Kind() != ast.KindCodeSpan {
			written = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(written)))
		}
		if n.SoftLineBreak() || n.HardLineBreak() {
			written = append(bytes.Clone(written), ' ')
		}
		return written
	}
	return nil
}

// readable writes out what does not show, but for line breaks and tabs.
func readable(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		parts := strings.Split(strings.TrimSuffix(line, "\r"), "\t")
		for j, part := range parts {
			parts[j] = source.Readable(part)
		}
		lines[i] = strings.Join(parts, "\t")
	}
	return strings.Join(lines, "\n")
}
