package guide

import (
	"github.com/yuin/goldmark/ast"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// Tables are made like those of other pages: a row has a heading, and on a phone the
// titles of the columns stand beside its values.

var (
	table       = around(`<div class="scroll" role="region" aria-label="Table" tabindex="0">`+"\n"+`<table class="rows">`+"\n", "</tbody>\n</table>\n</div>\n")
	tableHeader = around("<thead><tr>", "</tr></thead>\n<tbody>\n")
	tableRow    = around("<tr>", "</tr>\n")
)

// around returns what writes tags before and behind what a node holds.
func around(before, behind string) nodeWriter {
	return func(out util.BufWriter, _ ast.Node, entering bool) ast.WalkStatus {
		if entering {
			write(out, before)
		} else {
			write(out, behind)
		}
		return ast.WalkContinue
	}
}

func (r *reader) cell(out util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	tag, attributes := r.cellTag(n)
	if entering {
		write(out, "<", tag, attributes, ">")
	} else {
		write(out, "</", tag, ">")
	}
	return ast.WalkContinue
}

// cellTag returns the tag of a cell, and its attributes with a blank in front: a cell at
// the head of a column or a row is a heading, and others have the column's title.
func (r *reader) cellTag(n ast.Node) (tag, attributes string) {
	head := n.Parent().Kind() == extended.KindTableHeader
	title := r.columnTitle(n)
	switch {
	case head && title == "":
		return "td", ""
	case head:
		return "th", ` scope="col"`
	case n.PreviousSibling() == nil:
		return "th", ` scope="row"`
	case title == "":
		return "td", ""
	}
	return "td", ` data-label="` + title + `"`
}

// columnTitle returns what stands at the head of the column of a cell.
func (r *reader) columnTitle(n ast.Node) string {
	title := n.Parent().Parent().FirstChild().FirstChild()
	for cell := n; cell.PreviousSibling() != nil && title != nil; cell = cell.PreviousSibling() {
		title = title.NextSibling()
	}
	if title == nil {
		return ""
	}
	return escaped([]byte(r.words(title)))
}
