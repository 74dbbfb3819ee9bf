package page

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestIndexOf(t *testing.T) {
	const headings = `<h2 id="a">First: <small>3 things</small></h2><p>…</p><h2 id="b">B &amp; C</h2>`
	fill := strings.Repeat(".", longText)
	for _, test := range []struct {
		name, main string
		sections   int
	}{
		{"nothing", "", 0},
		{"a few sections", headings + `<h2 id="c">C</h2>`, 0},
		{"many", headings + headings, 4},
		{"two long ones", headings + fill, 2},
		{"a long one", `<h2 id="a">A</h2>` + fill, 0},
		{"headings that nothing can lead to", strings.Repeat("<h2>A</h2>", 9), 0},
	} {
		if got := len(indexOf(test.main)); got != test.sections {
			t.Errorf("%s: %d sections, want %d", test.name, got, test.sections)
		}
	}
	if diff := cmp.Diff([]section{{"a", "First:"}, {"b", "B &amp; C"}}, indexOf(headings+fill)); diff != "" {
		t.Error(diff)
	}
}
