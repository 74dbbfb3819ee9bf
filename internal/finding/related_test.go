package finding_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
)

func related(file string, line int, message string) finding.Related {
	return finding.Related{Place: finding.Place{File: file, Span: at(line, 1)}, Message: message}
}

func TestWithRelated(t *testing.T) {
	rule, place := seatCap()
	found := finding.New(&rule, place, "wrong")
	got := found.WithRelated(related("b", 1, "x"), related("a", 10, "x"), related("a", 2, "y"), related("a", 2, "x"), related("a", 2, "y"),
		related("c", 1, "two\nlines"))
	want := []finding.Related{related("a", 2, "x"), related("a", 2, "y"), related("a", 10, "x"), related("b", 1, "x"), related("c", 1, `two\nlines`)}
	if diff := cmp.Diff(want, got.Related); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if sorted(found)[0] != sorted(got)[0] {
		t.Error("related places make another finding")
	}
}

func TestWithRelatedRefuses(t *testing.T) {
	rule, place := seatCap()
	for name, odd := range map[string]finding.Related{
		"no message": related("a", 1, " "), "no file": related("", 1, "x"), "no span": {Place: finding.Place{File: "a"}, Message: "x"},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Errorf("%+v is taken", odd)
				}
			}()
			finding.New(&rule, place, "wrong").WithRelated(odd)
		})
	}
}
