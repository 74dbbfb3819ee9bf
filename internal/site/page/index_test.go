package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/site/sitetest"
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

// TestLongPagesHaveAnIndex makes sure that a reader gets from the top of a page
// with much on it to each part, and that a short page has no index.
func TestLongPagesHaveAnIndex(t *testing.T) {
	files := map[string]string{"partners/beta/partner.yaml": strings.NewReplacer("Acme", "Beta", "acme", "beta").Replace(sitetest.Acme), "partners/acme/partner.yaml": sitetest.Acme}
	for i := range 3 {
		files[fmt.Sprintf("partners/acme/requests/r%d.yaml", i)] = fmt.Sprintf(request, i+1, i, "new")
	}
	files["partners/acme/licenses/a.yaml"] = sitetest.Between("2026-06-01", "2026-12-01", "")
	files["partners/acme/campaigns/a.yaml"] = sitetest.Campaign
	pages := rendered(t, siteOn(t, "2026-06-15", files), 1)
	for page, want := range map[string]string{
		"index.html":         `<a href="#calendar">The next twelve months</a>`,
		"partners/acme.html": `<a href="#requests">Requests</a>`,
		"rules/index.html":   `<a href="#kind-license">Licence</a>`,
		"partners/beta.html": "",
		"about.html":         "",
	} {
		_, index, found := strings.Cut(pages[page], `<nav class="index"`)
		index, _, _ = strings.Cut(index, "</nav>")
		if found != (want != "") || !strings.Contains(index, want) {
			t.Errorf("%s has the index %q, want %q", page, index, want)
		}
	}
}
