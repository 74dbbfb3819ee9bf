package schema

import (
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// This file bounds the work on a record in which more is wrong than anybody is told.

// maxProblems is how many problems are looked at: more than are told, since several
// may have one cause.
const maxProblems = 4 * record.MaxFindings

// leading returns the problems below a failure, if they are many only those that come
// first in the record, and how many others there are.
func (e *explainer) leading(f *failure) (problems []problem, untold int) {
	if f.isTold() || e.size(f) <= maxProblems {
		return e.problems(f), 0
	}
	for _, cause := range e.inOrder(f.causes) {
		if len(problems) >= maxProblems {
			untold += e.size(cause)
			continue
		}
		more, left := e.leading(cause)
		problems, untold = append(problems, more...), untold+left
	}
	return problems, untold
}

// size returns how many problems there are below a failure.
func (e *explainer) size(f *failure) (n int) {
	switch last := f.last(); {
	case len(f.causes) > 0 && f.branches():
		return 1
	case len(f.causes) > 0:
		for i := range f.causes {
			n += e.size(&f.causes[i])
		}
		return n
	case last.keyword == "additionalProperties":
		known := asObject(last.holder["properties"])
		for _, field := range e.at(f.path).Fields {
			if _, ok := known[field.Key]; !ok {
				n++
			}
		}
		return n
	case last.keyword == "required":
		return len(e.missing(problem{path: f.path}, Texts(last.value)))
	}
	return 1
}

// inOrder returns failures in the order of the values that fail.
func (e *explainer) inOrder(failures []failure) []*failure {
	starts := map[*failure]source.Position{}
	ordered := make([]*failure, len(failures))
	for i := range failures {
		ordered[i] = &failures[i]
		starts[ordered[i]] = e.record.Locate(failures[i].path, false).Span.Start
	}
	slices.SortStableFunc(ordered, func(a, b *failure) int { return starts[a].Compare(starts[b]) })
	return ordered
}

// first returns problems in the order of their places.
func (e *explainer) first(problems []problem) []problem {
	type placed struct {
		problem
		start source.Position
	}
	all := make([]placed, len(problems))
	for i, p := range problems {
		all[i] = placed{p, e.record.Locate(p.path, p.keyword == "additionalProperties").Span.Start}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return a.start.Compare(b.start) })
	for i := range all {
		problems[i] = all[i].problem
	}
	return problems
}
