package finding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A Related place is where else to look in order to see why a finding is one.
type Related struct {
	Place
	Message string // a few words on what is there
}

// WithRelated returns f with the related places, in the order of files and lines
// and each once. It panics where no report could show one, as New does.
func (f Finding) WithRelated(related ...Related) Finding {
	f.Related = slices.Clone(related)
	for i := range f.Related {
		r := &f.Related[i]
		if strings.TrimSpace(r.Message) == "" || r.File == "" || !r.Span.Valid() {
			panic(fmt.Sprintf("finding: %s with the related place %+v", f.Rule, *r))
		}
		r.Message = source.Visible(r.Message)
	}
	slices.SortStableFunc(f.Related, compareRelated)
	f.Related = slices.CompactFunc(f.Related, func(a, b Related) bool { return compareRelated(a, b) == 0 })
	return f
}

func compareRelated(a, b Related) int {
	return cmp.Or(
		strings.Compare(a.File, b.File),
		a.Span.Start.Compare(b.Span.Start),
		a.Span.End.Compare(b.Span.End),
		strings.Compare(a.Message, b.Message),
	)
}
