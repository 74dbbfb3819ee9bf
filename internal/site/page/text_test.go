package page

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDated(t *testing.T) {
	got := dated(" 2026-06-08 to 2026-07-03, order 12026-06-080\n")
	want := []stretch{{false, ""}, {true, "2026-06-08"}, {false, " to "}, {true, "2026-07-03"}, {false, ", order 12026-06-080"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
