package page

import (
	"html/template"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/site"
	"gitlab.com/gitlab-com/alliances/internal/site/sitetest"
)

// TestTablesNameTheirRows makes sure that a table of an object says which of its
// fields a row is.
func TestTablesNameTheirRows(t *testing.T) {
	s := sitetest.Collected(t, sitetest.InputOf(t, map[string]string{
		"partners/acme/partner.yaml": sitetest.Acme + "agreement: {sales: {by: '@sales', date: 2026-01-01}, product: {by: '@product', date: 2026-01-02}}\n" +
			"documents:\n  - {name: Acme and GitLab, url: https://docs.example/a, audience: partner, sharing: anyone_with_link}\n",
	}))
	text := rendered(t, s, 1)["partners/acme.html"]
	for _, want := range []string{
		`<thead><tr><td></td><th scope="col">`,
		`<tr><th scope="row">Sales agreed</th><td data-label="Agreed by"><span class="lines">@sales</span></td>`,
		`<tr><th scope="row">Product agreed</th><td data-label="Agreed by"><span class="lines">@product</span></td>`,
		`<tr><td data-label="Document name"><span class="lines">Acme and GitLab</span></td>`,
		`<td data-label="Sharing"><span class="lines">Anyone with the link</span></td>`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page has no %s", want)
		}
	}
}

// TestPlainFields makes sure that a text is written as html/template writes it.
func TestPlainFields(t *testing.T) {
	text := "\x00 \"&amp;' +<script>alert(1)</script> ä\u2028 \xff"
	var want strings.Builder
	if err := template.Must(template.New("").Parse(`{{.}}`)).Execute(&want, text); err != nil {
		t.Fatal(err)
	}
	runs := runsOf([]site.Field{{Title: text, Text: text}, {Title: "a", Text: "b"}, {Title: "c", Text: "d", URL: "https://d.example"}})
	if len(runs) != 2 || runs[1].Field.Title != "c" || strings.Count(string(runs[0].Plain), want.String()) != 2 {
		t.Errorf("got %+v, without %s", runs, &want)
	}
}
