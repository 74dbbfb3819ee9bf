package page

import (
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/site/sitetest"
)

// TestTablesNameTheirRows makes sure that a table of an object says which of its
// fields a row is.
func TestTablesNameTheirRows(t *testing.T) {
	s := sitetest.Collected(t, sitetest.InputOf(t, map[string]string{
		"partners/acme/partner.yaml": sitetest.Acme + "agreement: {sales: {by: '@sales', on: 2026-01-01}, product: {by: '@product', on: 2026-01-02}}\n" +
			"documents:\n  - {name: Acme and GitLab, url: https://docs.example/a, audience: partner, sharing: anyone_with_link}\n",
	}))
	text := rendered(t, s, 1)["partners/acme.html"]
	for _, want := range []string{
		`<thead><tr><td></td><th scope="col">`,
		`<tr><th scope="row">Sales agreed</th><td><span class="lines">@sales</span></td>`,
		`<tr><th scope="row">Product agreed</th><td><span class="lines">@product</span></td>`,
		`<tr><td><span class="lines">Acme and GitLab</span></td>`,
		`<td><span class="lines">Anyone with the link</span></td>`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page has no %s", want)
		}
	}
}
