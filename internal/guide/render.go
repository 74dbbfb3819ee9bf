package guide

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// A nodeWriter writes what begins a node, or what ends it.
type nodeWriter func(out util.BufWriter, n ast.Node, entering bool) ast.WalkStatus

// RegisterFuncs implements renderer.NodeRenderer: the library writes all else.
func (r *reader) RegisterFuncs(writers renderer.NodeRendererFuncRegisterer) {
	for kind, write := range map[ast.NodeKind]nodeWriter{
		ast.KindLink:             r.link,
		ast.KindAutoLink:         r.autoLink,
		ast.KindImage:            r.image,
		ast.KindCodeSpan:         r.code,
		ast.KindRawHTML:          r.rawHTML,
		ast.KindHTMLBlock:        r.htmlBlock,
		ast.KindCodeBlock:        r.block,
		ast.KindFencedCodeBlock:  r.block,
		extended.KindTable:       table,
		extended.KindTableHeader: tableHeader,
		extended.KindTableRow:    tableRow,
		extended.KindTableCell:   r.cell,
	} {
		writers.Register(kind, func(out util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			return write(out, n, entering), nil
		})
	}
}

// write writes parts of a page. What goes wrong shows when it is flushed.
func write(out util.BufWriter, parts ...string) {
	for _, part := range parts {
		_, _ = out.WriteString(part)
	}
}

func escaped(text []byte) string { return string(util.EscapeHTML(text)) }

// open begins a link. It leads to another site, or to the address of a page of this
// one.
func open(out util.BufWriter, address string) {
	write(out, `<a href="`, escaped([]byte(address)), `"`)
	if isElsewhere(address) {
		write(out, ` rel="noopener noreferrer external"`)
	}
	write(out, ">")
}

func (r *reader) link(out util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	link, _ := n.(*ast.Link)
	address := r.address(string(link.Destination))
	switch {
	case address == "":
	case entering:
		open(out, address)
	default:
		write(out, "</a>")
	}
	return ast.WalkContinue
}

func (r *reader) autoLink(out util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	link, _ := n.(*ast.AutoLink)
	label := escaped(link.Label(r.text))
	address := string(link.URL(r.text))
	switch {
	case !entering:
	case isElsewhere(address):
		open(out, address)
		write(out, label, "</a>")
	default:
		write(out, label)
	}
	return ast.WalkContinue
}

// image writes a picture, or what is said of one that cannot be shown.
func (r *reader) image(out util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	image, _ := n.(*ast.Image)
	said := escaped([]byte(r.words(n)))
	if address := r.picture(string(image.Destination)); address != "" {
		write(out, `<img src="`, escaped([]byte(address)), `" alt="`, said, `">`)
	} else {
		write(out, said)
	}
	return ast.WalkSkipChildren
}

// code writes what stands in backticks, with a link to what explains it.
func (r *reader) code(out util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	text := r.words(n)
	address := r.targets.Code(text)
	linked := address != "" && !isWithin(n, ast.KindLink)
	if linked {
		open(out, address)
	}
	write(out, "<code>", escaped([]byte(text)), "</code>")
	if linked {
		write(out, "</a>")
	}
	return ast.WalkSkipChildren
}

func isWithin(n ast.Node, kind ast.NodeKind) bool {
	for above := n.Parent(); above != nil; above = above.Parent() {
		if above.Kind() == kind {
			return true
		}
	}
	return false
}

func (r *reader) rawHTML(out util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	if html, ok := n.(*ast.RawHTML); ok && entering {
		write(out, shown(html.Segments.Value(r.text)))
	}
	return ast.WalkSkipChildren
}

func (r *reader) htmlBlock(out util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	if text := shown(r.lines(n)); entering && text != "" {
		write(out, "<p>", text, "</p>\n")
	}
	return ast.WalkSkipChildren
}

// shown returns HTML as text, and nothing of a comment.
func shown(html []byte) string {
	if bytes.HasPrefix(bytes.TrimSpace(html), []byte("<!--")) {
		return ""
	}
	return escaped(html)
}

// lines returns the lines of a block as they are written.
func (r *reader) lines(n ast.Node) []byte {
	all := n.Lines().Value(r.text)
	if html, ok := n.(*ast.HTMLBlock); ok && html.HasClosure() {
		all = append(bytes.Clone(all), html.ClosureLine.Value(r.text)...)
	}
	return all
}

// block writes lines of code. They can be wider than the page, so that somebody with
// a keyboard has to get there.
func (r *reader) block(out util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		write(out, `<pre tabindex="0" role="region" aria-label="`, r.language(n), `">`, escaped(r.lines(n)), "</pre>\n")
	}
	return ast.WalkSkipChildren
}

// language returns what a block of code is called.
func (r *reader) language(n ast.Node) string {
	if fenced, ok := n.(*ast.FencedCodeBlock); ok {
		if name := fenced.Language(r.text); len(name) > 0 {
			return "Example: " + escaped(name)
		}
	}
	return "Example"
}
