package guide

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// targets lead to whatever there is below docs/, and to a page for a rule.
var targets = Targets{
	File: func(name, place string) string {
		if !strings.HasPrefix(name, "docs/") && name != "docs" {
			return ""
		}
		return "to/" + name + "#" + place
	},
	Picture: func(name string) string { return strings.TrimPrefix(name, "docs/") },
	Code: func(text string) string {
		if text == "license/seat_cap" {
			return "rules/license/seat_cap.html"
		}
		return ""
	},
}

// read returns a guide, which lies in docs/.
func read(t *testing.T, markup string) *Guide {
	t.Helper()
	guide, err := Read("docs/README.md", []byte(markup), targets)
	if err != nil {
		t.Fatal(err)
	}
	return guide
}

func TestHTML(t *testing.T) {
	for markup, want := range map[string]string{
		"[a](other.md) [b](../docs/x/#y) [c](/docs/z.md) [d](#here)": `<p><a href="to/docs/other.md#">a</a> <a href="to/docs/x#y">b</a> ` +
			`<a href="to/docs/z.md#">c</a> <a href="to/docs/README.md#here">d</a></p>`,
		"[`code` of](../elsewhere.md) and [up](../../out.md)":      `<p><code>code</code> of and up</p>`,
		"[a](https://a.example/?b&c)":                              `<p><a href="https://a.example/?b&amp;c" rel="noopener noreferrer external">a</a></p>`,
		"[a](javascript:alert(1)) [b](http://b.example) [c](//c)":  `<p>a b c</p>`,
		"<https://a.example> <a@b.example> <javascript:alert>":     `<p><a href="https://a.example" rel="noopener noreferrer external">https://a.example</a> a@b.example javascript:alert</p>`,
		"see https://a.example.":                                   `<p>see <a href="https://a.example" rel="noopener noreferrer external">https://a.example</a>.</p>`,
		"![a *picture*](pictures/a.png) ![b](https://b.example/b)": `<p><img src="pictures/a.png" alt="a picture"> b</p>`,
		"the rule `license/seat_cap`, [`license/seat_cap`](x.md)": `<p>the rule <a href="rules/license/seat_cap.html"><code>license/seat_cap</code></a>, ` +
			`<a href="to/docs/x.md#"><code>license/seat_cap</code></a></p>`,
		"<script>alert(1)</script>":                     `<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>`,
		"a <b onclick=x>b</b> <!-- not shown -->":       `<p>a &lt;b onclick=x&gt;b&lt;/b&gt; </p>`,
		"<!-- not\n\nshown -->":                         ``,
		"<details open>\n<summary>a</summary>\n\nb\n":   "<p>&lt;details open&gt;\n&lt;summary&gt;a&lt;/summary&gt;\n</p>\n<p>b</p>",
		"```yaml\na: <b>\n```":                          "<pre tabindex=\"0\" role=\"region\" aria-label=\"Example: yaml\">a: &lt;b&gt;\n</pre>",
		"    a\tb":                                      "<pre tabindex=\"0\" role=\"region\" aria-label=\"Example\">a\tb\n</pre>",
		"a\u202eb &#8238;c `d\u200b`":                   `<p>a\u202eb \u202ec <code>d\u200b</code></p>`,
		"```\"><script>\na\n```":                        "<pre tabindex=\"0\" role=\"region\" aria-label=\"Example: &quot;&gt;&lt;script&gt;\">a\n</pre>",
		"~~a~~ **b** *c* d\\\ne":                        "<p><del>a</del> <strong>b</strong> <em>c</em> d<br>\ne</p>",
		"# Title\n\n## A `b` & c!\n\n# a b c\n\n### 12": "<h2 id=\"a-b-c\">A <code>b</code> &amp; c!</h2>\n<h2 id=\"a-b-c-1\">a b c</h2>\n<h3 id=\"anchor-12\">12</h3>",
		"> # A\n\n## a\n\n## A-1\n\n## !":               "<blockquote>\n<h2 id=\"a\">A</h2>\n</blockquote>\n<h2 id=\"a-1\">a</h2>\n<h2 id=\"a-1-1\">A-1</h2>\n<h2 id=\"section\">!</h2>",
	} {
		if diff := cmp.Diff(want, strings.TrimSuffix(read(t, markup).HTML, "\n")); diff != "" {
			t.Errorf("%q: %s", markup, diff)
		}
	}
}

func TestTable(t *testing.T) {
	const want = `<div class="scroll" role="region" aria-label="Table" tabindex="0">
<table class="rows">
<thead><tr><th scope="col">a</th><td></td><th scope="col"><code>&lt;c&gt;</code></th></tr></thead>
<tbody>
<tr><th scope="row">1</th><td>2</td><td data-label="&lt;c&gt;">3</td></tr>
</tbody>
</table>
</div>
`
	if diff := cmp.Diff(want, read(t, "| a | | `<c>` |\n| --- | ---: | --- |\n| 1 | 2 | 3 |\n").HTML); diff != "" {
		t.Error(diff)
	}
}

func TestSections(t *testing.T) {
	guide := read(t, "# The *title*\n\nFirst\nwords.\n\n## One\n\n- a `b`\n- c\n\n```sh\ngit push\n```\n\n### Two\n\n<!-- not told -->\n\n| d | e |\n| --- | --- |\n| f | [g](h) |\n")
	if guide.Title != "The title" {
		t.Errorf("the title is %q", guide.Title)
	}
	want := []Section{
		{1, "The title", "", "First words."},
		{2, "One", "one", "a b c git push"},
		{3, "Two", "two", "d e f g"},
	}
	if diff := cmp.Diff(want, guide.Sections); diff != "" {
		t.Error(diff)
	}
}

// TestNoTitle makes sure that a guide without a title is called by its file, and
// that an empty one is one.
func TestNoTitle(t *testing.T) {
	for _, markup := range []string{"", "words", "## Heading"} {
		if title := read(t, markup).Title; title != "docs/README.md" {
			t.Errorf("%q has the title %q", markup, title)
		}
	}
}

func TestAnchor(t *testing.T) {
	for title, want := range map[string]string{
		"What a rule sees":              "what-a-rule-sees",
		"In GitLab, without it: a – b":  "in-gitlab-without-it-a-b",
		"`CODEOWNERS`_and more":         "codeowners_and-more",
		"Über 3 Söhne":                  "über-3-söhne",
		"2026":                          "anchor-2026",
		"The content of the page (all)": "the-content-of-the-page-all",
	} {
		if got := anchor(title); got != want {
			t.Errorf("%q is at %q, want %q", title, got, want)
		}
	}
}

// FuzzRead makes sure that no text brings a tag into a page that is none of the
// package's own, and that none ends it.
func FuzzRead(f *testing.F) {
	f.Add("# a\n\n| a | b |\n| - | - |\n| <i> | `c` |\n\n![x](y.png) <b> [d](javascript:e)\n")
	f.Fuzz(func(t *testing.T, markup string) {
		html := strings.ToLower(read(t, markup).HTML)
		for _, bad := range []string{"<script", "<style", "<iframe", "javascript:\"", "onerror=\"", "style=\""} {
			if strings.Contains(html, bad) {
				t.Errorf("%q becomes %q", markup, html)
			}
		}
	})
}
