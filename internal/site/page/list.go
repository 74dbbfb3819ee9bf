package page

import "slices"

// A part is what one page shows of a list.
type part[T any] struct {
	Items []T
	Pager pager
}

// A pager leads from one page of a list to the others.
type pager struct {
	What  string // what is listed, as in "Pages of licences"
	At    int    // which page it is, from 1
	All   int    // how many things the whole list has
	Pages []string
}

// split returns the parts of a list: one, of the page first, and as many as it
// takes in files that begin with stem. Of nothing there is none.
func split[T any](items []T, size int, first, stem, what string) []part[T] {
	var parts []part[T]
	for chunk := range slices.Chunk(items, size) {
		parts = append(parts, part[T]{Items: chunk})
	}
	pages := make([]string, len(parts))
	for i := range parts {
		pages[i] = pageOf(first, stem, i+1)
		parts[i].Pager = pager{what, i + 1, len(items), pages}
	}
	return parts
}

// splitAny returns what split does, but of nothing a single empty part, for a
// page that is there anyway.
func splitAny[T any](items []T, size int, first, stem, what string) []part[T] {
	if len(items) == 0 {
		return []part[T]{{Pager: pager{what, 1, 0, []string{first}}}}
	}
	return split(items, size, first, stem, what)
}

// Page returns the name of the page that this is.
func (p pager) Page() string { return p.Pages[p.At-1] }

// A step of a pager is a link to a page; a gap has none.
type pageStep struct {
	Number  int
	Page    string
	Current bool
}

// Steps returns the pages that it leads to: the first and the last ones and
// those near to this one.
func (p pager) Steps() []pageStep {
	var steps []pageStep
	for n := 1; n <= len(p.Pages); n++ {
		near := n >= p.At-2 && n <= p.At+2
		switch {
		case near || n == 1 || n == len(p.Pages):
			steps = append(steps, pageStep{n, p.Pages[n-1], n == p.At})
		case n == 2 || n == len(p.Pages)-1:
			steps = append(steps, pageStep{})
		}
	}
	return steps
}

// firstOf returns the first items of a list, and how many more it has.
func firstOf[T any](items []T, most int) ([]T, int) {
	shown := items[:min(len(items), most)]
	return shown, len(items) - len(shown)
}
