package lsp

import (
	"context"
	"slices"
	"strconv"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// outline returns what a record holds.
func (s *server) outline(_ context.Context, name string, _ documentParams) (any, error) {
	open := s.texts[name]
	if open == nil || !layout.IsRecord(name) {
		return []symbol{}, nil
	}
	r := s.recordOf(name)
	if r == nil {
		return []symbol{}, nil
	}
	return (&outliner{r, open}).children(r.Root, nil), nil
}

// An outliner makes symbols of a record.
type outliner struct {
	record *record.Record
	text   *text
}

func (o *outliner) children(n *record.Node, path []string) []symbol {
	symbols := []symbol{}
	for i := range n.Fields {
		f := &n.Fields[i]
		symbols = append(symbols, o.symbol(f.Key, f.Value, append(slices.Clip(path), f.Key)))
	}
	for i, item := range n.Items {
		index := strconv.Itoa(i)
		symbols = append(symbols, o.symbol("["+index+"]", item, append(slices.Clip(path), index)))
	}
	return symbols
}

func (o *outliner) symbol(name string, n *record.Node, path []string) symbol {
	key := o.text.textRange(o.record.Locate(path, true).Span)
	sym := symbol{Name: name, Kind: symbolOfField, Range: key, SelectionRange: key, Children: o.children(n, path)}
	if name == "" {
		sym.Name = `""` // a symbol needs a name
	}
	switch {
	case n.Kind == record.Map:
		sym.Kind = symbolOfObject
	case n.Kind == record.List:
		sym.Kind = symbolOfList
	default:
		sym.Detail = n.Text
	}
	end := o.text.textRange(o.record.Locate(path, false).Span).End
	if last := len(sym.Children) - 1; last >= 0 && end.before(sym.Children[last].Range.End) {
		end = sym.Children[last].Range.End
	}
	if sym.Range.End.before(end) {
		sym.Range.End = end
	}
	return sym
}
