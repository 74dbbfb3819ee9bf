package page

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/site"
	"gitlab.com/gitlab-com/alliances/internal/site/sitetest"
)

// commands are some of a program, for the manual to explain.
var commands = []site.Command{
	{
		Name: "validate", Usage: "alliances validate [PATH…]", Short: "Judge the records", Example: "  alliances validate\n  alliances validate a",
		Long:  "Validate <judges> with --fix, as `alliances --help` says.\n\n  #!/bin/sh\n  exec it",
		Flags: []site.Flag{{Name: "--dir", Short: "-C", Value: "DIR", Usage: "work in DIR"}, {Name: "--fix", Usage: "put right"}},
	},
	{Name: "completion bash", Usage: "alliances completion bash", Short: "Complete"},
}

// ownManual returns the site of this repository's records, which explains some
// commands.
func ownManual(t *testing.T) *site.Site {
	t.Helper()
	in := sitetest.InputOfTree(t, os.DirFS("../../.."))
	in.Options.Manual.Commands = commands
	return sitetest.Collected(t, in)
}

// manualOf returns the pages of a site of some guides.
func manualOf(t *testing.T, links site.Links, guides map[string]string) map[string]string {
	t.Helper()
	files := map[string]string{"partners/acme/partner.yaml": sitetest.Acme}
	maps.Copy(files, guides)
	in := sitetest.InputOf(t, files)
	in.Options.Links = links
	return rendered(t, sitetest.Collected(t, in), 1)
}

// TestManualHasAll makes sure that there is a place for each rule, kind, field,
// command and flag, and for headings of the guides, and that the search knows them by
// their names.
func TestManualHasAll(t *testing.T) {
	s := ownManual(t)
	files := rendered(t, s, 2)
	entries := manualEntries(t, files)
	hasPlace := func(kind, page, place, name string) {
		t.Helper()
		if text, ok := files[page]; !ok || place != "" && !strings.Contains(text, ` id="`+place+`"`) {
			t.Errorf("%s has no place %s for %s", page, place, name)
		}
		known := func(e manualEntry) bool {
			return e[0] == kind && e[2] == at(page, place) && (strings.Contains(e[1], name) || strings.Contains(e[3], name))
		}
		if !slices.ContainsFunc(entries, known) {
			t.Errorf("the search knows no %s %s", kind, name)
		}
	}
	for i := range s.Rules {
		hasPlace("Rule", OfRule(s.Rules[i].ID), "", s.Rules[i].ID)
	}
	fields := 0
	for _, r := range s.Manual.Records {
		hasPlace("Record", recordGuidePage(r.Kind), "", r.Kind)
		for _, f := range r.Fields {
			fields++
			hasPlace("Field", recordGuidePage(r.Kind), fieldAnchor(f.Path), dotted(f.Path))
		}
	}
	for _, c := range commands {
		hasPlace("Command", commandPage(c.Name), "", c.Name)
		for _, f := range c.Flags {
			hasPlace("Flag", commandPage(c.Name), flagAnchor(f.Name), f.Name)
		}
	}
	hasPlace("Guide", "manual/readme.html", "what-is-due", "What is due")
	hasPlace("Guide", "manual/gitlab.html", "", "Running the project in GitLab")
	if len(s.Rules) == 0 || fields < 50 {
		t.Errorf("there are %d rules and %d fields", len(s.Rules), fields)
	}
}

// manualEntries returns what the search of the manual knows, all of which has to be
// there.
func manualEntries(t *testing.T, files map[string]string) []manualEntry {
	t.Helper()
	text, ok := strings.CutPrefix(files["assets/manual.js"], "window.alliancesManual = ")
	var entries []manualEntry
	if err := json.Unmarshal([]byte(strings.TrimSuffix(text, ";\n")), &entries); err != nil || !ok || strings.Contains(text, "<") {
		t.Fatalf("the index of the manual: %v", err)
	}
	ids := map[string][]string{}
	for _, page := range pagesIn(files) {
		ids[page] = matches(idPattern, files[page])
	}
	for _, e := range entries {
		checkTargets(t, files, ids, "index.html", []string{e[2]})
	}
	return entries
}

func TestRecordGuide(t *testing.T) {
	text := rendered(t, ownManual(t), 1)["manual/records/license.html"]
	for _, want := range []string{
		"<code>partners/&lt;partner&gt;/licenses/&lt;id&gt;.yaml</code>", "<code>self-managed</code>, <code>gitlab.com</code>", ">not published</span>",
		`<a href="#field-revoked.date"><code>revoked.date</code></a>`, `data-label="Needed by"><code>revoked</code></td>`, "the record; filled in by <code>new</code>",
		"whole number, such as <code>4</code>", `<a href="../../rules/license/seat_cap.html">A grant stays within the seat cap</a>`, "# A free licence",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page of licences has no %s", want)
		}
	}
}

func TestCommandPage(t *testing.T) {
	text := rendered(t, ownManual(t), 1)["manual/commands/validate.html"]
	for _, want := range []string{
		"<h1>alliances validate</h1>", ">alliances validate [PATH…]</pre>", "<p class=\"help\">Validate &lt;judges&gt; with <code>--fix</code>, as <code>alliances --help</code> says.</p>",
		">#!/bin/sh\nexec it</pre>", ">alliances validate\nalliances validate a</pre>", `<code>-C, --dir DIR</code></th>`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page of the command has no %s", want)
		}
	}
}

// TestGuideLinks makes sure that guides lead to each other on the site, and to
// GitLab, where that is known, for what the site does not have.
func TestGuideLinks(t *testing.T) {
	guides := map[string]string{
		"README.md":          "# All\n\n[p](partners/README.md#the-files) [f](partners/a.yaml#L2) [d](.) [i](.gitlab/x) `license/seat_cap` ![x](a&b.png) ![gone](gone.png)\n",
		"partners/README.md": "# Managers\n\n## The files\n\n[up](../README.md) [e](../schemas/examples/license.yaml)\n",
		"a&b.png":            "picture",
	}
	for project, wants := range map[string][]string{
		"": {`<a href="../manual/partners.html#the-files">p</a> f d i <a href="../rules/license/seat_cap.html"><code>license/seat_cap</code></a>`, `<img src="../manual/a-b_`, `alt="x"> gone`},
		"https://gitlab.example/records": {
			`<a href="https://gitlab.example/records/-/blob/0123abc/partners/a.yaml#L2" rel="noopener noreferrer external">f</a>`,
			`<a href="https://gitlab.example/records/-/blob/0123abc/" rel="noopener noreferrer external">d</a>`,
			`<a href="https://gitlab.example/records/-/blob/0123abc/.gitlab/x" rel="noopener noreferrer external">i</a>`,
			`<a href="https://gitlab.example/records/-/edit/main/README.md" rel="noopener noreferrer external">Edit</a>`,
		},
	} {
		var links site.Links
		if project != "" {
			links = linksTo(project)
		}
		files := manualOf(t, links, guides)
		for _, want := range wants {
			if !strings.Contains(files["manual/readme.html"], want) {
				t.Errorf("with %q, the guide has no %s", project, want)
			}
		}
		if want := `<a href="../manual/readme.html">up</a> <a href="../manual/records/license.html#example">e</a>`; !strings.Contains(files["manual/partners.html"], want) {
			t.Errorf("the other guide has no %s", want)
		}
		for _, link := range matches(linkPattern, files["manual/readme.html"]) {
			if strings.HasSuffix(link, ".png") && files[strings.TrimPrefix(link, "../")] != "picture" {
				t.Errorf("%s is not the picture", link)
			}
		}
	}
}

// TestNoGuides makes sure that the manual of a repository without guides has all
// the rest.
func TestNoGuides(t *testing.T) {
	files := manualOf(t, site.Links{}, nil)
	for _, name := range pagesIn(files) {
		if strings.HasPrefix(name, "manual/") && name != manualPage && !strings.HasPrefix(name, "manual/records/") {
			t.Errorf("there is %s", name)
		}
	}
	if text := files[manualPage]; strings.Contains(text, "Guides") || !strings.Contains(text, ">Licence</a>") {
		t.Error("the manual has guides, or no licences")
	}
}

func TestGuidePage(t *testing.T) {
	got := map[string]string{}
	for _, name := range []string{"README.md", "partners/README.md", ".gitlab/README.md", "CONTRIBUTING.md"} {
		got[name] = guidePage(name)
	}
	want := map[string]string{
		"README.md": "manual/readme.html", "partners/README.md": "manual/partners.html", ".gitlab/README.md": "manual/gitlab.html", "CONTRIBUTING.md": "manual/contributing.html",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
